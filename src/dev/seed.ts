import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Prisma, Transaction } from '../adapters/database/database';
import { questionKeyOf } from '../domain/faq/faq.service';
import { ARTICLE_CATEGORIES } from '../domain/article/category';
import { checkedTerm } from '../domain/glossary/term-input';

const FOLDER = path.resolve(__dirname, '../../prisma/seed');

const publishersFile = z.array(
  z.object({ name: z.string(), domain: z.string(), feedUrl: z.string().nullable() }),
);
const faqsFile = z.array(z.object({ question: z.string(), answer: z.string() }));
const termsFile = z.array(
  z.object({
    term: z.string(),
    description: z.string(),
    example: z.string().optional(),
    aliases: z.array(z.string()).optional(),
  }),
);
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

/** Fills each of publishers, FAQ and glossary that is empty; safe to repeat. Returns how many rows of each were added. */
export function seedReferenceData(prisma: Prisma, now: Date) {
  return prisma.$transaction((tx) => writeReferenceData(tx, now));
}

async function writeReferenceData(tx: Transaction, now: Date) {
  const terms = termsFile.parse(readJson('economic-terms.json'));
  const data = {
    publishers: publishersFile.parse(readJson('publishers.json')),
    // One after the other, so that the list keeps the file's order.
    faqs: faqsFile.parse(readJson('faqs.json')).map((faq, index) => ({
      ...faq,
      questionKey: questionKeyOf(faq.question),
      createdAt: new Date(now.getTime() + index),
    })),
    terms: terms.map((term, index) => checkedTerm(`economic-terms.${index}`, term)),
  };
  const added = { publishers: 0, faqs: 0, terms: 0 };
  if ((await tx.publisher.count()) === 0)
    added.publishers = (await tx.publisher.createMany({ data: data.publishers })).count;
  if ((await tx.faq.count()) === 0) added.faqs = (await tx.faq.createMany({ data: data.faqs })).count;
  if ((await tx.economicTerm.count()) === 0)
    added.terms = (await tx.economicTerm.createMany({ data: data.terms })).count;
  return added;
}

/** For `npm start`: the reference data and, in a database that had no publishers, the sample articles. Returns how many. */
export async function seedDatabase(prisma: Prisma, now: Date): Promise<number> {
  return prisma.$transaction(async (tx) => {
    if ((await writeReferenceData(tx, now)).publishers === 0) return 0;
    const articles = articlesFile.parse(readJson('articles.json'));
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
  });
}

/** The demo newsroom as a publisher, so that its pages find one. */
export async function ensureDemoPublisher(prisma: Prisma, newsroomUrl: string): Promise<void> {
  const feedUrl = `${newsroomUrl}/rss.xml`;
  const domain = new URL(newsroomUrl).hostname;
  await prisma.publisher.upsert({
    where: { domain },
    create: { name: '경단 연습신문', domain, feedUrl },
    update: { feedUrl },
  });
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'));
}
