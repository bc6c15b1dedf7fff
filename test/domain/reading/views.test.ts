import { randomUUID } from 'node:crypto';
import type { ArticleView } from '../../../src/generated/prisma/client';
import { ExportMyDataDocument, RecordArticleViewDocument } from '../../generated/operations';
import { readerIdOfViewer } from '../../../src/domain/reading/reader';
import { startReadyChild, urlOf } from '../../helpers/child-process';
import { startTestApp, type SendOptions, type TestApp } from '../../helpers/app';
import { TestClock } from '../../helpers/clock';
import { createArticle, createPublisher } from '../../helpers/records';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

const WRITERS = 200;
const MINUTE = 60;

describe('a view', () => {
  const clock = new TestClock();
  let database: TestDatabase;
  let app: TestApp;
  let second: TestApp;
  let publisherId: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startTestApp({ clock, databaseUrl: database.url });
    second = await startTestApp({
      clock,
      databaseUrl: database.url,
      adjust: (config) => (config.session = app.config.session),
    });
    ({ id: publisherId } = await createPublisher(app.context.database.prisma));
  });
  afterAll(async () => {
    await second?.close();
    await app?.close();
    await database?.drop();
  });

  const prisma = () => app.context.database.prisma;
  const article = (data = {}) => createArticle(prisma(), { publisherId, ...data });
  const view = (articleId: string, options: SendOptions & { dwellSeconds?: number; at?: TestApp } = {}) =>
    (options.at ?? app).send(
      RecordArticleViewDocument,
      { articleId, ...(options.dwellSeconds !== undefined && { dwellSeconds: options.dwellSeconds }) },
      options,
    );
  const named = (name: string): SendOptions => ({ headers: { 'viewer-id': name } });
  const newViewer = () => named(app.context.viewerIds.issue());
  const rowsOf = (articleId: string): Promise<ArticleView[]> =>
    prisma().articleView.findMany({ where: { articleId } });

  /** What the three places that count say of an article. */
  async function countsOf(articleId: string) {
    const { viewCount } = await prisma().article.findUniqueOrThrow({ where: { id: articleId } });
    const days = await prisma().articleDayViews.findMany({ where: { articleId } });
    return { viewCount, dayViews: days.reduce((sum, day) => sum + day.views, 0) };
  }

  it('counts once in 30 minutes; a repeat raises the dwell time only', async () => {
    const { id } = await article();
    const viewer = newViewer();
    const first = (await view(id, { ...viewer, dwellSeconds: 40 })).data!.recordArticleView;
    expect(first).toMatchObject({ counted: true, article: { id, viewCount: 1 } });
    for (const dwellSeconds of [90, 10, undefined]) {
      const again = await view(id, { ...viewer, ...(dwellSeconds !== undefined && { dwellSeconds }) });
      expect(again.data!.recordArticleView).toMatchObject({ counted: false, article: { viewCount: 1 } });
    }
    expect(await rowsOf(id)).toMatchObject([{ dwellSeconds: 90, userId: null }]);

    clock.advance(29 * MINUTE);
    expect((await view(id, viewer)).data!.recordArticleView.counted).toBe(false);
    clock.advance(MINUTE);
    expect((await view(id, viewer)).data!.recordArticleView).toMatchObject({
      counted: true,
      article: { viewCount: 2 },
    });
    expect(await countsOf(id)).toEqual({ viewCount: 2, dayViews: 2 });
    expect(await rowsOf(id)).toHaveLength(1);
  });

  it('of a signed-in reader is history, and the same reader through every gateway', async () => {
    const { id } = await article();
    const { accessToken: token, user } = await app.login('reader-1');
    expect((await view(id, { token })).data!.recordArticleView.counted).toBe(true);
    expect((await view(id, { token, at: second })).data!.recordArticleView.counted).toBe(false);
    expect(await rowsOf(id)).toMatchObject([{ readerId: user.id, userId: user.id }]);
  });

  it('belongs to the name that the answer hands out when the request brought none', async () => {
    const { id } = await article();
    const first = await view(id);
    expect(first.data!.recordArticleView.counted).toBe(true);
    const name = first.headers.get('viewer-id')!;
    expect((await view(id, named(name))).data!.recordArticleView.counted).toBe(false);
    // Not its last character: two bits of that one mean nothing.
    const forged = name.replace(/.(?=.{20}$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
    expect((await view(id, named(forged))).data!.recordArticleView.counted).toBe(true);
    // A cookie of somebody else's page is no reason to stay without a name.
    const stranger = await view(id, { headers: { cookie: 'theme=dark' } });
    expect(stranger.data!.recordArticleView.counted).toBe(true);
    expect(stranger.headers.get('viewer-id')).toMatch(/^[\w-]{22}\./);
  });

  it('does not look like an edit of the article', async () => {
    const before = await article();
    await view(before.id);
    const after = await prisma().article.findUniqueOrThrow({ where: { id: before.id } });
    expect(after.updatedAt).toEqual(before.updatedAt);
  });

  it.each([
    ['absent', () => Promise.resolve('00000000-0000-7000-8000-000000000000')],
    ['in review', async () => (await article({ status: 'IN_REVIEW' })).id],
    ['hidden', async () => (await article({ status: 'HIDDEN' })).id],
  ])('of an article that is %s is NOT_FOUND', async (_what, make) => {
    const id = await make();
    const { data, errors } = await view(id);
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ message: '찾을 수 없습니다.', extensions: { code: 'NOT_FOUND' } }]);
    expect(await rowsOf(id)).toEqual([]);
  });

  it.each([
    [{ articleId: 'nonsense' }, 'articleId'],
    [{ articleId: '00000000-0000-7000-8000-000000000000', dwellSeconds: -1 }, 'dwellSeconds'],
    [{ articleId: '00000000-0000-7000-8000-000000000000', dwellSeconds: 1e12 }, 'dwellSeconds'],
  ])('with %j is refused', async (variables, argument) => {
    const { errors } = await app.send(RecordArticleViewDocument, variables);
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });

  it('of a day and more is kept as a day', async () => {
    const { id } = await article();
    await view(id, { dwellSeconds: 2_147_483_647 });
    expect(await rowsOf(id)).toMatchObject([{ dwellSeconds: 86_400 }]);
  });

  it(`counts exactly for ${WRITERS} readers at once over two gateways, each of them twice`, async () => {
    const [hot, other] = [await article(), await article()];
    const absent = '00000000-0000-7000-8000-000000000000';
    const viewers = Array.from({ length: WRITERS }, newViewer);
    const answers = await Promise.all(
      viewers.flatMap((viewer, n) => [
        view(hot.id, { ...viewer, at: app, dwellSeconds: n }),
        view(hot.id, { ...viewer, at: second, dwellSeconds: n + 1 }),
        // Batches that name the same articles in another order must not deadlock.
        view(other.id, { ...viewer, at: n % 2 ? app : second }),
        view(n % 20 ? other.id : absent, { ...viewer, at: n % 2 ? second : app }),
      ]),
    );
    const refused = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code));
    expect(refused).toEqual(Array(WRITERS / 20).fill('NOT_FOUND'));
    for (const { id } of [hot, other]) {
      expect(await countsOf(id)).toEqual({ viewCount: WRITERS, dayViews: WRITERS });
      expect(await rowsOf(id)).toHaveLength(WRITERS);
      const views = answers.flatMap(({ data }) => data?.recordArticleView ?? []);
      expect(views.filter(({ counted, article: { id: of } }) => counted && of === id)).toHaveLength(WRITERS);
    }
    expect((await rowsOf(hot.id)).map(({ dwellSeconds }) => dwellSeconds).sort((a, b) => a - b)).toEqual(
      Array.from({ length: WRITERS }, (_, n) => n + 1),
    );
  });

  it(`counts once for one reader who sends it ${WRITERS} times at once over two gateways`, async () => {
    const { id } = await article();
    const viewer = newViewer();
    const answers = await Promise.all(
      Array.from({ length: WRITERS }, (_, n) => view(id, { ...viewer, at: n % 2 ? app : second })),
    );
    const counted = answers.filter(({ data }) => data!.recordArticleView.counted);
    expect(counted).toHaveLength(1);
    expect(await countsOf(id)).toEqual({ viewCount: 1, dayViews: 1 });
  });

  it('of a hot article is written with many others by one statement', async () => {
    const { id } = await article();
    app.statements.length = 0;
    await Promise.all(
      Array.from({ length: WRITERS }, () =>
        app.context.services.views.record({ id: randomUUID(), userId: null, address: 'somewhere' }, id, null),
      ),
    );
    expect(app.statements.filter((sql) => sql.includes('"ArticleView"'))).toHaveLength(1);
    expect(await countsOf(id)).toEqual({ viewCount: WRITERS, dayViews: WRITERS });
  });

  it('of a user who is gone harms no other in its batch', async () => {
    const { id } = await article();
    const gone = randomUUID();
    const { views } = app.context.services;
    const outcomes = await Promise.allSettled([
      views.record({ id: gone, userId: gone, address: 'somewhere' }, id, null),
      views.record({ id: randomUUID(), userId: null, address: 'somewhere' }, id, null),
    ]);
    expect(outcomes).toMatchObject([{ reason: { code: 'NOT_FOUND' } }, { value: { counted: true } }]);
    expect(await countsOf(id)).toEqual({ viewCount: 1, dayViews: 1 });
  });

  it('that was answered survives the death of its gateway, and none counts twice', async () => {
    const { id } = await article();
    const settings = {
      NODE_ENV: 'test',
      PORT: '0',
      DATABASE_URL: database.url,
      QUEUE_URL: app.config.queueUrl,
      JWT_PRIVATE_KEYS: app.config.session.signingKeys.join('\n'),
      KAKAO_REST_API_KEY: app.config.kakao.restApiKey,
      RATE_LIMIT_PER_ADDRESS: '0',
      DRAIN_SECONDS: '0',
    };
    const gateway = await startReadyChild('server', settings);
    const body = { query: `mutation { recordArticleView(articleId: "${id}") { counted } }` };
    const answered: string[] = [];
    const sent = Array.from({ length: 400 }, async () => {
      const name = app.context.viewerIds.issue();
      const answer = await post(`${urlOf(gateway)}/graphql`, body, name).catch(() => null);
      if (answer?.data?.recordArticleView.counted) answered.push(readerIdOfViewer(name.split('.')[0]!));
      if (answered.length >= 60) gateway.signal('SIGKILL');
    });
    await Promise.all(sent);
    await gateway.stop();
    expect(answered.length).toBeGreaterThanOrEqual(60);
    const rows = await rowsOf(id);
    expect(rows.map(({ readerId }) => readerId)).toEqual(expect.arrayContaining(answered));
    expect(await countsOf(id)).toEqual({ viewCount: rows.length, dayViews: rows.length });
  });

  it('is in the export of its reader, and gone with the account', async () => {
    const { id } = await article();
    const { accessToken: token, user } = await app.login('reader-2');
    await view(id, { token, dwellSeconds: 7 });
    const { data } = await app.send(ExportMyDataDocument, {}, { token });
    const { views } = data!.exportMyData as { views: object[] };
    expect(views).toMatchObject([{ articleId: id, dwellSeconds: 7 }]);
    await app.query('mutation { deleteAccount }', {}, { token });
    expect(await prisma().articleView.count({ where: { readerId: user.id } })).toBe(0);
    expect(await countsOf(id)).toEqual({ viewCount: 1, dayViews: 1 });
  });
});

async function post(url: string, body: object, name: string) {
  const headers = { 'content-type': 'application/json', 'viewer-id': name };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as { data: { recordArticleView: { counted: boolean } } | null };
}
