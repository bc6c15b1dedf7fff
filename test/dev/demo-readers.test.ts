import { inventReaders } from '../../src/dev/demo-readers';
import { seedDatabase } from '../../src/dev/seed';
import { startTestApp, type TestApp } from '../helpers/app';

describe('The made-up readers of npm start', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await seedDatabase(app.context.database.prisma, new Date());
  });
  afterAll(() => app.close());

  const popular = async () => {
    const { data } = await app.query('{ popularArticles(first: 10) { viewCount } }');
    return (data!.popularArticles as { viewCount: number }[]).map(({ viewCount }) => viewCount);
  };

  it('are not there where only sample articles were asked for', async () => {
    expect(await popular()).toEqual(Array(10).fill(0));
  });

  it('give this week’s popular articles views, some more than others, and open only what they were shown', async () => {
    const { pool, prisma } = app.context.database;
    await inventReaders(pool, new Date());
    const views = await popular();
    expect(Math.min(...views)).toBeGreaterThan(0);
    expect(new Set(views).size).toBeGreaterThan(3);
    expect(await prisma.user.count()).toBe(0);
    const { rows } = await pool.query(
      `SELECT FROM "ArticleView" v WHERE NOT EXISTS
         (SELECT FROM "Impression" i WHERE i."readerId" = v."readerId" AND i."articleId" = v."articleId")`,
    );
    expect(rows).toHaveLength(0);
    expect(await prisma.impression.count()).toBeGreaterThan(2 * (await prisma.articleView.count()));
  });
});
