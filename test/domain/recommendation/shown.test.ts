import { RecommendationsDocument } from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
import { TestClock } from '../../helpers/clock';
import { createArticle, createPublisher, createUser } from '../../helpers/records';

const ARTICLES = 15;
const READERS = 20;
const MINUTE = 60_000;

describe('What was shown since the model was trained', () => {
  const clock = new TestClock();
  let app: TestApp;
  let articles: string[];
  const prisma = () => app.context.database.prisma;

  beforeAll(async () => {
    app = await startTestApp({ clock });
    const { id: publisherId } = await createPublisher(prisma());
    const at = new Date(clock.now().getTime() - 3_600_000);
    articles = await Promise.all(
      Array.from({ length: ARTICLES }, async () => {
        const times = { publishedAt: at, releasedAt: at };
        return (await createArticle(prisma(), { publisherId, ...times })).id;
      }),
    );
  });
  afterAll(() => app.close());

  async function recommended() {
    await app.context.services.recommendations.warmUp();
    const { accessToken } = await app.login('reader-1');
    const { data } = await app.send(RecommendationsDocument, { first: ARTICLES }, { token: accessToken });
    return data!.recommendations.map(({ article, score }) => ({ id: article.id, score }));
  }

  /** All articles are shown to everybody; some open the last one a minute later. */
  async function show(shownAt: Date, openers: number): Promise<void> {
    for (let n = 0; n < READERS; n += 1) {
      const { id: userId } = await createUser(prisma());
      const reader = { readerId: userId, userId };
      await prisma().impression.createMany({
        data: articles.map((articleId) => ({
          ...reader,
          articleId,
          day: shownAt,
          surface: 'HOME' as const,
          shownAt,
        })),
      });
      if (n >= openers) continue;
      const at = new Date(shownAt.getTime() + MINUTE);
      const times = { firstViewedAt: at, lastViewedAt: at, countedAt: at };
      await prisma().articleView.create({ data: { ...reader, articleId: articles.at(-1)!, ...times } });
    }
  }

  it('is counted when most of what will be opened has been: what is opened more often rises, all are as likely as so far', async () => {
    const before = await recommended();
    await show(clock.now(), READERS / 2);
    clock.advance(5 * 60);
    expect(await recommended()).toEqual(before);
    clock.advance(6 * 60);
    const after = await recommended();
    expect(after[0]!.id).toBe(articles.at(-1));
    // 10 of 300 showings were opened, all of one article.
    const others = after.slice(1).map(({ score }) => score);
    expect(Math.max(...others)).toBeLessThan(0.05);
    expect(Math.min(...others)).toBeGreaterThan(0.003);
    expect(after[0]!.score).toBeGreaterThan(0.1);
  });
});
