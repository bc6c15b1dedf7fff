import {
  ArticleDocument,
  ArticlesCountDocument,
  ArticlesDocument,
  type ArticlesQuery,
  type ArticlesQueryVariables,
} from '../../generated/operations';
import { createLoaders } from '../../../src/schema/loaders';
import { startTestApp, type Answer, type TestApp } from '../../helpers/app';
import { createArticle, createPublisher } from '../../helpers/records';

type Filter = ArticlesQueryVariables['filter'];

describe('the list of articles', () => {
  const at = (day: number) => new Date(Date.UTC(2024, 6, day));
  let app: TestApp;
  let first: string;
  let second: string;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    app = await startTestApp();
    const { prisma } = app.context.database;
    ({ id: first } = await createPublisher(prisma, { name: '매일경제' }));
    ({ id: second } = await createPublisher(prisma, { name: '한국경제' }));
    const publish = async (title: string, day: number, data: object = {}) => {
      const released = { releasedAt: at(day), publishedAt: at(40 - day) };
      const article = await createArticle(prisma, { title, publisherId: first, ...released, ...data });
      ids.set(title, article.id);
    };
    await publish('셋째', 3);
    await publish('첫째', 1, { category: 'TECHNOLOGY_AND_CULTURE' });
    await publish('다섯째', 5, { publisherId: second });
    await publish('둘째', 2, { publisherId: second, category: 'TECHNOLOGY_AND_CULTURE' });
    await publish('넷째', 4);
    for (const n of [1, 2, 3, 4]) await publish(`같은 때 ${n}`, 6);
    await publish('숨김', 7, { status: 'HIDDEN' });
    await publish('검토 중', 8, { status: 'IN_REVIEW', releasedAt: null });
  });
  afterAll(() => app.close());

  const list = (variables: ArticlesQueryVariables) => app.send(ArticlesDocument, variables);
  async function titles(filter: Filter): Promise<string[]> {
    const { data, errors } = await list({ filter });
    expect(errors).toEqual([]);
    return data!.articles.edges.map(({ node }) => node.title);
  }

  it('is ordered by release, newest first, and leaves out what is not published', async () => {
    const all = await titles(null);
    expect(all.slice(0, 4).sort()).toEqual(['같은 때 1', '같은 때 2', '같은 때 3', '같은 때 4']);
    expect(all.slice(4)).toEqual(['다섯째', '넷째', '셋째', '둘째', '첫째']);
  });

  it('is what public types load by id: drafts and hidden articles are none', async () => {
    const wanted = ['첫째', '숨김', '검토 중'].map((title) => ids.get(title)!);
    const { publishedArticle, articleOfAnyStatus } = createLoaders(app.context.services, {
      address: 'here',
      signal: new AbortController().signal,
    });
    const found = await publishedArticle.loadMany(wanted);
    expect(found.map((article) => (article as { title: string } | null)?.title)).toEqual([
      '첫째',
      undefined,
      undefined,
    ]);
    expect(await articleOfAnyStatus.load(wanted[1]!)).toMatchObject({ title: '숨김' });
  });

  it('can be narrowed by category, publisher, time, and all of them', async () => {
    expect(await titles({ category: 'TECHNOLOGY_AND_CULTURE' })).toEqual(['둘째', '첫째']);
    expect(await titles({ publisherId: second })).toEqual(['다섯째', '둘째']);
    const [releasedAfter, releasedBefore] = [at(2).toISOString(), at(4).toISOString()];
    expect(await titles({ releasedAfter, releasedBefore })).toEqual(['셋째', '둘째']);
    const category = 'TECHNOLOGY_AND_CULTURE' as const;
    expect(await titles({ category, publisherId: second, releasedAfter, releasedBefore })).toEqual(['둘째']);
    expect(await titles({ category: 'SPORTS_AND_LEISURE' })).toEqual([]);
    expect(await titles({ publisherId: '00000000-0000-7000-8000-000000000000' })).toEqual([]);
  });

  it('takes null for no filter', async () => {
    const none = {
      category: null,
      publisherId: null,
      releasedAfter: null,
      releasedBefore: null,
      status: null,
    };
    expect(await titles(none)).toHaveLength(9);
  });

  it.each([1, 2, 3, 4, 9, 100])('can be walked to its end in pages of %i', async (size) => {
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { data }: Answer<ArticlesQuery> = await list({ first: size, after });
      const { edges, pageInfo } = data!.articles;
      seen.push(...edges.map(({ node }) => node.id));
      expect(pageInfo.hasPreviousPage).toBe(after !== null);
      expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([
        edges[0]?.cursor ?? null,
        edges.at(-1)?.cursor ?? null,
      ]);
      if (!pageInfo.hasNextPage) break;
      expect(edges).toHaveLength(size);
      after = pageInfo.endCursor ?? null;
    }
    expect(seen).toHaveLength(9);
    expect(new Set(seen).size).toBe(9);
  });
  it('goes on where it was although something new came out or was hidden meanwhile', async () => {
    const { prisma } = app.context.database;
    const page = (await list({ first: 6 })).data!.articles;
    const late = await createArticle(prisma, { title: '새것', publisherId: first, releasedAt: at(9) });
    const gone = ids.get('다섯째')!;
    await prisma.article.update({ where: { id: gone }, data: { status: 'HIDDEN' } });
    const rest = (await list({ first: 6, after: page.pageInfo.endCursor })).data!.articles;
    expect(rest.edges.map(({ node }) => node.title)).toEqual(['셋째', '둘째', '첫째']);
    await prisma.article.update({ where: { id: gone }, data: { status: 'PUBLISHED' } });
    await prisma.article.delete({ where: { id: late.id } });
  });

  it('gives a cursor the same place in a list and in its fuller form', async () => {
    const query = (fields: string) => `{ articles(first: 3) { edges { cursor node { id ${fields} } } } }`;
    const cards = await app.query(query('title'));
    const whole = await app.query(query('title content createdAt'));
    const cursors = (data: unknown) =>
      (data as { articles: { edges: { cursor: string }[] } }).articles.edges.map(({ cursor }) => cursor);
    expect(cursors(whole.data)).toEqual(cursors(cards.data));
  });

  it('is one statement with its publishers, and two with its count', async () => {
    app.statements.length = 0;
    expect((await list({ first: 20 })).data!.articles.edges).toHaveLength(9);
    expect(app.statements).toHaveLength(1);
    app.statements.length = 0;
    const both = await app.query(
      '{ articles { totalCount edges { node { title content publisher { name } } } } }',
    );
    expect(both.data).toMatchObject({ articles: { totalCount: 9 } });
    expect(app.statements).toHaveLength(2);
  });

  it('counts what the filter matches, whatever the page', async () => {
    const count = async (filter: Filter) =>
      (await app.send(ArticlesCountDocument, { filter })).data!.articles.totalCount;
    expect(await count(null)).toBe(9);
    expect(await count({ publisherId: second })).toBe(2);
    expect(await count({ category: 'SPORTS_AND_LEISURE' })).toBe(0);
  });

  it('shows admins other statuses, newest made first, through the same cursors', async () => {
    const { prisma } = app.context.database;
    const made = [];
    for (const day of [1, 1, 2, 3, 3]) {
      const data = { publisherId: first, status: 'TAKEN_DOWN' as const, createdAt: at(day) };
      made.push(await createArticle(prisma, { ...data, releasedAt: at(9 - day) }));
    }
    const { accessToken: token } = await app.login('admin');
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: Answer<ArticlesQuery> = await app.send(
        ArticlesDocument,
        { first: 2, after, filter: { status: 'TAKEN_DOWN' } },
        { token },
      );
      seen.push(...data!.articles.edges.map(({ node }) => node.id));
      after = data!.articles.pageInfo.hasNextPage ? (data!.articles.pageInfo.endCursor ?? null) : null;
    } while (after !== null);
    const newestFirst = [...made].sort(
      (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1),
    );
    expect(seen).toEqual(newestFirst.map(({ id }) => id));
  });

  it('opens each article by its id, however that is written, and dates are RFC 3339 in UTC', async () => {
    const id = ids.get('셋째')!;
    app.statements.length = 0;
    const { article } = (await app.send(ArticleDocument, { id: id.toUpperCase() })).data!;
    expect(article).toMatchObject({
      id,
      publisher: { id: first, name: '매일경제' },
      releasedAt: '2024-07-03T00:00:00.000Z',
      phrases: [{ expression: '기준금리', easy: '나라가 정하는 이자율' }],
    });
    expect(app.statements).toHaveLength(1);
  });
});
