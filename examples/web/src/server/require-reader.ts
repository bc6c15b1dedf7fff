import 'server-only';
import { redirect } from 'next/navigation';
import { openCookies } from './cookies';

/** For pages that are nothing without a login: sends others to it and back. The gateway decides what is shown. */
export async function requireReader(returnTo: string): Promise<'USER' | 'ADMIN'> {
  const { role } = await openCookies();
  if (!role) redirect(`/login?returnTo=${encodeURIComponent(returnTo)}`);
  return role;
}
