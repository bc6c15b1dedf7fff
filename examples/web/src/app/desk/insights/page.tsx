import type { Metadata } from 'next';
import { InsightsPage } from '@/desk/insights/insights-page';

export const metadata: Metadata = { title: '인사이트' };

export default async function DeskInsightsPage({ searchParams }: PageProps<'/desk/insights'>) {
  const { view } = await searchParams;
  return <InsightsPage view={view === 'published' ? 'published' : 'written'} />;
}
