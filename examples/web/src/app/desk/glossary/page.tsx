import type { Metadata } from 'next';
import { GlossaryPage } from '@/desk/entries/glossary-page';

export const metadata: Metadata = { title: '용어' };

export default async function DeskGlossaryPage({ searchParams }: PageProps<'/desk/glossary'>) {
  const { search } = await searchParams;
  return <GlossaryPage search={typeof search === 'string' ? search.trim() : ''} />;
}
