import { redirect } from 'next/navigation';
import { LoginWithKakaoCodeDocument } from '@/graphql/generated/graphql';
import { Fault } from '@/graphql/fault';
import { openCookies } from '@/server/cookies';
import { callGateway, headersForReader } from '@/server/gateway';
import { begunLogin, callbackOf, loginPage } from '@/server/kakao-login';
import { ownPath } from '@/server/origin';

/** Where Kakao sends the browser back: with a code, or with an error when the reader cancelled. */
export async function GET(request: Request): Promise<Response> {
  const { code, state, error } = Object.fromEntries(new URL(request.url).searchParams);
  const cookies = await openCookies();
  const begun = begunLogin(cookies.login);
  if (!begun || state !== begun.state) redirect(loginPage('foreign', '/'));
  cookies.dropLogin();
  const returnTo = ownPath(begun.returnTo);
  if (error === 'access_denied') redirect(returnTo);
  if (!code) redirect(loginPage('refused', returnTo));
  const input = { code, state, codeVerifier: begun.codeVerifier, redirectUri: callbackOf(request) };
  const login = await callGateway(
    LoginWithKakaoCodeDocument,
    { input },
    headersForReader(request.headers),
  ).catch((reason: unknown) => reason as Fault);
  if (login instanceof Error)
    redirect(loginPage((login as Fault).code === 'UNAUTHENTICATED' ? 'refused' : 'away', returnTo));
  cookies.keepSession(login.loginWithKakaoCode);
  redirect(returnTo);
}
