import { Redis } from 'ioredis';
import {
  LoginWithKakaoCodeDocument,
  LogoutDocument,
  MeDocument,
  RefreshSessionDocument,
} from '../generated/operations';
import { assertNoSecretSetting, Canaries } from '../helpers/canaries';
import { startRedis, testedEngines } from '../helpers/redis';
import { startTestApp, type TestApp } from '../helpers/app';

/** What no client ever gets back and no log ever holds. */
const CANARY = 'eyJjYW5hcnkiOjF9.canary-7d40.c2VjcmV0';

describe('Canary tokens sent through every path appear in no log line, error, job payload or metric', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ environment: { LOG_LEVEL: 'trace' } });
  });
  afterAll(() => app.close());

  const graphql = (init: RequestInit, search = '') => fetch(`${app.url}/graphql${search}`, init);
  const jsonPost = (body: string, headers: Record<string, string> = {}) =>
    graphql({ method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const operation = (query: string, variables: object = {}, headers: Record<string, string> = {}) =>
    jsonPost(JSON.stringify({ query, variables }), headers);
  const page = (path: string, init: RequestInit = {}) =>
    fetch(app.url + path, { redirect: 'manual', ...init });

  const login = 'mutation ($input: KakaoCodeInput!) { loginWithKakaoCode(input: $input) { accessToken } }';
  const input = { code: CANARY, state: CANARY, codeVerifier: CANARY };
  const redirectUri = () => app.config.kakao.redirectUris[0]!;
  const pending = `gyeongdan-login=${encodeURIComponent(JSON.stringify({ state: CANARY, codeVerifier: CANARY }))}`;

  const PATHS: Record<string, () => Promise<Response>> = {
    'as a bearer token': () => operation('{ publishers { id } }', {}, { authorization: `Bearer ${CANARY}` }),
    'as another authorization': () => operation('{ me { id } }', {}, { authorization: `Basic ${CANARY}` }),
    'as a cookie': () =>
      operation('{ me { id } }', {}, { cookie: `gyeongdan=${CANARY}`, origin: app.config.publicUrl }),
    'as a cookie of another name': () => operation('{ me { id } }', {}, { cookie: `session=${CANARY}` }),
    'as a header of its own': () => operation('{ me { id } }', {}, { 'x-api-key': CANARY, 'x-request-id': CANARY }),
    'as a refresh token': () =>
      operation('mutation ($t: String!) { refreshSession(refreshToken: $t) { accessToken } }', { t: CANARY }),
    'as a refresh token at sign-out': () =>
      operation('mutation ($t: String) { logout(refreshToken: $t) }', { t: CANARY }),
    'as a refresh token in the text of a query': () =>
      operation(`mutation { refreshSession(refreshToken: "${CANARY}") { accessToken } }`),
    'as a value of the wrong type': () =>
      operation('mutation ($t: String!) { refreshSession(refreshToken: $t) { accessToken } }', { t: [CANARY] }),
    'as a value for an id': () => operation(`{ article(id: "${CANARY}") { id } }`),
    'as a cursor': () => operation('query ($c: String) { articles(after: $c) { totalCount } }', { c: CANARY }),
    'as a number': () => operation(`{ articles(first: "${CANARY}") { totalCount } }`),
    'as an address': () =>
      operation('mutation ($u: URL!) { beginKakaoLogin(redirectUri: $u) { state } }', { u: `javascript:${CANARY}` }),
    'as a login at Kakao': () => operation(login, { input: { ...input, redirectUri: redirectUri() } }),
    'as a login for another page': () =>
      operation(login, { input: { ...input, redirectUri: `https://evil.example/${CANARY}` } }),
    'as a variable that is not declared': () => operation('{ publishers { id } }', { password: CANARY }),
    'as an operation’s name': () =>
      jsonPost(JSON.stringify({ query: '{ publishers { id } }', operationName: CANARY })),
    'in a body that is no JSON': () => jsonPost(`token=${CANARY}`),
    'in a body that breaks off': () => jsonPost(`{"query":"{ me { id } }","token":"${CANARY}`),
    'in a form': () =>
      graphql({
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `token=${CANARY}`,
      }),
    'in a batch': () => jsonPost(JSON.stringify([{ query: '{ me { id } }', variables: { token: CANARY } }])),
    'in the address of a GET': () =>
      graphql({ headers: { 'apollo-require-preflight': '1' } }, `?query=${encodeURIComponent('{me{id}}')}&token=${CANARY}`),
    'in the variables of a GET': () =>
      graphql({ headers: { 'apollo-require-preflight': '1' } }, `?query={me{id}}&variables=${CANARY}`),
    'to the callback, by somebody who began no login': () => page(`/auth/kakao/callback?code=${CANARY}&state=${CANARY}`),
    'to the callback, by somebody who forged one': () =>
      page(`/auth/kakao/callback?code=${CANARY}&state=${CANARY}`, { headers: { cookie: pending } }),
    'to the callback, as an error': () =>
      page(`/auth/kakao/callback?error=${CANARY}&error_description=${CANARY}&state=${CANARY}`),
    'to a page that is not there': () => page(`/auth/kakao/callbacks?code=${CANARY}`),
    'to an address that is none': () => page(`/%zz?code=${CANARY}`),
    'at sign-out in a browser': () =>
      page('/auth/logout', {
        method: 'POST',
        headers: { cookie: `gyeongdan=${CANARY}`, origin: app.config.publicUrl },
      }),
    'at sign-out, in a body': () =>
      page('/auth/logout', { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"t":"${CANARY}` }),
    'to the playground': () =>
      page(`/graphql?notice=${CANARY}&code=${CANARY}`, { headers: { accept: 'text/html', cookie: `gyeongdan=${CANARY}` } }),
    'to the schema of the playground': () => page('/graphql/schema.json', { headers: { cookie: `gyeongdan=${CANARY}` } }),
    'to a health check': () => page(`/health/ready?token=${CANARY}`, { headers: { authorization: CANARY } }),
  }; // prettier-ignore

  it.each(Object.keys(PATHS))('is neither logged nor repeated: %s', async (name) => {
    const logged = app.logs.length;
    const response = await PATHS[name]!();
    const text = await response.text();
    const headers = JSON.stringify([...response.headers]);
    expect(response.status).toBeLessThan(500);
    expect(text).not.toContain(CANARY);
    expect(headers).not.toContain(CANARY);
    expect(app.logs.slice(logged).join('')).not.toContain(CANARY);
  });

  it('and the checks behind every test app would see one', () => {
    const canaries = new Canaries(app.config);
    const { clientSecret, adminKey } = app.config.kakao;
    const [, keyLine] = app.config.session.signingKeys[0]!.split('\n');
    for (const secret of [clientSecret, adminKey, keyLine, app.config.metrics.token])
      expect(() => canaries.assertAbsent('a line', `{"x":"${secret}"}`)).toThrow('in a line');
    expect(() => canaries.assertAbsent('a line', 'code=standin-code-x')).toThrow('in a line');
    canaries.assertAbsent('a line', app.logs.join(''));
  });

  it('and those behind every queue in Redis and every process would see one too', async () => {
    const settings = {
      OPENAI_API_KEY: 'sk-canary-0815',
      JWT_PRIVATE_KEYS: app.config.session.signingKeys[0]!,
    };
    for (const secret of ['sk-canary-0815', settings.JWT_PRIVATE_KEYS.split('\n')[1]!])
      expect(() => assertNoSecretSetting('a line', settings, `{"x":"${secret}"}`)).toThrow('in a line');
    assertNoSecretSetting('a line', settings, app.logs.join(''));
    if (!testedEngines().includes('Redis')) return;
    const server = await startRedis();
    const redis = new Redis(server.url);
    try {
      const canaries = new Canaries(app.config);
      await redis.hset('bull:generation:1', { data: '{"jobId":"x"}' });
      await canaries.assertAbsentFromRedis(server.url);
      await redis.hset('bull:generation:1', { data: `{"token":"${app.config.metrics.token}"}` });
      await expect(canaries.assertAbsentFromRedis(server.url)).rejects.toThrow('in a job in Redis');
    } finally {
      redis.disconnect();
      await server.close();
    }
  });

  it('is not logged either when it is a true one and everything goes well', async () => {
    const input = await app.agreedLogin('reader-1');
    const first = (await app.send(LoginWithKakaoCodeDocument, { input })).data!.loginWithKakaoCode;
    const { refreshToken } = first;
    const second = (await app.send(RefreshSessionDocument, { refreshToken })).data!.refreshSession;
    await app.send(MeDocument, {}, { token: second.accessToken });
    await app.send(LogoutDocument, {}, { token: second.accessToken });
    const { clientSecret, restApiKey } = app.config.kakao;
    const { code, state, codeVerifier } = input;
    const secrets = [code, state, codeVerifier, refreshToken, first.accessToken, second.accessToken];
    secrets.push(second.refreshToken, clientSecret!, restApiKey, ...app.config.session.signingKeys);
    const logs = app.logs.join('');
    expect(logs).toContain('graphql');
    for (const secret of secrets) expect(logs).not.toContain(secret);
  });

  it('is not in what the database keeps of sessions, logins and the audit', async () => {
    const { pool } = app.context.database;
    for (const table of ['Session', 'SpentLoginState', 'AuditEntry', 'User'])
      expect(JSON.stringify((await pool.query(`SELECT * FROM "${table}"`)).rows)).not.toContain(CANARY);
  });
});
