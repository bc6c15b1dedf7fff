import type { Metadata } from 'next';
import { SPENDING_DAYS } from '@/desk/spending/spending-days';
import { SpendingPage } from '@/desk/spending/spending-page';

export const metadata: Metadata = { title: '모델 비용' };

export default async function DeskSpendingPage({ searchParams }: PageProps<'/desk/spending'>) {
  const { days } = await searchParams;
  return <SpendingPage days={SPENDING_DAYS.find((each) => String(each) === days) ?? 30} />;
}
