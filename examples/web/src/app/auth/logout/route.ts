import { LogoutDocument } from '@/graphql/generated/graphql';
import { refusalOfForeign } from '@/server/answers';
import { openCookies } from '@/server/cookies';
import { callGateway, headersForReader } from '@/server/gateway';

/** Ends the session, by a form that works without scripts. The refresh token says which, also when the other has expired. */
export async function POST(request: Request): Promise<Response> {
  const refusal = refusalOfForeign(request);
  if (refusal) return refusal;
  const cookies = await openCookies();
  const { refreshToken } = cookies;
  const headers = headersForReader(request.headers);
  // In an outage nobody holds the tokens any more, and they expire.
  if (refreshToken) await callGateway(LogoutDocument, { refreshToken }, headers).catch(() => null);
  cookies.dropSession();
  // By a GET: redirect() would send the form on.
  return new Response(null, { status: 303, headers: { location: '/' } });
}
