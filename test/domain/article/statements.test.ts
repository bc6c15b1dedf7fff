import { openDatabase, type Database } from '../../../src/adapters/database/database';
import type { Article, ArticleFilter } from '../../../src/domain/article/article';
import { CARDS, WHOLE } from '../../../src/domain/article/article-row';
import { countArticles, selectArticles, selectArticlesByIds } from '../../../src/domain/article/articles.sql';
import { ARTICLE_CATEGORIES } from '../../../src/domain/article/category';
import { decodeCursor, encodeCursor } from '../../../src/domain/shared/paging';
import type { Prisma as PrismaTypes } from '../../../src/generated/prisma/client';
import { ArticleStatus } from '../../../src/generated/prisma/enums';
import { createLogger } from '../../../src/logger';
import { createPublisher } from '../../helpers/records';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

const ARTICLES = 400;
/** So few moments that most articles share theirs with others. */
const MOMENTS = 12;
const DAY = 24 * 3600 * 1000;
const START = Date.UTC(2024, 0, 1);

/** Park–Miller: the same "random" data at every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48_271) % 0x7fffffff) % below;
}

describe('the hand-written article queries', () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let filters: ArticleFilter[];
  const random = randomFrom(20_240_701);
  const one = <T>(items: readonly T[]): T => items[random(items.length)]!;
  const moment = () => new Date(START + random(MOMENTS) * DAY);

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const logger = createLogger({ level: 'silent', pretty: false });
    database = openDatabase({ url: testDatabase.url, connections: 4, logger });
    const { prisma } = database;
    const publishers = [
      await createPublisher(prisma, { feedUrl: 'https://a.example/rss' }),
      await createPublisher(prisma, { enabled: false }),
      await createPublisher(prisma),
    ];
    await prisma.article.createMany({
      data: Array.from({ length: ARTICLES }, (_, n) => {
        const status = one(Object.values(ArticleStatus));
        return {
          title: `제목 ${n}`,
          content: '본문 '.repeat(random(20)),
          comment: one([null, '한 문장']),
          category: one(ARTICLE_CATEGORIES),
          phrases: one([[], [{ expression: '채권', easy: '빌린 돈의 증서' }]]),
          publisherId: one(publishers).id,
          sourceUrl: one([null, `https://news.example/${n}`]),
          imageUrl: one([null, 'https://news.example/1.png']),
          publishedAt: moment(),
          releasedAt: status === 'PUBLISHED' || random(2) ? moment() : null,
          viewCount: random(1_000),
          status,
          createdAt: moment(),
          updatedAt: moment(),
        };
      }),
    });
    filters = everyFilter(publishers[0]!.id);
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.drop();
  });

  function everyFilter(publisherId: string): ArticleFilter[] {
    const choices: ArticleFilter[][] = [
      [{}, { category: 'POLITICS_AND_SOCIETY' }],
      [{}, { publisherId }],
      [{}, { releasedAfter: new Date(START + 3 * DAY) }],
      [{}, { releasedBefore: new Date(START + 9 * DAY) }],
      [{}, ...Object.values(ArticleStatus).map((status) => ({ status }))],
    ];
    return choices.reduce(
      (made, options) => made.flatMap((filter) => options.map((more) => ({ ...filter, ...more }))),
      [{}],
    );
  }

  /** The same selection, as Prisma words it. */
  function whereOf({ category, publisherId, releasedAfter, releasedBefore, status }: ArticleFilter) {
    const where: PrismaTypes.ArticleWhereInput = { status: status ?? 'PUBLISHED' };
    if (category) where.category = category;
    if (publisherId) where.publisherId = publisherId;
    if (releasedAfter || releasedBefore)
      where.releasedAt = {
        ...(releasedAfter && { gte: releasedAfter }),
        ...(releasedBefore && { lt: releasedBefore }),
      };
    return where;
  }

  async function byPrisma(filter: ArticleFilter, after: string | null, take: number): Promise<Article[]> {
    const by = (filter.status ?? 'PUBLISHED') === 'PUBLISHED' ? 'releasedAt' : 'createdAt';
    const { at, id } = after === null ? { at: new Date(START + 99 * DAY), id: '' } : decodeCursor(after);
    const behind = [{ [by]: { lt: at } }, ...(id ? [{ [by]: at, id: { lt: id } }] : [])];
    const rows = await database.prisma.article.findMany({
      where: { AND: [whereOf(filter), { OR: behind }] },
      include: { publisher: true },
      omit: { hiddenPage: true },
      orderBy: [{ [by]: 'desc' }, { id: 'desc' }],
      take,
    });
    return rows.map(({ publisherId: _, publisher: { id, name, feedUrl, enabled }, ...article }) => ({
      ...article,
      publisher: { id, name, feedUrl, enabled },
    })) as Article[];
  }

  it('find what Prisma finds, under every filter and behind every kind of cursor', async () => {
    expect(filters).toHaveLength(80);
    for (const filter of filters) {
      const somewhere = one(await byPrisma(filter, null, ARTICLES));
      const cursors = [null, somewhere ? encodeCursor(WHOLE.position(somewhere)) : null];
      for (const after of cursors) {
        const limit = 1 + random(30);
        const ours = await selectArticles(database.pool, WHOLE, { filter, after, limit });
        expect(ours).toEqual(await byPrisma(filter, after, limit));
      }
    }
  });

  it('show the same articles as cards', async () => {
    for (const filter of filters.filter(({ status }) => (status ?? 'PUBLISHED') === 'PUBLISHED')) {
      const articles = await selectArticles(database.pool, WHOLE, { filter, limit: 15 });
      const cards = await selectArticles(database.pool, CARDS, { filter, limit: 15 });
      expect(cards.map(({ id }) => id)).toEqual(articles.map(({ id }) => id));
      cards.forEach((card, n) => expect(articles[n]).toMatchObject(card));
    }
  });

  it('count what Prisma counts', async () => {
    for (const filter of filters)
      expect(await countArticles(database.pool, filter)).toBe(
        await database.prisma.article.count({ where: whereOf(filter) }),
      );
  });

  it('lose and repeat nothing from the first page to the last', async () => {
    for (const filter of filters.filter(
      ({ releasedAfter, releasedBefore }) => !releasedAfter || !releasedBefore,
    )) {
      const seen: string[] = [];
      let after: string | null = null;
      for (;;) {
        const page = await selectArticles(database.pool, WHOLE, { filter, after, limit: 25 });
        seen.push(...page.map(({ id }) => id));
        if (page.length < 25) break;
        after = encodeCursor(WHOLE.position(page.at(-1)!));
      }
      expect(seen).toEqual((await byPrisma(filter, null, ARTICLES)).map(({ id }) => id));
    }
  });

  it('are planned once, not at each execution, for the pages that clients ask for', async () => {
    const { pool } = database;
    const [newest] = await selectArticles(pool, CARDS, { filter: {}, limit: 1 });
    const after = encodeCursor(CARDS.position(newest!));
    const asks: [name: string, ask: () => Promise<unknown>][] = [
      ['cards-p21', () => selectArticles(pool, CARDS, { filter: {}, limit: 21 })],
      ['cards-pk21', () => selectArticles(pool, CARDS, { filter: {}, after, limit: 21 })],
      ['articles-r51', () => selectArticles(pool, WHOLE, { filter: { status: 'IN_REVIEW' }, limit: 51 })],
      ['articles-by-id', () => selectArticlesByIds(pool, [newest!.id])],
    ];
    // Of the first five PostgreSQL looks whether another plan each time would be worth its making.
    for (const [, ask] of asks) for (let time = 0; time < 7; time += 1) await ask();
    const { rows } = await pool.query<{ name: string; generic_plans: string }>(
      'SELECT name, generic_plans FROM pg_prepared_statements',
    );
    const kept = rows.filter((row) => Number(row.generic_plans) > 0).map(({ name }) => name);
    expect(kept).toEqual(expect.arrayContaining(asks.map(([name]) => name)));
  });

  it('find by id what is there, of every status', async () => {
    const all = await database.prisma.article.findMany({ select: { id: true }, take: 50 });
    const ids = [...all.map(({ id }) => id), '00000000-0000-7000-8000-000000000000'];
    const found = await selectArticlesByIds(database.pool, ids);
    expect(found.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
    expect(await selectArticlesByIds(database.pool, [])).toEqual([]);
  });
});
