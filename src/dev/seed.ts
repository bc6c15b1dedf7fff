import { z } from 'zod';
import type { Prisma } from '../adapters/database/database';
import { ARTICLE_CATEGORIES } from '../domain/article/category';
import { LIVE_FEED_PATH } from './standins/newsroom/newsroom';
import { readSeed, SEEDING, writeReferenceData } from '../domain/reference-data/reference-data';

const articlesFile = z.array(
  z.object({
    publisher: z.string(),
    category: z.enum(ARTICLE_CATEGORIES),
    title: z.string(),
    content: z.string(),
    comment: z.string(),
    phrases: z.array(z.object({ expression: z.string(), easy: z.string() })),
    publishedHoursAgo: z.number(),
  }),
);

/** For `npm start`: the reference data and, in a database that had no publishers, the sample articles. Returns how many. */
export async function seedDatabase(prisma: Prisma, now: Date): Promise<number> {
  return prisma.$transaction(async (tx) => {
    if ((await writeReferenceData(tx, now)).publishers === 0) return 0;
    // Real newspapers are not asked every few minutes by everybody who looks at this: an admin enables them.
    await tx.publisher.updateMany({ data: { enabled: false } });
    const articles = articlesFile.parse(readSeed('articles.json'));
    const idOf = new Map((await tx.publisher.findMany()).map(({ name, id }) => [name, id]));
    await tx.article.createMany({
      data: articles.map(({ publisher, publishedHoursAgo, ...text }) => {
        const at = new Date(now.getTime() - publishedHoursAgo * 3_600_000);
        return {
          ...text,
          publisherId: idOf.get(publisher)!,
          status: 'PUBLISHED' as const,
          publishedAt: at,
          releasedAt: at,
          createdAt: at,
          updatedAt: at,
        };
      }),
    });
    return articles.length;
  }, SEEDING);
}

/** The demo newsroom as a publisher, so that its pages find one and its feed is collected. */
export async function ensureDemoPublisher(prisma: Prisma, newsroomUrl: string): Promise<void> {
  const feedUrl = newsroomUrl + LIVE_FEED_PATH;
  const domain = new URL(newsroomUrl).hostname;
  await prisma.publisher.upsert({
    where: { domain },
    create: { name: '경단 연습신문', domain, feedUrl },
    update: { feedUrl },
  });
}
