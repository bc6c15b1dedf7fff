import type { Prisma } from '../adapters/database/database';
import { SEEDING, writeReferenceData } from '../domain/reference-data/reference-data';
import { archived, sampleArticles } from './sample-articles';
import { LIVE_FEED_PATH } from './standins/newsroom/newsroom';
import { articlePath } from './standins/newsroom/newsroom-articles';

/**
 * For `npm start`: the reference data and, in a database that had no publishers, the sample articles, whose pages the
 * newsroom has. Returns how many.
 */
export async function seedDatabase(prisma: Prisma, now: Date, newsroomUrl?: string): Promise<number> {
  return prisma.$transaction(async (tx) => {
    if ((await writeReferenceData(tx, now)).publishers === 0) return 0;
    // Real newspapers are not asked every few minutes by everybody who looks at this: an admin enables them.
    await tx.publisher.updateMany({ data: { enabled: false } });
    const articles = sampleArticles(now);
    const idOf = new Map((await tx.publisher.findMany()).map(({ name, id }) => [name, id]));
    await tx.article.createMany({
      data: articles.map((article) => {
        const { publisher, slug: _slug, publishedAt: at, ...text } = article;
        return {
          ...text,
          publisherId: idOf.get(publisher)!,
          sourceUrl: newsroomUrl === undefined ? null : newsroomUrl + articlePath(archived(article)),
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
