import type { Metadata } from 'next';
import { UsersPage } from '@/desk/people/users-page';

export const metadata: Metadata = { title: '회원' };

export default async function DeskUsersPage({ searchParams }: PageProps<'/desk/users'>) {
  const { search } = await searchParams;
  return <UsersPage search={typeof search === 'string' ? search.trim() : ''} />;
}
