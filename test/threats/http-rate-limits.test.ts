import { Redis } from 'ioredis';
import { BeginKakaoLoginDocument } from '../generated/operations';
import { startTestApp, type Answer, type TestApp } from '../helpers/app';
import { startRedis, testedEngines, type RedisServer } from '../helpers/redis';
import { waitUntil } from '../helpers/wait-until';

const LIMITS = {
  RATE_LIMIT_PER_ADDRESS: '40',
  RATE_LIMIT_PER_VIEWER: '10',
  RATE_LIMIT_PER_USER: '12',
  RATE_LIMIT_SIGN_INS_PER_ADDRESS: '12',
  TRUSTED_PROXIES: '127.0.0.1',
};
const QUERY = '{ publishers { id } }';

describe.each(testedEngines())('rate limits, with the queue in %s,', (engine) => {
  let redis: RedisServer | null = null;
  let app: TestApp;
  let visitors = 0;
  /** Of a reader who has room left: all of them sign in from one address. */
  let spareToken = '';

  beforeAll(async () => {
    if (engine === 'Redis') redis = await startRedis();
    app = await startTestApp({ environment: { ...LIMITS, ...(redis && { QUEUE_URL: redis.url }) } });
  });
  afterAll(async () => {
    await app.close();
    await redis?.close();
  });

  /** Headers of a request from an address that nobody used before, through our proxy. */
  const somewhere = () => ({ 'x-forwarded-for': `203.0.113.${++visitors}` });
  const ask = (headers: Record<string, string>, token?: string) => app.query(QUERY, {}, { headers, token });

  async function allowed(send: () => Promise<Answer<unknown>>, most: number): Promise<number> {
    for (let sent = 0; sent < most; sent++) {
      const answer = await send();
      if (answer.status !== 429) continue;
      const [error] = answer.errors;
      expect(error!.extensions).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
      const { retryAfterSeconds } = error!.extensions as { retryAfterSeconds?: number };
      expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
      expect(retryAfterSeconds).toBeLessThanOrEqual(60);
      expect(answer.headers.get('retry-after')).toBe(String(retryAfterSeconds));
      return sent;
    }
    return most;
  }

  it('per IP: answer RATE_LIMITED with when to retry', async () => {
    const busy = somewhere();
    expect(await allowed(() => ask(busy), 60)).toBe(40);
    expect((await ask(somewhere())).status).toBe(200);
    const english = await app.query(QUERY, {}, { headers: { ...busy, 'accept-language': 'en' } });
    expect(english.errors[0]!.message).toContain('Too many requests');
  });

  it('count an anonymous reader wherever it comes from', async () => {
    const first = await ask(somewhere());
    const name = first.headers.get('viewer-id')!;
    expect(await allowed(() => ask({ ...somewhere(), 'viewer-id': name }), 20)).toBe(10);
    const other = (await ask(somewhere())).headers.get('viewer-id')!;
    expect((await ask({ ...somewhere(), 'viewer-id': other })).status).toBe(200);
  });

  it('per user: on all devices, and not the neighbours behind one address', async () => {
    const [phone, laptop] = [await app.login('reader-1'), await app.login('reader-1')];
    let turn = 0;
    const eitherDevice = () => ask(somewhere(), [phone, laptop][turn++ % 2]!.accessToken);
    expect(await allowed(eitherDevice, 20)).toBe(12);
    const office = somewhere();
    const neighbour = await app.login('reader-2');
    expect((await ask(office, phone.accessToken)).status).toBe(429);
    expect((await ask(office, neighbour.accessToken)).status).toBe(200);
  });

  it('exports: ten a minute of one user, from wherever, and the next user has ten of their own', async () => {
    const [one, next] = [await app.login('reader-3'), await app.login('reader-4')];
    const take = (token: string) => () => app.query('{ exportMyData }', {}, { headers: somewhere(), token });
    expect(await allowed(take(one.accessToken), 12)).toBe(10);
    expect((await take(next.accessToken)()).status).toBe(200);
    spareToken = next.accessToken;
    expect((await ask(somewhere(), one.accessToken)).status).toBe(200);
  });

  it('count sign-ins tighter, whatever they are called, and the pages of the browser with them', async () => {
    const here = { headers: somewhere() };
    const redirectUri = app.config.kakao.redirectUris[0]!;
    const begin = () => app.send(BeginKakaoLoginDocument, { redirectUri }, here);
    const disguised = () =>
      app.query('mutation { publishers: refreshSession(refreshToken: "x") { accessToken } }', {}, here);
    const inFragment = () =>
      app.query(
        'mutation { ...F } fragment F on Mutation { loginWithKakaoToken(accessToken: "x") { accessToken } }',
        {},
        here,
      );
    for (let round = 0; round < 3; round++)
      for (const send of [begin, disguised, inFragment]) expect((await send()).status).not.toBe(429);
    for (let n = 0; n < 3; n++) await begin();
    for (const again of [begin, disguised, inFragment]) {
      const { status, errors } = await again();
      expect([status, errors[0]!.extensions.code]).toEqual([429, 'RATE_LIMITED']);
    }
    expect((await app.query(QUERY, {}, here)).status).toBe(200);
    const [page, ...otherwise] = await Promise.all(
      ['/auth/kakao', '/%61uth/kakao', '/auth/%6bakao/callback'].map((path) =>
        fetch(app.url + path, { redirect: 'manual', ...here }),
      ),
    );
    expect([page, ...otherwise].map((answer) => answer!.status)).toEqual([429, 429, 429]);
    expect(Number(page!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await page!.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
  });

  it('count every sign-in of a request', async () => {
    const here = { headers: somewhere() };
    const fields = Array.from(
      { length: 7 },
      (_, n) => `a${n}: refreshSession(refreshToken: "x") { accessToken }`,
    );
    const seven = () =>
      app.query(`mutation { ...F } fragment F on Mutation { ${fields.join(' ')} }`, {}, here);
    expect((await seven()).status).not.toBe(429);
    expect((await seven()).status).toBe(429);
  });

  it('never count what keeps the service running', async () => {
    const busy = somewhere();
    await allowed(() => ask(busy), 60);
    for (const path of ['/health/live', '/health/ready'])
      expect((await fetch(app.url + path, { headers: busy })).status).toBe(200);
    expect((await fetch(`${app.url}/graphql`, { headers: { ...busy, accept: 'text/html' } })).status).toBe(
      429,
    );
  });

  it('cost no SQL', async () => {
    await ask(somewhere(), spareToken);
    app.statements.length = 0;
    await ask(somewhere(), spareToken);
    expect(app.statements).toHaveLength(1);
  });
});

describe('X-Forwarded-For', () => {
  it('is believed only from the configured proxy', async () => {
    const environment = { ...LIMITS, RATE_LIMIT_PER_ADDRESS: '5', TRUSTED_PROXIES: '203.0.113.0/24' };
    const app = await startTestApp({ environment });
    try {
      const statuses: number[] = [];
      for (let n = 0; n < 8; n++)
        statuses.push(
          (await app.query(QUERY, {}, { headers: { 'x-forwarded-for': `198.51.100.${n}` } })).status,
        );
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    } finally {
      await app.close();
    }
  });
});

(testedEngines().includes('Redis') ? describe : describe.skip)('while Redis is away', () => {
  it('each gateway counts for itself, at once, and together again when it is back', async () => {
    const redis = await startRedis();
    const environment = { ...LIMITS, QUEUE_URL: redis.url, RATE_LIMIT_PER_ADDRESS: '5' };
    const first = await startTestApp({ environment });
    const second = await startTestApp({ environment, databaseUrl: first.config.databaseUrl });
    try {
      const count = async (app: TestApp, address: string) => {
        let served = 0;
        for (let sent = 0; sent < 8; sent++)
          if ((await app.query(QUERY, {}, { headers: { 'x-forwarded-for': address } })).status === 200)
            served++;
        return served;
      };
      expect((await count(first, '198.51.100.1')) + (await count(second, '198.51.100.1'))).toBe(5);
      await redis.kill();
      expect([await count(first, '198.51.100.2'), await count(second, '198.51.100.2')]).toEqual([5, 5]);
    } finally {
      await second.close();
      await first.close();
      await redis.close();
    }
  });

  it('a frozen one costs one command, not one a request, and is asked again when it answers', async () => {
    const redis = await startRedis();
    const environment = { ...LIMITS, QUEUE_URL: redis.url, RATE_LIMIT_PER_ADDRESS: '1000' };
    const app = await startTestApp({ environment });
    const client = new Redis(redis.url);
    const ask = () => app.query(QUERY, {}, { headers: { 'x-forwarded-for': '198.51.100.3' } });
    const asked = async () =>
      /cmdstat_evalsha:calls=(\d+)/.exec(await client.info('commandstats'))?.[1] ?? '0';
    try {
      await waitUntil('Redis counts', async () => (await ask(), Number(await asked()) > 0));
      const before = Number(await asked());
      redis.freeze();
      for (let sent = 0; sent < 30; sent++) expect((await ask()).status).toBe(200);
      redis.thaw();
      // What was sent to the frozen one it carries out now.
      expect(Number(await asked()) - before).toBeLessThanOrEqual(1);
      await waitUntil('Redis counts again', async () => (await ask(), Number(await asked()) - before > 1));
    } finally {
      redis.thaw();
      client.disconnect();
      await app.close();
      await redis.close();
    }
  });
});
