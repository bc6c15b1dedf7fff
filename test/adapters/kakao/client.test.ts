import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { KakaoIdTokenVerifier } from '../../../src/adapters/kakao/kakao-id-token';
import { KakaoClient, type KakaoOptions } from '../../../src/adapters/kakao/kakao-client';
import type { AppError } from '../../../src/errors';
import { type HttpFault, type IdentityFault } from '../../../src/dev/standins/kakao/kakao-misbehaviour';
import { type KakaoStandin, startKakaoStandin } from '../../../src/dev/standins/kakao/kakao-standin';
import { KAKAO_TEST_USERS } from '../../../src/dev/standins/kakao/kakao-test-users';
import { failure } from '../../helpers/failure';

const REST_API_KEY = 'rest-api-key-of-the-tests';
const CLIENT_SECRET = 'canary-client-secret';
const ADMIN_KEY = 'admin-key-of-the-tests';
const REDIRECT_URI = 'http://127.0.0.1:4000/auth/kakao/callback';

let standin: KakaoStandin;
let now: Date;

beforeEach(async () => {
  now = new Date();
  standin = await startKakaoStandin({
    restApiKey: REST_API_KEY,
    clientSecret: CLIENT_SECRET,
    redirectUris: [REDIRECT_URI],
    adminKey: ADMIN_KEY,
    appId: 4242,
    clock: () => now,
  });
});

afterEach(() => standin.close());

function createClient(changes: Partial<KakaoOptions> = {}): KakaoClient {
  return new KakaoClient({
    restApiKey: REST_API_KEY,
    clientSecret: CLIENT_SECRET,
    appId: 4242,
    adminKey: ADMIN_KEY,
    authBaseUrl: standin.url,
    apiBaseUrl: standin.url,
    issuer: standin.url,
    clock: () => now,
    ...changes,
  });
}

interface Login {
  code: string;
  redirectUri: string;
  codeVerifier: string;
  nonce: string;
}

/** Signs in without the page and brings the code back. */
async function signIn(client: KakaoClient, user = 'reader-1'): Promise<Login> {
  const { url, login } = begin(client);
  const location = await locationOf(`${url}&prompt=none&login_hint=${user}`);
  return { ...login, code: location.searchParams.get('code') ?? '' };
}

function begin(client: KakaoClient): { url: string; login: Login } {
  const codeVerifier = randomBytes(32).toString('base64url');
  const nonce = randomBytes(16).toString('base64url');
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
  const url = client.authorizeUrl({ redirectUri: REDIRECT_URI, state: 'the state', nonce, codeChallenge });
  return { url, login: { code: '', redirectUri: REDIRECT_URI, codeVerifier, nonce } };
}

async function locationOf(url: string, form?: Record<string, string>): Promise<URL> {
  const init = form && { method: 'POST', body: new URLSearchParams(form) };
  const response = await fetch(url, { ...init, redirect: 'manual' });
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '');
}

function tokenRequest(form: Record<string, string>): Promise<Response> {
  return fetch(`${standin.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: REST_API_KEY, client_secret: CLIENT_SECRET, ...form }),
  });
}

interface TokenAnswer {
  access_token: string;
  refresh_token: string;
  id_token: string;
  expires_in: number;
  scope: string;
}

async function tokensOf(user: string): Promise<TokenAnswer> {
  const login = await signIn(createClient(), user);
  const response = await tokenRequest({
    grant_type: 'authorization_code',
    redirect_uri: REDIRECT_URI,
    code: login.code,
    code_verifier: login.codeVerifier,
  });
  return (await response.json()) as TokenAnswer;
}

async function kapi(path: string, authorization: string, method = 'GET'): Promise<[number, unknown]> {
  const response = await fetch(standin.url + path, { method, headers: { authorization } });
  return [response.status, await response.json()];
}

describe('a Kakao login', () => {
  it.each(KAKAO_TEST_USERS)('signs $login in through the consent page', async (user) => {
    const client = createClient();
    const { url, login } = begin(client);

    const page = await fetch(url);
    expect(page.headers.get('content-security-policy')).not.toContain('form-action');
    expect(await page.text()).toContain(`name="user" value="${user.login}"`);
    const location = await locationOf(url, { user: user.login });
    expect(location.searchParams.get('state')).toBe('the state');
    const profile = await client.exchangeCode({ ...login, code: location.searchParams.get('code') ?? '' });

    expect(profile).toEqual({
      kakaoId: user.kakaoId,
      name: user.nickname,
      profileImageUrl: `${standin.url}/profile/${user.login}.svg`,
      email: user.email,
    });
    expect((await fetch(profile.profileImageUrl ?? '')).headers.get('content-type')).toBe('image/svg+xml');
  });

  it('asks Kakao only once for its keys in many logins', async () => {
    const client = createClient();
    for (const user of ['reader-1', 'reader-2', 'reader-3'])
      await client.exchangeCode(await signIn(client, user));
    expect(standin.requestCount('/.well-known/jwks.json')).toBe(1);
    expect(standin.requestCount('/v2/user/me')).toBe(0);
  });

  it.each([
    ['a\0b', 'ab'],
    ['\ud83d', '경단 독자'],
    [`${'가'.repeat(99)}😀`, '가'.repeat(99)],
  ])('stores no half characters and no zeros of a name: %j', async (nickname, name) => {
    Object.assign(standin.users[1]!, { nickname });
    const client = createClient();
    expect((await client.exchangeCode(await signIn(client))).name).toBe(name);
  });

  it('completes a nickname that the id_token lacks from the user API', async () => {
    standin.misbehave({ path: '/oauth/token', behaviour: 'noNickname' });
    const client = createClient();
    const profile = await client.exchangeCode(await signIn(client, 'reader-2'));
    expect(profile).toMatchObject({ kakaoId: '2000003', name: '독자 2', email: 'reader-2@example.com' });
  });

  it('gives a name to a user who shares none', async () => {
    standin.misbehave({ path: '/oauth/token', behaviour: 'noNickname' });
    standin.misbehave({ path: '/v2/user/me', behaviour: 'noNickname' });
    const client = createClient();
    expect((await client.exchangeCode(await signIn(client))).name).toBe('경단 독자');
  });

  it('takes a null in the id_token for what is absent', async () => {
    Object.assign(standin.users[1]!, { nickname: null, email: null });
    const client = createClient();
    expect(await client.exchangeCode(await signIn(client))).toMatchObject({
      name: '경단 독자',
      email: null,
    });
  });

  it.each([
    ['kakao_account', null],
    ['profile', { profile: null, email: null, is_email_valid: null, is_email_verified: null }],
    ['nickname', { profile: { nickname: null, thumbnail_image_url: null } }],
  ])('takes a null in the user API for what is absent: %s', async (_what, kakao_account) => {
    const api = createServer(({ url }, response) => {
      const user = { id: 2_000_002, kakao_account };
      const info = { id: 2_000_002, app_id: 4242, expires_in: 100 };
      response.end(JSON.stringify(url!.startsWith('/v2/user/me') ? user : info));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => api.once('listening', resolve));
    const apiBaseUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
    const nobody = { kakaoId: '2000002', name: '경단 독자', profileImageUrl: null, email: null };
    expect(await createClient({ apiBaseUrl }).identifyToken('a-token')).toEqual(nobody);
    api.closeAllConnections();
    await new Promise((resolve) => api.close(resolve));
  });

  it.each(['the id_token', 'the user API'])('takes no unverified address from %s', async (source) => {
    for (const user of standin.users) user.emailVerified = false;
    if (source === 'the user API') standin.misbehave({ path: '/oauth/token', behaviour: 'noNickname' });
    const client = createClient();
    expect((await client.exchangeCode(await signIn(client))).email).toBeNull();
  });
});

describe('a code that proves nobody', () => {
  it('is refused the second time, without being repeated', async () => {
    const client = createClient();
    const login = await signIn(client);
    await client.exchangeCode(login);
    const error = await failure(client.exchangeCode(login));
    expect(error.code).toBe('UNAUTHENTICATED');
    expect(error.text('ko')).toContain('다시 로그인해 주세요');
    expect(inspect(error)).not.toContain(login.code);
  });

  it.each([
    ['an invented code', { code: 'canary-code' }],
    ['no code', { code: '' }],
    ['the verifier of another login', { codeVerifier: 'x'.repeat(43) }],
    ['the nonce of another login', { nonce: 'another-nonce' }],
    ['an empty nonce', { nonce: '' }],
    ['another redirect URI', { redirectUri: 'http://127.0.0.1:4000/elsewhere' }],
  ])('is refused with %s', async (_what, changes) => {
    const client = createClient();
    const error = await failure(client.exchangeCode({ ...(await signIn(client)), ...changes }));
    expect(error.code).toBe('UNAUTHENTICATED');
    expect(inspect(error)).not.toContain('canary');
  });

  it('is refused after ten minutes', async () => {
    const client = createClient();
    const login = await signIn(client);
    now = new Date(now.getTime() + 601_000);
    expect((await failure(client.exchangeCode(login))).code).toBe('UNAUTHENTICATED');
  });
});

describe('an id_token', () => {
  it.each<IdentityFault>([
    'badNonce',
    'wrongAudience',
    'wrongIssuer',
    'expired',
    'noExpiry',
    'algNone',
    'hs256',
    'unknownKid',
    'badSignature',
  ])('is refused when it is forged or foreign: %s', async (behaviour) => {
    standin.misbehave({ path: '/oauth/token', behaviour });
    const client = createClient();
    const error = await failure(client.exchangeCode(await signIn(client)));
    expect(error.code).toBe('UNAUTHENTICATED');
    await expect(client.exchangeCode(await signIn(client))).resolves.toMatchObject({ kakaoId: '2000002' });
  });

  it('with an unknown key costs one key fetch, however many come', async () => {
    standin.misbehave({ path: '/oauth/token', behaviour: 'unknownKid', times: 50 });
    const client = createClient();
    const logins = await Promise.all(Array.from({ length: 50 }, () => signIn(client)));
    const errors = await Promise.all(logins.map((login) => failure(client.exchangeCode(login))));
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['UNAUTHENTICATED']));
    await expect(client.exchangeCode(await signIn(client))).resolves.toMatchObject({ name: '독자 1' });
    expect(standin.requestCount('/.well-known/jwks.json')).toBe(1);
  });

  it('must belong to the user of the access token', async () => {
    standin.misbehave({ path: '/oauth/token', behaviour: 'noNickname' });
    standin.misbehave({ path: '/v2/user/me', behaviour: 'otherUser' });
    const client = createClient();
    expect((await failure(client.exchangeCode(await signIn(client)))).code).toBe('UPSTREAM_UNAVAILABLE');
  });
});

describe('a key set of Kakao', () => {
  type Keys = { kid: string }[];
  async function verified(change: (keys: Keys) => object[]): Promise<string> {
    const { keys } = (await (await fetch(`${standin.url}/.well-known/jwks.json`)).json()) as { keys: Keys };
    const server = createServer((_request, response) => response.end(JSON.stringify({ keys: change(keys) })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const verifier = new KakaoIdTokenVerifier({
      jwksUrl: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
      issuer: standin.url,
      audience: REST_API_KEY,
      timeoutMs: 1_000,
      clock: () => now,
    });
    const { id_token } = await tokensOf('reader-1');
    const { nonce } = JSON.parse(Buffer.from(id_token.split('.')[1]!, 'base64url').toString()) as {
      nonce: string;
    };
    const work = verifier.verify(id_token, nonce, AbortSignal.timeout(2_000));
    return work
      .then(
        ({ sub }) => sub,
        (error: AppError) => error.code,
      )
      .finally(() => server.close());
  }

  it.each<[string, (keys: Keys) => object[], string]>([
    [
      'with keys of other kinds beside',
      (keys) => [{ kty: 'EC', crv: 'P-256', kid: 'e' }, ...keys, { kty: 'RSA', n: 'x', e: 'AQAB' }],
      '2000002',
    ],
    ['that holds none', () => [], 'UPSTREAM_UNAVAILABLE'],
    ['that names two keys alike', (keys) => [...keys, ...keys], 'UPSTREAM_UNAVAILABLE'],
    [
      'of more keys than anybody needs',
      (keys) => Array(21).fill(keys[0]) as object[],
      'UPSTREAM_UNAVAILABLE',
    ],
    ['without the one that signed', (keys) => [{ ...keys[0], kid: 'another' }], 'UNAUTHENTICATED'],
  ])('%s', async (_name, change, answer) => expect(await verified(change)).toBe(answer));
});

describe('an outage at Kakao', () => {
  const token = '/oauth/token';
  const user = '/v2/user/me';
  const keys = '/.well-known/jwks.json';
  it.each<[string, HttpFault | 'noIdToken', string]>([
    [token, 'silent', 'no answer in 1000 ms'],
    [token, 'slow', 'no answer in 1000 ms'],
    [token, 'serverError', 'HTTP 500'],
    [token, 'temporary', 'KOE003'],
    [token, 'quota', 'KOE237'],
    [token, 'redirect', 'HTTP 302'],
    [token, 'oversized', 'too large'],
    [token, 'notJson', 'HTTP 200'],
    [token, 'wrongShape', 'unexpected shape'],
    [token, 'noIdToken', 'unexpected shape'],
    [token, 'KOE010', 'KOE010'],
    [token, 'KOE101', 'KOE101'],
    [user, 'silent', 'no answer in 1000 ms'],
    [user, 'serverError', 'HTTP 500'],
    [user, 'temporary', '-1'],
    [user, 'quota', '-10'],
    [user, 'wrongShape', 'unexpected shape'],
    [keys, 'silent', 'no answer in 1000 ms'],
    [keys, 'serverError', 'HTTP 500'],
    [keys, 'redirect', 'HTTP 302'],
    [keys, 'wrongShape', 'unexpected shape'],
  ])('is never taken for a refusal: %s %s', async (path, behaviour, reason) => {
    if (path === user) standin.misbehave({ path: token, behaviour: 'noNickname' });
    standin.misbehave({ path, behaviour });
    const client = createClient({ timeoutMs: 1_000 });
    const login = await signIn(client);
    const error = await failure(client.exchangeCode(login));
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
    expect(String(error.cause)).toContain(reason);
    expect(inspect(error)).not.toContain(login.code);

    await expect(client.exchangeCode(await signIn(client))).resolves.toMatchObject({ kakaoId: '2000002' });
  });

  it('ends a silent exchange after three seconds when nothing else is configured', async () => {
    standin.misbehave({ path: token, behaviour: 'silent' });
    const client = createClient();
    const login = await signIn(client);
    const error = await failure(client.exchangeCode(login));
    expect(error.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(String(error.cause)).toContain('no answer in 3000 ms');
  });

  it('names a refused connection', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const authBaseUrl = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
    await new Promise((resolve) => closed.close(resolve));
    const login = await signIn(createClient());
    const error = await failure(createClient({ authBaseUrl }).exchangeCode(login));
    expect(error.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(String(error.cause)).toContain('ECONNREFUSED');
  });

  it.each([{ clientSecret: 'canary-wrong-secret' }, { clientSecret: null }])(
    'and our own wrong settings look the same to a reader: %p',
    async (changes) => {
      const client = createClient(changes);
      const error = await failure(client.exchangeCode(await signIn(client)));
      expect(error.code).toBe('UPSTREAM_UNAVAILABLE');
      expect(String(error.cause)).toBe('Error: Kakao: KOE010');
      expect(inspect(error)).not.toContain('canary');
    },
  );
});

describe('the stand-in of kauth', () => {
  it('comes back with access_denied after a cancelled consent', async () => {
    const location = await locationOf(begin(createClient()).url, { cancel: '1' });
    expect(location.search).toBe(
      '?error=access_denied&error_description=User%20denied%20access&state=the%20state',
    );
  });

  it.each(['', '&login_hint=nobody'])(
    'answers consent_required to prompt=none without a known user%s',
    async (hint) => {
      const location = await locationOf(`${begin(createClient()).url}&prompt=none${hint}`);
      expect(location.searchParams.get('error')).toBe('consent_required');
    },
  );

  it.each([
    ['redirect_uri', 'https://evil.example/', 'KOE006'],
    ['client_id', 'another-app', 'KOE101'],
    ['response_type', 'token', 'KOE201'],
    ['code_challenge_method', 'plain', 'invalid_request'],
  ])('shows an error page instead of redirecting for a wrong %s', async (name, value, code) => {
    const url = new URL(begin(createClient()).url);
    url.searchParams.set(name, value);
    for (const init of [{}, { method: 'POST', body: new URLSearchParams({ user: 'admin' }) }]) {
      const response = await fetch(url, { ...init, redirect: 'manual' });
      expect(response.status).toBe(400);
      expect(response.headers.get('location')).toBeNull();
      expect(await response.text()).toContain(code);
    }
  });

  it('shows an error page for a user it does not know', async () => {
    const body = new URLSearchParams({ user: '<script>' });
    const response = await fetch(begin(createClient()).url, { method: 'POST', body });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('<script>');
  });

  it('escapes what it shows', async () => {
    Object.assign(standin.users[1] ?? {}, { nickname: '<img src=x>"독자"' });
    const html = await (await fetch(begin(createClient()).url)).text();
    expect(html).toContain('&lt;img src=x&gt;&quot;독자&quot;');
    expect(html).not.toContain('<img src=x>');
  });

  it('repeats the code in KOE320 as Kakao does', async () => {
    const response = await tokenRequest({ grant_type: 'authorization_code', code: 'c0de' });
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        error: 'invalid_grant',
        error_description: 'authorization code not found for code=c0de',
        error_code: 'KOE320',
      },
    ]);
  });

  it.each([
    [{ grant_type: 'password' }, 400, 'KOE310'],
    [{ grant_type: 'refresh_token' }, 400, 'KOE319'],
    [{ grant_type: 'refresh_token', refresh_token: 'x' }, 400, 'KOE322'],
    [{ client_id: 'another-app' }, 401, 'KOE101'],
    [{ client_secret: 'x' }, 401, 'KOE010'],
  ])('refuses %p', async (form, status, code) => {
    const response = await tokenRequest(form as unknown as Record<string, string>);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error_code: code });
  });

  it('renews a refresh token only in its last month', async () => {
    const tokens = await tokensOf('reader-1');
    const refresh = async () =>
      (
        await tokenRequest({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
      ).json() as Promise<Record<string, unknown>>;

    const early = await refresh();
    expect(early).toMatchObject({ token_type: 'bearer', expires_in: 21_599 });
    expect(Object.keys(early)).toContain('id_token');
    expect(Object.keys(early)).not.toContain('refresh_token');
    now = new Date(now.getTime() + 31 * 24 * 3_600_000);
    expect(await refresh()).toMatchObject({ refresh_token_expires_in: 5_183_999 });
    expect(await refresh()).toMatchObject({ error_code: 'KOE322' });
  });

  it('publishes its settings and two keys', async () => {
    const discovery = (await (
      await fetch(`${standin.url}/.well-known/openid-configuration`)
    ).json()) as Record<string, string>;
    expect(discovery.issuer).toBe(standin.url);
    const jwks = (await (await fetch(discovery.jwks_uri ?? '')).json()) as { keys: { kid: string }[] };
    expect(jwks.keys.map(({ kid }) => /^[0-9a-f]{30}$/.test(kid))).toEqual([true, true]);
  });

  it('reads its own id_tokens and no others', async () => {
    const { id_token } = await tokensOf('reader-4');
    const read = (token: string) =>
      fetch(`${standin.url}/oauth/tokeninfo`, {
        method: 'POST',
        body: new URLSearchParams({ id_token: token }),
      });
    expect(await (await read(id_token)).json()).toMatchObject({ sub: '2000005', aud: REST_API_KEY });
    expect(await (await read(`${id_token.slice(0, -8)}AAAAAAAA`)).json()).toMatchObject({
      error_code: 'KOE400',
    });
  });

  it('logs out to a page of a registered origin only', async () => {
    const url = `${standin.url}/oauth/logout?client_id=${REST_API_KEY}&state=s&logout_redirect_uri=`;
    expect((await locationOf(`${url}http://127.0.0.1:4000/bye`)).href).toBe(
      'http://127.0.0.1:4000/bye?state=s',
    );
    const foreign = await fetch(`${url}https://evil.example/`, { redirect: 'manual' });
    expect(foreign.status).toBe(400);
  });
});

describe('the stand-in of kapi', () => {
  it('describes an access token, with the app that got it', async () => {
    const { access_token } = await tokensOf('reader-3');
    expect(await kapi('/v1/user/access_token_info', `Bearer ${access_token}`)).toEqual([
      200,
      { id: 2000004, expires_in: 21_599, app_id: 4242 },
    ]);
    expect(await kapi('/v1/user/access_token_info', 'nonsense')).toMatchObject([400, { code: -2 }]);
    expect(await kapi('/v1/user/access_token_info', 'Bearer x')).toMatchObject([
      401,
      { code: -401, msg: 'this access token does not exist' },
    ]);
    now = new Date(now.getTime() + 21_600_000);
    expect(await kapi('/v1/user/access_token_info', `Bearer ${access_token}`)).toMatchObject([
      401,
      { code: -401, msg: 'this access token is already expired' },
    ]);
  });

  it('answers only the properties that were asked for', async () => {
    const { access_token } = await tokensOf('reader-3');
    const keys = encodeURIComponent('["kakao_account.email"]');
    const [, answer] = await kapi(`/v2/user/me?property_keys=${keys}`, `Bearer ${access_token}`, 'POST');
    expect(answer).toEqual({
      id: 2000004,
      connected_at: now.toISOString().replace(/\.\d+/, ''),
      kakao_account: {
        has_email: true,
        email_needs_agreement: false,
        is_email_valid: true,
        is_email_verified: true,
        email: 'reader-3@example.com',
      },
    });
    expect(await kapi('/v2/user/me?property_keys=%5B1', `Bearer ${access_token}`)).toMatchObject([
      400,
      { code: -2 },
    ]);
  });

  it('keeps back what the user did not agree to', async () => {
    const client = createClient();
    const { url, login } = begin(client);
    const location = await locationOf(`${url}&scope=profile_nickname&prompt=none&login_hint=reader-1`);
    const response = await tokenRequest({
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT_URI,
      code: location.searchParams.get('code') ?? '',
      code_verifier: login.codeVerifier,
    });
    const tokens = (await response.json()) as TokenAnswer;
    expect(tokens.scope).toBe('profile_nickname');
    expect(tokens).not.toHaveProperty('id_token');
    const bearer = `Bearer ${tokens.access_token}`;
    const [, me] = await kapi('/v2/user/me', bearer);
    expect(me).toMatchObject({
      kakao_account: { email_needs_agreement: true, profile: { nickname: '독자 1' } },
    });
    expect(JSON.stringify(me)).not.toContain('example.com');
    expect(await kapi('/v1/oidc/userinfo', bearer)).toMatchObject([403, { code: -402 }]);
  });

  it('tells who signed in as OpenID Connect has it', async () => {
    const { access_token } = await tokensOf('admin');
    expect(await kapi('/v1/oidc/userinfo', `Bearer ${access_token}`)).toMatchObject([
      200,
      { sub: '2000001', nickname: '관리자', email_verified: true },
    ]);
  });

  it('ends one login on logout and all of them on unlink', async () => {
    const [first, second] = [await tokensOf('reader-5'), await tokensOf('reader-5')];
    const me = (tokens: TokenAnswer) => kapi('/v2/user/me', `Bearer ${tokens.access_token}`);
    expect(await kapi('/v1/user/logout', `Bearer ${first.access_token}`, 'POST')).toEqual([
      200,
      { id: 2000006 },
    ]);
    expect(await me(first)).toMatchObject([401, { code: -401 }]);
    expect(await me(second)).toMatchObject([200, { id: 2000006 }]);

    const target = 'target_id_type=user_id&target_id=2000006';
    expect(await kapi(`/v1/user/unlink?${target}`, 'KakaoAK wrong', 'POST')).toMatchObject([
      401,
      { code: -401 },
    ]);
    expect(await kapi(`/v1/user/unlink?${target}`, `KakaoAK ${ADMIN_KEY}`, 'POST')).toEqual([
      200,
      { id: 2000006 },
    ]);
    expect(await me(second)).toMatchObject([401, { code: -401 }]);
    expect(await kapi(`/v2/user/me?${target}`, `KakaoAK ${ADMIN_KEY}`)).toMatchObject([400, { code: -101 }]);
  });
});
