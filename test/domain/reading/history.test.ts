import { randomUUID } from 'node:crypto';
import {
  RecentArticlesDocument,
  RecordArticleViewDocument,
  ExportMyDataDocument,
  RecordImpressionsDocument,
} from '../../generated/operations';
import { startTestApp, type TestApp, type SendOptions } from '../../helpers/app';
import { TestClock } from '../../helpers/clock';
import { createArticle, createPublisher } from '../../helpers/records';

describe('what a reader read last', () => {
  const clock = new TestClock();
  let app: TestApp;
  let articles: string[];
  let token: string;

  beforeAll(async () => {
    app = await startTestApp({ clock });
    const { prisma } = app.context.database;
    const { id: publisherId } = await createPublisher(prisma);
    articles = [];
    for (let n = 0; n < 5; n++) articles.push((await createArticle(prisma, { publisherId })).id);
    token = (await app.login('reader-1')).accessToken;
  });
  afterAll(() => app.close());

  async function read(articleId: string, by = token): Promise<void> {
    clock.advance(1);
    await app.send(RecordArticleViewDocument, { articleId }, { token: by });
  }
  const recent = async (first?: number) => {
    const variables = first === undefined ? {} : { first };
    const { data, errors } = await app.send(RecentArticlesDocument, variables, { token });
    expect(errors).toEqual([]);
    return data!.me.recentArticles!.map(({ id }) => articles.indexOf(id));
  };

  it('are the last three articles, each once, newest first', async () => {
    expect(await recent()).toEqual([]);
    for (const n of [0, 1, 2, 3, 1, 1]) await read(articles[n]!);
    await read(articles[4]!, (await app.login('reader-2')).accessToken);
    expect(await recent()).toEqual([1, 3, 2]);
    expect(await recent(100)).toEqual([1, 3, 2, 0]);
  });

  it('leaves out what is no longer published', async () => {
    await app.context.database.prisma.article.update({
      where: { id: articles[3]! },
      data: { status: 'HIDDEN' },
    });
    expect(await recent()).toEqual([1, 2, 0]);
  });

  it('is nobody else’s business, not even an admin’s', async () => {
    const admin = (await app.login('admin')).accessToken;
    const text = '{ users(first: 10) { edges { node { name recentArticles { id } } } } }';
    const { data, errors } = await app.query(text, {}, { token: admin });
    const { edges } = data!.users as { edges: { node: { recentArticles: unknown } }[] };
    expect(edges.map(({ node }) => node.recentArticles).filter((list) => list !== null)).toEqual([[]]);
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['FORBIDDEN']));
  });

  it('is one statement however often it is asked for', async () => {
    app.statements.length = 0;
    const text =
      '{ a: me { recentArticles { id } } b: me { x: recentArticles(first: 1) { id } recentArticles { id } } }';
    const { data } = await app.query(text, {}, { token });
    expect(data!.b).toMatchObject({ x: [{ id: articles[1] }] });
    expect(app.statements.filter((sql) => sql.includes('"ArticleView"'))).toHaveLength(1);
  });

  it.each([0, 101])('cannot be a list of %d', async (first) => {
    const { errors } = await app.send(RecentArticlesDocument, { first }, { token });
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'first' });
  });
});

const ABSENT = '00000000-0000-7000-8000-000000000000';

describe('impressions', () => {
  let app: TestApp;
  let publisherId: string;
  let now = new Date('2026-03-01T14:59:59.999Z'); // one millisecond before midnight in Seoul

  beforeAll(async () => {
    app = await startTestApp({ clock: { now: () => now } });
    ({ id: publisherId } = await createPublisher(app.context.database.prisma));
  });
  afterAll(() => app.close());

  const prisma = () => app.context.database.prisma;
  const article = async (data = {}) => (await createArticle(prisma(), { publisherId, ...data })).id;
  const newViewer = (): SendOptions => ({ headers: { 'viewer-id': app.context.viewerIds.issue() } });
  const show = (articleIds: string[], options?: SendOptions, surface: 'HOME' | 'SEARCH' = 'HOME') =>
    app.send(RecordImpressionsDocument, { articleIds, surface }, options);
  const rowsOf = (...articleIds: string[]) =>
    prisma().impression.findMany({ where: { articleId: { in: articleIds } }, orderBy: { day: 'asc' } });

  it('are kept once a reader, day in Seoul and article, with the first surface', async () => {
    const [id, viewer] = [await article(), newViewer()];
    for (const surface of ['SEARCH', 'HOME'] as const)
      expect((await show([id, id], viewer, surface)).data).toEqual({ recordImpressions: true });
    const before = now;
    now = new Date('2026-03-01T15:00:00.000Z');
    await show([id], viewer);
    const days = (await rowsOf(id)).map(({ day, surface }) => [day.toISOString().slice(0, 10), surface]);
    expect(days).toEqual([
      ['2026-03-01', 'SEARCH'],
      ['2026-03-02', 'HOME'],
    ]);
    now = before;
  });

  it('ignore what nobody can read, and keep the rest', async () => {
    const [id, hidden] = [await article(), await article({ status: 'HIDDEN' })];
    const { data, errors } = await show([ABSENT, hidden, id]);
    expect({ data, errors }).toEqual({ data: { recordImpressions: true }, errors: [] });
    expect(await rowsOf(id, hidden, ABSENT)).toMatchObject([{ articleId: id, userId: null }]);
  });

  it('name the id that is none', async () => {
    const id = await article();
    const { errors } = await show([id, id, 'nonsense', 'x']);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'articleIds.2' } }]);
    expect(await rowsOf(id)).toEqual([]);
  });

  it.each([0, 101])('are refused when there are %d', async (count) => {
    const { errors } = await show(Array<string>(count).fill(ABSENT));
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'articleIds' });
  });

  it('of one reader and day are at most 500', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 520; n++) ids.push(await article());
    const viewer = newViewer();
    for (let at = 0; at < ids.length; at += 100) await show(ids.slice(at, at + 100), viewer);
    expect(await rowsOf(...ids)).toHaveLength(500);
    await show(ids.slice(500), newViewer());
    expect(await rowsOf(...ids)).toHaveLength(520);
  });

  it('of many readers at once are few statements', async () => {
    const ids = [await article(), await article(), await article()];
    app.statements.length = 0;
    await Promise.all(
      Array.from({ length: 100 }, () =>
        app.context.services.impressions.record(
          { id: randomUUID(), userId: null, address: 'somewhere' },
          ids,
          'POPULAR',
        ),
      ),
    );
    expect(app.statements).toHaveLength(2);
    expect(await rowsOf(...ids)).toHaveLength(300);
  });

  it('of a signed-in reader are exported, and gone with the account', async () => {
    const id = await article();
    const { accessToken: token, user } = await app.login('reader-1');
    await show([id], { token }, 'SEARCH');
    expect(await rowsOf(id)).toMatchObject([{ readerId: user.id, userId: user.id }]);
    const { data } = await app.send(ExportMyDataDocument, {}, { token });
    const { impressions } = data!.exportMyData as { impressions: object[] };
    expect(impressions).toMatchObject([{ articleId: id, surface: 'SEARCH' }]);
    await app.query('mutation { deleteAccount }', {}, { token });
    expect(await prisma().impression.count({ where: { readerId: user.id } })).toBe(0);
  });
});
