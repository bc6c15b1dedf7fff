import { startTestApp, type TestApp } from '../../helpers/app';

const ARTICLES = 2_400;
const id = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

/** Article n, the newest last, one every hour; each has 경제, every second 물가, every hundredth 청어, the oldest 두루미. */
describe(`of ${ARTICLES} articles a search`, () => {
  let app: TestApp;
  let token: string;

  beforeAll(async () => {
    app = await startTestApp();
    token = (await app.login('admin')).accessToken;
    const { pool } = app.context.database;
    await pool.query(`INSERT INTO "Publisher" (id, name) VALUES ($1, '큰 신문'), ($2, '작은 신문')`, [
      id(1),
      id(2),
    ]);
    for (let from = 1; from <= ARTICLES; from += 200)
      await pool.query(
        `INSERT INTO "Article" (id, title, content, category, "publisherId", "publishedAt", "releasedAt", status)
         SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '기사 ' || n,
                '경제' || CASE WHEN n % 2 = 0 THEN ' 물가' ELSE '' END || CASE WHEN n % 100 = 0 THEN ' 청어' ELSE '' END || CASE WHEN n = 1 THEN ' 두루미' ELSE '' END,
                (CASE WHEN n = 3 THEN 'SPORTS_AND_LEISURE' ELSE 'ECONOMY_AND_BUSINESS' END)::"ArticleCategory",
                CASE WHEN n = 5 THEN $2::uuid ELSE $1::uuid END, at, at, 'PUBLISHED'
         FROM generate_series($3::int, $3 + 199) AS n, LATERAL (SELECT now() - (${ARTICLES} - n) * interval '1 hour' AS at) AS t`,
        [id(1), id(2), from],
      );
  }, 120_000);
  afterAll(() => app.close());

  async function search(filter: object, first = 3) {
    const { data, errors } = await app.query(
      `query ($first: Int!, $filter: ArticleFilter) { articles(first: $first, filter: $filter) { totalCount edges { node { title } } } }`,
      { first, filter },
      { token },
    );
    expect(errors).toEqual([]);
    const { totalCount, edges } = data!.articles as {
      totalCount: number;
      edges: { node: { title: string } }[];
    };
    return { totalCount, titles: edges.map(({ node }) => node.title) };
  }
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

  it('for what all have shows the newest, and counts no further than 1,000', async () => {
    expect(await search({ search: '경제' })).toEqual({
      totalCount: 1_001,
      titles: ['기사 2400', '기사 2399', '기사 2398'],
    });
    expect(await search({ search: '물가' })).toMatchObject({
      totalCount: 1_001,
      titles: ['기사 2400', '기사 2398', '기사 2396'],
    });
  });

  it('for what few have counts them and finds the oldest', async () => {
    expect(await search({ search: '청어' })).toEqual({
      totalCount: 24,
      titles: ['기사 2400', '기사 2300', '기사 2200'],
    });
    expect(await search({ search: '두루미' })).toEqual({ totalCount: 1, titles: ['기사 1'] });
    expect(await search({ search: '경제 두루미' })).toMatchObject({ titles: ['기사 1'] });
    expect(await search({ search: '두' })).toEqual({ totalCount: 1, titles: ['기사 1'] });
  });

  it('finds the few of a filter among the many that have the word', async () => {
    expect(await search({ search: '경제', category: 'SPORTS_AND_LEISURE' })).toEqual({
      totalCount: 1,
      titles: ['기사 3'],
    });
    expect(await search({ search: '경제', publisherId: id(2) })).toEqual({
      totalCount: 1,
      titles: ['기사 5'],
    });
    expect(await search({ search: '경제', releasedBefore: hoursAgo(2_300.5) })).toEqual({
      totalCount: 99,
      titles: ['기사 99', '기사 98', '기사 97'],
    });
    expect(
      await search({ search: '경제', releasedAfter: hoursAgo(2_300.5), releasedBefore: hoursAgo(2_297.5) }),
    ).toEqual({
      totalCount: 3,
      titles: ['기사 102', '기사 101', '기사 100'],
    });
    expect(
      await search({ search: '경제', releasedAfter: hoursAgo(10), releasedBefore: hoursAgo(20) }),
    ).toMatchObject({ titles: [] });
  });

  it('knows at once of another status, category and publisher', async () => {
    const { prisma } = app.context.database;
    await prisma.article.update({ where: { id: id(2_400) }, data: { status: 'HIDDEN' } });
    expect((await search({ search: '청어' })).titles).toEqual(['기사 2300', '기사 2200', '기사 2100']);
    expect(await search({ search: '청어', status: 'HIDDEN' })).toEqual({
      totalCount: 1,
      titles: ['기사 2400'],
    });
    const data = { status: 'PUBLISHED', category: 'SPORTS_AND_LEISURE', publisherId: id(2) } as const;
    await prisma.article.update({ where: { id: id(2_400) }, data });
    const filter = { search: '청어', category: 'SPORTS_AND_LEISURE', publisherId: id(2) };
    expect(await search(filter)).toEqual({ totalCount: 1, titles: ['기사 2400'] });
    expect(await search({ ...filter, category: 'ECONOMY_AND_BUSINESS' })).toMatchObject({ titles: [] });
  });
});
