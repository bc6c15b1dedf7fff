import type { Metadata } from 'next';
import { ArticleReview } from '@/desk/article/article-review';

export const metadata: Metadata = { title: '기사 보기' };

export default async function DeskArticlePage({ params }: PageProps<'/desk/articles/[id]'>) {
  const { id } = await params;
  return <ArticleReview key={id} id={id} />;
}
