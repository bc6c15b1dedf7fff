const REFRESH = `mutation ($refreshToken: String!) {
  refreshSession(refreshToken: $refreshToken) { accessToken refreshToken }
}`;

/** A reader's tokens, and a `fetch` that sends them and renews what is refused. `store` is `localStorage` or any object. */
export function createSession(url: string, store: Record<string, string | undefined>) {
  let accessToken: string | undefined;
  let renewing: Promise<void> | undefined;

  /** What a login brought; nothing: signed out. */
  function keep(tokens?: { accessToken: string; refreshToken: string }) {
    accessToken = tokens?.accessToken;
    if (tokens) store.refreshToken = tokens.refreshToken;
    else delete store.refreshToken;
  }

  async function requestTokens() {
    const { refreshToken } = store;
    if (!refreshToken) return;
    const body = JSON.stringify({ query: REFRESH, variables: { refreshToken } });
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { data, errors } = JSON.parse(await response.text());
    const code = errors?.[0].extensions.code;
    if (code && code !== 'UNAUTHENTICATED') throw new Error(code); // an outage signs nobody out
    keep(data?.refreshSession);
  }
  /** However many ask at once, one request goes out. */
  const renew = () => (renewing ??= requestTokens().finally(() => (renewing = undefined)));

  async function send(...[input, init]: Parameters<typeof fetch>) {
    const headers = new Headers(init?.headers);
    headers.set('apollo-require-preflight', 'true');
    if (accessToken) headers.set('authorization', `Bearer ${accessToken}`);
    if (store.viewerId) headers.set('viewer-id', store.viewerId);
    const response = await fetch(input, { ...init, headers });
    store.viewerId = response.headers.get('viewer-id') ?? store.viewerId ?? '';
    return response;
  }

  async function fetchAsReader(...request: Parameters<typeof fetch>) {
    if (!accessToken) await renew(); // the page has just been loaded
    const sent = accessToken;
    const response = await send(...request);
    const refused = (await response.clone().text()).includes('"code":"UNAUTHENTICATED"');
    if (refused && accessToken === sent) await renew();
    return refused && accessToken !== sent ? send(...request) : response;
  }
  /** Of connection_init; after the close code 4403 with `isExpired`. */
  async function authorization(isExpired = false) {
    if (!accessToken || isExpired) await renew();
    return accessToken && `Bearer ${accessToken}`;
  }
  return { keep, fetch: fetchAsReader, authorization };
}
