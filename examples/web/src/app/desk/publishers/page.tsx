import type { Metadata } from 'next';
import { PublishersPage } from '@/desk/entries/publishers-page';

export const metadata: Metadata = { title: '언론사' };

export default function DeskPublishersPage() {
  return <PublishersPage />;
}
