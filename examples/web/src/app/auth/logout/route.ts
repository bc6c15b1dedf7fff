import { redirect } from 'next/navigation';
import { LogoutDocument } from '@/graphql/generated/graphql';
import { refusalOfForeign } from '@/server/answers';
import { openCookies } from '@/server/cookies';
import { callGateway, headersForReader } from '@/server/gateway';

/** Ends the session, by a form that works without scripts. */
export async function POST(request: Request): Promise<Response> {
  const refusal = refusalOfForeign(request);
  if (refusal) return refusal;
  const cookies = await openCookies();
  const { accessToken, refreshToken } = cookies;
  const headers = headersForReader(request.headers);
  if (accessToken) headers.set('authorization', `Bearer ${accessToken}`);
  // In an outage nobody holds the tokens any more, and they expire.
  if (refreshToken) await callGateway(LogoutDocument, { refreshToken }, headers).catch(() => null);
  cookies.dropSession();
  redirect('/');
}
