import { z } from 'zod';
import { ARTICLE_CATEGORIES } from '../domain/article/category';
import { readSeed } from '../domain/reference-data/reference-data';
import type { NewsroomArticle, PageShape } from './standins/newsroom/newsroom-articles';

const articlesFile = z.array(
  z.object({
    slug: z.string(),
    publisher: z.string(),
    category: z.enum(ARTICLE_CATEGORIES),
    title: z.string(),
    content: z.string(),
    comment: z.string(),
    phrases: z.array(z.object({ expression: z.string(), easy: z.string() })),
    publishedHoursAgo: z.number(),
  }),
);

/** In whose page structure the demo newspaper shows an article of a publisher. */
const SHAPES: Record<string, PageShape> = { 매일경제: 'mk', 한국경제: 'hankyung', 서울경제: 'sedaily' };

/** The articles that `npm start` begins with, and when each of them was published. */
export function sampleArticles(now: Date) {
  return articlesFile.parse(readSeed('articles.json')).map(({ publishedHoursAgo, ...article }) => ({
    ...article,
    publishedAt: new Date(now.getTime() - publishedHoursAgo * 3_600_000),
  }));
}
export type SampleArticle = ReturnType<typeof sampleArticles>[number];

/** A sample article as the demo newspaper has it in its archive, so that it has an address. */
export function archived({
  slug,
  publisher,
  category,
  title,
  content,
  publishedAt,
}: SampleArticle): NewsroomArticle {
  return {
    slug,
    shape: SHAPES[publisher] ?? 'mk',
    title,
    category,
    paragraphs: content.split('\n\n'),
    publishedAt: publishedAt.toISOString(),
  };
}
