import { startTestApp, type TestApp } from '../../helpers/app';
import { openPage, signInAt } from '../../helpers/browser-session';

const PATH = '/admin/queues';
const PAUSE = 'mutation { pauseQueue(name: "articles", paused: true) { paused } }';

describe('The page of the queues', () => {
  let app: TestApp;
  let admin: string;
  beforeAll(async () => {
    app = await startTestApp();
    admin = (await signInAt(app, 'admin')).cookie;
  });
  afterAll(() => app.close());

  const prisma = () => app.context.database.prisma;

  it.each([
    ['nobody', null, 401],
    ['a reader', 'reader-1', 403],
  ])('is shown to ADMIN only, in development too: not to %s', async (_who, user, status) => {
    const cookie = user ? (await signInAt(app, user)).cookie : '';
    app.statements.length = 0;
    const answer = await openPage(app, PATH, cookie);
    expect(answer.status).toBe(status);
    const page = await answer.text();
    expect(page).not.toMatch(/id="queues"|queues-client/);
    expect(page).toContain(
      user ? '관리자만 볼 수 있습니다' : `${app.config.publicUrl}/auth/kakao?page=${PATH}`,
    );
    expect(app.statements.filter((sql) => /GenerationJob|QueueState/.test(sql))).toEqual([]);
  });

  it('shows every queue, and why the newest jobs failed, as text', async () => {
    await prisma().queueState.create({ data: { name: 'bulk', paused: true } });
    await prisma().generationJob.createMany({
      data: [
        { kind: 'ARTICLE', input: {}, nextAttemptAt: new Date(Date.now() - 130_000) },
        {
          kind: 'ARTICLE', input: {}, status: 'FAILED', errorCode: 'PAGE_NOT_FOUND', attempts: 3, finishedAt: new Date('2026-11-29T20:05:00Z'),
          sourceUrl: 'https://news.example/?<script>alert(1)</script>',
        },
        { kind: 'COLLECTION', input: {}, status: 'FAILED', errorCode: 'NO_SUCH_CODE', finishedAt: new Date() },
      ],
    }); // prettier-ignore
    const answer = await openPage(app, PATH, admin);
    expect(answer.status).toBe(200);
    const page = (await answer.text()).replace(/\s+/g, ' ');
    expect(page).toContain(
      '기사 <code>articles</code></th> <td>실행</td> <td>1</td> <td>0</td> <td>0</td> <td>1</td> <td>0</td> <td>2분</td>',
    );
    expect(page).toMatch(/수집 <code>bulk<\/code><\/th> <td><b>멈춤<\/b><\/td>/);
    expect(page).toContain('data-queue="bulk" data-paused="false"');
    expect(page).toContain('data-queue="articles" data-paused="true"');
    expect(page).toContain('페이지를 찾을 수 없습니다. <code>PAGE_NOT_FOUND</code>');
    expect(page).toContain('<code>INTERNAL_SERVER_ERROR</code>');
    expect(page).toContain('2026-11-30 05:05');
    expect(page).toContain('https://news.example/?&lt;script&gt;alert(1)&lt;/script&gt;');
    await prisma().generationJob.deleteMany();
    await prisma().queueState.deleteMany();
  });

  it('is kept by no cache, framed by nobody, and loads only files of this server', async () => {
    const { headers, ...answer } = await fetch(`${app.url}${PATH}`, {
      headers: { cookie: admin, origin: 'https://evil.example' },
    }).then(async (response) => ({ headers: response.headers, page: await response.text() }));
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('vary')).toBe('Cookie');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')!.split(';').sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      'img-src data:',
      "script-src 'self'",
      "style-src 'self'",
    ]);
    expect(answer.page).not.toMatch(/<script(?! src="\/playground\/)|<style| style=| on\w+=|<form/);
    const files = [...answer.page.matchAll(/(?:src|href)="(\/playground\/[^"]+)"/g)].map(([, file]) => file!);
    expect(files).toHaveLength(3);
    for (const file of files) expect((await fetch(`${app.url}${file}`)).status).toBe(200);
  });

  it.each([
    ['POST', {}],
    ['POST', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['DELETE', {}],
  ])('changes nothing by itself: %s %j', async (method, headers) => {
    const body = method === 'POST' ? 'name=articles&paused=true' : undefined;
    const answer = await fetch(`${app.url}${PATH}`, {
      method, headers: { cookie: admin, origin: app.config.publicUrl, ...headers }, ...(body && { body }),
    }); // prettier-ignore
    expect(answer.status).toBe(404);
    expect(await prisma().queueState.count()).toBe(0);
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['nobody knows where', {}],
  ])('lends its cookie to no button of %s', async (_where, headers) => {
    const { errors } = await app.query(PAUSE, {}, { headers: { cookie: admin, ...headers } });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await prisma().queueState.count()).toBe(0);
  });

  it('has buttons that the gateway obeys', async () => {
    const headers = { cookie: admin, origin: app.config.publicUrl };
    const { data } = await app.query(PAUSE, {}, { headers });
    expect(data).toEqual({ pauseQueue: { paused: true } });
    await prisma().queueState.deleteMany();
  });

  it.each([
    [PATH, PATH],
    ['/graphql', '/graphql'],
    ['//evil.example', '/graphql'],
    ['https://evil.example/', '/graphql'],
    ['constructor', '/graphql'],
  ])('is where a sign-in that began there ends, and at no page of strangers: %s', async (page, location) => {
    const link = `/auth/kakao?${new URLSearchParams({ page })}`;
    expect((await signInAt(app, 'admin', link)).location).toBe(location);
    expect((await signInAt(app, 'admin', `${link}&page=${PATH}`)).location).toBe('/graphql');
  });

  it('says so with 503 when the database cannot be asked', async () => {
    const { pool } = app.context.database;
    await pool.query('ALTER TABLE "QueueState" RENAME TO "Elsewhere"');
    try {
      const answer = await openPage(app, PATH, admin);
      expect(answer.status).toBe(503);
      expect(await answer.text()).toContain('<main class="card">');
    } finally {
      await pool.query('ALTER TABLE "Elsewhere" RENAME TO "QueueState"');
    }
    expect((await openPage(app, PATH, admin)).status).toBe(200);
  });
});
