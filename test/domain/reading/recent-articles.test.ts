import { RecentArticlesDocument, RecordArticleViewDocument } from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
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
