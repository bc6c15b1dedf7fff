import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Prisma } from '../adapters/database/database';
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

/**
 * Fills a database without publishers with the known ones, the sample articles and the FAQ, and one without glossary
 * with our own. Returns how many articles.
 */
export async function seedDatabase(prisma: Prisma, now: Date): Promise<number> {
  await seedGlossary(prisma);
  if ((await prisma.publisher.count()) > 0) return 0;
  const publishers = publishersFile.parse(readJson('publishers.json'));
  const faqs = faqsFile.parse(readJson('faqs.json'));
  const articles = articlesFile.parse(readJson('articles.json'));
  await prisma.$transaction(async (tx) => {
    const saved = await tx.publisher.createManyAndReturn({ data: publishers });
    await tx.faq.createMany({
      // One after the other, so that the list keeps the file's order.
      data: faqs.map((faq, index) => ({
        ...faq,
        questionKey: questionKeyOf(faq.question),
        createdAt: new Date(now.getTime() + index),
      })),
    });
    const idOf = new Map(saved.map(({ name, id }) => [name, id]));
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
  });
  return articles.length;
}

async function seedGlossary(prisma: Prisma): Promise<void> {
  if ((await prisma.economicTerm.count()) > 0) return;
  const terms = termsFile.parse(readJson('economic-terms.json'));
  await prisma.economicTerm.createMany({
    data: terms.map((term, index) => checkedTerm(`economic-terms.${index}`, term)),
  });
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'));
}
