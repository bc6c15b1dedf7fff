import { ReviewQueue } from '@/desk/review/review-queue';
import { isQueueStatus } from '@/desk/review/queue-status';

export default async function DeskPage({ searchParams }: PageProps<'/desk'>) {
  const { status, search } = await searchParams;
  return (
    <ReviewQueue
      status={isQueueStatus(status) ? status : 'IN_REVIEW'}
      search={typeof search === 'string' ? search : ''}
    />
  );
}
