import type { Metadata } from 'next';
import { categoryOf } from '@/components/categories';
import { NewsletterPage } from '@/desk/newsletter/newsletter-page';

export const metadata: Metadata = { title: '뉴스레터' };

export default async function DeskNewsletterPage({ searchParams }: PageProps<'/desk/newsletter'>) {
  const { category } = await searchParams;
  return <NewsletterPage category={categoryOf(category) ?? null} />;
}
