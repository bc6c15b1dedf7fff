import { startTestApp, type TestApp } from '../helpers/app';
import { get, persist } from '../helpers/persisted-get';
import { createArticle, createPublisher } from '../helpers/records';
import { waitUntil } from '../helpers/wait-until';

const STRANGERS = 20;

describe('an answer that is kept for everybody', () => {
  let app: TestApp;
  let admin: { authorization: string };
  let reader: { authorization: string };

  beforeAll(async () => {
    app = await startTestApp({ environment: { CORS_ORIGINS: 'https://gyeongdan.example' } });
    const { prisma } = app.context.database;
    const { id: publisherId } = await createPublisher(prisma, { name: '매일경제' });
    await createPublisher(prisma, { name: '어느 페이지', enabled: false });
    await createArticle(prisma, { publisherId, title: '나온 기사' });
    admin = { authorization: `Bearer ${(await app.login('admin')).accessToken}` };
    reader = { authorization: `Bearer ${(await app.login('reader-1')).accessToken}` };
  });
  afterAll(() => app.close());

  const keeps = (path: string, headers: Record<string, string> = {}) =>
    waitUntil('it is kept', async () => {
      const before = app.statements.length;
      await get(app, path, headers);
      return app.statements.length === before;
    });

  it('is nobody’s own: what ADMIN or a reader gets under the same address goes to nobody else', async () => {
    const path = await persist(app, '{ publishers { name } }');
    for (const headers of [admin, reader, { cookie: 'gyeongdan=anything' }]) {
      const own = await get(app, path, headers);
      expect(own.headers['cache-control']).toBe('private, no-store');
      expect(own.headers.etag).toBeUndefined();
      expect((await get(app, path)).text).not.toContain('어느 페이지');
    }
    await keeps(path);
    expect((await get(app, path, admin)).text).toContain('어느 페이지');
    expect((await get(app, path)).text).not.toContain('어느 페이지');
    expect((await get(app, path, { authorization: 'Bearer nonsense' })).status).toBe(401);
  });

  it('names nobody who asked for it: neither a viewer, nor a request, an origin, a host or a cookie', async () => {
    const path = await persist(app, '{ articles(first: 3) { edges { node { title } } } }');
    const viewer = await app.query('{ publishers { id } }');
    const poison = {
      'viewer-id': viewer.headers.get('viewer-id')!,
      'x-request-id': 'poisoned-request-id',
      origin: 'https://gyeongdan.example',
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-for': '203.0.113.7',
      'x-http-method-override': 'POST',
    };
    const first = await get(app, path, poison);
    expect(first.headers['access-control-allow-origin']).toBe(poison.origin);
    await keeps(path, poison);
    const { headers, text } = await get(app, path);
    expect(text).toBe(first.text);
    for (const name of ['viewer-id', 'set-cookie', 'access-control-allow-origin'])
      expect(headers[name]).toBeUndefined();
    const said = JSON.stringify([headers, text]);
    for (const value of Object.values(poison).filter((known) => known !== 'POST'))
      expect(said).not.toContain(value);
  });

  it('stands for no other answer: each language, media type and document has its own', async () => {
    const path = await persist(app, '{ faqs { question } }');
    await keeps(path);
    const type = 'application/graphql-response+json; charset=utf-8';
    expect((await get(app, path, { accept: type })).headers['content-type']).toBe(type);
    expect((await get(app, path)).headers['content-type']).toBe('application/json; charset=utf-8');
    for (const [changed, expected] of [
      ['__proto__', 400],
      ['&query=%7B__typename%7D', 400],
      ['&variables=%7B%7D', 400],
    ] as const)
      expect([changed, (await get(app, `${path}${changed}`)).status]).toEqual([changed, expected]);
  });

  it('is sent to no page that may not ask: a GET that a form or a picture could send gets 400', async () => {
    const path = await persist(app, '{ faqs { id } }');
    await keeps(path);
    const plain: Record<string, string>[] = [
      { 'apollo-require-preflight': '' },
      { 'apollo-require-preflight': '', 'content-type': 'text/plain' },
    ];
    for (const headers of plain) expect((await get(app, path, headers)).status).toBe(400);
    expect((await get(app, path, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await get(app, path, { accept: 'text/csv' })).status).toBe(406);
    expect((await get(app, path, {}, 'HEAD')).status).toBe(405);
  });

  it('is no fault: what went wrong for one is asked anew for the next', async () => {
    const path = await persist(app, '{ publishers { id } articles(after: "nonsense") { edges { cursor } } }');
    for (let n = 0; n < 3; n += 1) {
      const { headers, text } = await get(app, path);
      expect(text).toContain('BAD_USER_INPUT');
      expect([headers['cache-control'], headers.etag]).toEqual(['private, no-store', undefined]);
    }
  });

  it('costs whoever asks a request of theirs, like any other', async () => {
    const limited = await startTestApp({
      databaseUrl: app.config.databaseUrl,
      environment: { RATE_LIMIT_PER_ADDRESS: String(STRANGERS), RATE_LIMIT_PER_VIEWER: '5' },
    });
    try {
      const path = await persist(limited, '{ faqs { question } }');
      const name = (await limited.query('{ publishers { id } }')).headers.get('viewer-id')!;
      const statuses: number[] = [];
      for (let n = 0; n < STRANGERS; n += 1)
        statuses.push((await get(limited, path, n < 8 ? { 'viewer-id': name } : {})).status);
      expect(statuses.slice(0, 8)).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
      expect(statuses.slice(8)).toEqual([...new Array<number>(STRANGERS - 10).fill(200), 429, 429]);
    } finally {
      await limited.close();
    }
  });
});
