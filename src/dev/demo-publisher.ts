import type { Prisma } from '../adapters/database/database';
import type { Newsroom } from './standins/newsroom/newsroom';

/** The demo newsroom as a publisher, so that its pages find one. */
export async function ensureDemoPublisher(prisma: Prisma, { url }: Newsroom): Promise<void> {
  const feedUrl = `${url}/rss.xml`;
  const domain = new URL(url).hostname;
  await prisma.publisher.upsert({
    where: { domain },
    create: { name: '경단 연습신문', domain, feedUrl },
    update: { feedUrl },
  });
}
