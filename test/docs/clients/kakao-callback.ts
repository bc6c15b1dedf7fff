/** At the redirect URI: the input of loginWithKakaoCode, or null when the reader cancelled. `begun` is of beginKakaoLogin. */
export function kakaoCode(page: URL, begun: { state: string; codeVerifier: string }) {
  const { code, state, error } = Object.fromEntries(page.searchParams);
  if (state !== begun.state) throw new Error('a login that this page did not begin');
  if (error === 'access_denied') return null;
  if (code === undefined) throw new Error(error);
  return { code, redirectUri: page.origin + page.pathname, state, codeVerifier: begun.codeVerifier };
}
