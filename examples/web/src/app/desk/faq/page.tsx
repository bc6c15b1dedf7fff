import type { Metadata } from 'next';
import { FaqPage } from '@/desk/entries/faq-page';

export const metadata: Metadata = { title: '자주 묻는 질문' };

export default async function DeskFaqPage({ searchParams }: PageProps<'/desk/faq'>) {
  const { search } = await searchParams;
  return <FaqPage search={typeof search === 'string' ? search.trim() : ''} />;
}
