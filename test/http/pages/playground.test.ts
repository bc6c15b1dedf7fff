import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { buildClientSchema, parse, validate, type IntrospectionQuery } from 'graphql';
import { exampleOperations } from '../../../src/http/pages/playground/examples';
import { buildSchema } from '../../../src/schema/build-schema';
import { ComplexityLimit, DOCUMENT_RULES } from '../../../src/schema/document-limits';
import { startNewsroom } from '../../../src/dev/standins/newsroom/newsroom';
import { startTestApp, type TestApp } from '../../helpers/app';
import { openPage, signInAt } from '../../helpers/browser-session';
import { createTestDatabase } from '../../helpers/test-database';

const signIn = async (app: TestApp, user: string) => (await signInAt(app, user)).cookie;

describe('The pages of the playground', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  it('are kept by no cache, framed by nobody, readable from no other origin', async () => {
    for (const path of ['/graphql', '/graphql/schema.json']) {
      const { status, headers } = await fetch(`${app.url}${path}`, {
        headers: { accept: 'text/html', origin: 'https://evil.example' },
      });
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('private, no-store');
      expect(headers.get('vary')).toBe('Cookie');
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      const policy = headers.get('content-security-policy')!.split(';');
      expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'"]));
      expect(policy).toEqual(expect.arrayContaining(["connect-src 'self'", "frame-ancestors 'none'"]));
    }
  });

  it('hold no inline script and load only files of this server, which may be kept for ever', async () => {
    const page = await (await openPage(app, '/graphql')).text();
    expect(page.match(/<script(?! src="\/playground\/)/g)).toBeNull();
    const files = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, file]) => file!);
    expect(files).toHaveLength(8);
    expect(files).toContain('/playground/graphiql-3.9.0/graphiql.min.js');
    for (const file of files) {
      const response = await fetch(`${app.url}${file}`);
      const { status, headers } = response;
      await response.arrayBuffer();
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('content-type')).toMatch(/^text\/(css|javascript); charset=utf-8$/);
      expect(headers.get('content-encoding')).toBe('gzip');
    }
  });

  it.each(['/playground/graphiql-3.9.0/package.json', '/playground/..%2f..%2fpackage.json', '/playground/'])(
    'give no other file: %s',
    async (path) => {
      expect((await fetch(`${app.url}${path}`)).status).toBe(404);
    },
  );

  it('show a name as text, never as markup', async () => {
    app.standin.users.find(({ login }) => login === 'reader-2')!.nickname = `<img src=x onerror="a('&')">`;
    const page = await (await openPage(app, '/graphql', await signIn(app, 'reader-2'))).text();
    expect(page).toContain('&lt;img src=x onerror=&quot;a(&apos;&amp;&apos;)&quot;&gt;');
    expect(page).not.toContain('<img');
  });

  it.each([
    ['sign-in-failed', '로그인하지 못했습니다.'],
    ['sign-in-cancelled', '로그인을 취소했습니다.'],
    ['kakao-unavailable', '지금은 카카오에 연결할 수 없습니다.'],
  ])('explain %s in Korean', async (notice, text) => {
    expect(await (await openPage(app, `/graphql?notice=${notice}`)).text()).toContain(text);
  });

  it('ignore a notice they do not know, and a cookie that is worth nothing', async () => {
    for (const notice of ['constructor', '<b>', 'a&notice=b']) {
      const response = await openPage(app, `/graphql?notice=${notice}`, 'gyeongdan=worthless');
      expect(response.status).toBe(200);
      const page = await response.text();
      expect(page).not.toContain('role="alert"');
      expect(page).toContain('카카오로 로그인');
    }
  });

  it('offer examples that the schema and every limit allow', async () => {
    const answer = await fetch(`${app.url}/graphql/schema.json`);
    const schema = buildClientSchema((await answer.json()) as IntrospectionQuery);
    const examples = exampleOperations('https://news.example/1');
    expect(examples.length).toBeGreaterThan(10);
    for (const { query, variables, prepare, follow } of examples)
      for (const text of [query, prepare, follow].filter((one) => one !== undefined)) {
        const document = parse(text);
        expect(validate(schema, document)).toEqual([]);
        expect(validate(schema, document, DOCUMENT_RULES)).toEqual([]);
        const blank = (_name: string, value: unknown) => (value === null ? undefined : value);
        const given = JSON.parse(JSON.stringify(variables, blank)) as Record<string, unknown>;
        const complexity = new ComplexityLimit(buildSchema(app.context.services));
        expect(() => complexity.check(document, null, { id: '1', role: 'USER', ...given })).not.toThrow();
      }
  });

  it('run the request for an article at once only where there is one to try', () => {
    const isRun = (articleUrl: string | null) =>
      exampleOperations(articleUrl).find(({ query }) => query.includes('requestArticle'))!.atOnce;
    expect([isRun('http://127.0.0.1:4002/news'), isRun(null)]).toEqual([true, false]);
  });

  it('offer an article of the development newsroom to try, when there is one', async () => {
    const newsroom = await startNewsroom({});
    const withNewsroom = await startTestApp({ environment: { CRAWLER_TRUSTED_ORIGINS: newsroom.url } });
    try {
      const page = await (await openPage(withNewsroom, '/graphql')).text();
      expect(page).toContain(`href="${newsroom.url}/"`);
      expect(newsroom.articleUrls.filter((url) => page.includes(url))).toHaveLength(1);
    } finally {
      await withNewsroom.close();
      await newsroom.close();
    }
  });
});

describe('The playground of a production gateway', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ adjust: (config) => void (config.production = true) });
  });
  afterAll(() => app?.close());

  it.each([
    [null, 200, 401, 'UNAUTHENTICATED'],
    ['reader-1', 403, 403, 'FORBIDDEN'],
  ])('is closed to %s, and so is its schema', async (user, pageStatus, schemaStatus, code) => {
    const cookie = user === null ? '' : await signIn(app, user);
    const page = await openPage(app, '/graphql', cookie);
    expect(page.status).toBe(pageStatus);
    expect(await page.text()).not.toMatch(/graphiql/i);
    const schema = await openPage(app, '/graphql/schema.json', cookie);
    expect(schema.status).toBe(schemaStatus);
    expect(await schema.json()).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it('is open to ADMIN', async () => {
    const cookie = await signIn(app, 'admin');
    expect(await (await openPage(app, '/graphql', cookie)).text()).toContain('id="graphiql"');
    expect((await openPage(app, '/graphql/schema.json', cookie)).status).toBe(200);
  });
});

describe('The playground while the database is away', () => {
  it('says so with 503 instead of refusing, and opens again when it is back', async () => {
    const database = await createTestDatabase();
    const behind = await startDetour(database.url);
    const app = await startTestApp({ databaseUrl: behind.url });
    try {
      const cookie = await signIn(app, 'admin');
      behind.cut();
      const page = await openPage(app, '/graphql', cookie);
      expect(page.status).toBe(503);
      expect(await page.text()).toContain('데이터베이스가 응답하지 않습니다.');
      const schema = await openPage(app, '/graphql/schema.json', cookie);
      expect(schema.status).toBe(503);
      expect(await schema.json()).toMatchObject({
        errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }],
      });
      behind.mend();
      expect((await openPage(app, '/graphql', cookie)).status).toBe(200);
    } finally {
      await app.close();
      await behind.close();
      await database.drop();
    }
  });
});

/** A way to the database that can be cut: connections break and new ones end at once. */
async function startDetour(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let open = true;
  const server = createServer((socket) => {
    if (!open) return void socket.resume().end();
    const onwards = connect(Number(target.port), target.hostname);
    for (const end of [socket, onwards]) {
      sockets.add(end);
      end.on('error', () => end.destroy());
      end.on('close', () => sockets.delete(end));
    }
    socket.pipe(onwards).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    cut() {
      open = false;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      open = true;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
