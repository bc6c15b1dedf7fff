import type { Metadata } from 'next';
import { requireReader } from '@/server/require-reader';
import { Sanjini } from './sanjini';

export const metadata: Metadata = { title: '산지니', robots: { index: false } };

export default async function SanjiniPage({ searchParams }: PageProps<'/sanjini'>) {
  const { articleId, question } = await searchParams;
  const asked = {
    ...(typeof articleId === 'string' && { articleId }),
    ...(typeof question === 'string' && { question }),
  };
  const query = new URLSearchParams(asked).toString();
  await requireReader(query ? `/sanjini?${query}` : '/sanjini');
  return <Sanjini key={query} {...asked} />;
}
