import { redirect } from 'next/navigation';
import { BeginKakaoLoginDocument } from '@/graphql/generated/graphql';
import { openCookies } from '@/server/cookies';
import { callGateway, headersForReader } from '@/server/gateway';
import { callbackOf, loginPage, type BegunLogin } from '@/server/kakao-login';
import { ownPath } from '@/server/origin';

/** Begins a login and sends the browser to Kakao. `?returnTo=` is where the reader goes afterwards. */
export async function GET(request: Request): Promise<Response> {
  const returnTo = ownPath(new URL(request.url).searchParams.get('returnTo'));
  const cookies = await openCookies();
  const begun = await callGateway(
    BeginKakaoLoginDocument,
    { redirectUri: callbackOf(request) },
    headersForReader(request.headers),
  ).catch(() => null);
  if (!begun) redirect(loginPage('away', returnTo));
  const { url, state, codeVerifier } = begun.beginKakaoLogin;
  cookies.keepLogin(JSON.stringify({ state, codeVerifier, returnTo } satisfies BegunLogin));
  redirect(url);
}
