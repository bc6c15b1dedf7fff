import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Korean section names, as the pages and feeds show them. */
export const SECTIONS = {
  ECONOMY_AND_BUSINESS: '경제·산업',
  POLITICS_AND_SOCIETY: '정치·사회',
  TECHNOLOGY_AND_CULTURE: '기술·문화',
  SPORTS_AND_LEISURE: '스포츠·여가',
  OPINION_AND_ANALYSIS: '오피니언·분석',
} as const;

export const articlesSchema = z.array(
  z.object({
    slug: z.string().regex(/^[a-z0-9-]+$/),
    /** Whose page structure the article is shown in. */
    shape: z.enum(['mk', 'hankyung', 'sedaily']),
    title: z.string().min(1),
    paragraphs: z.array(z.string().min(1)).min(1),
    category: z.enum(Object.keys(SECTIONS) as (keyof typeof SECTIONS)[]),
    publishedAt: z.iso.datetime({ offset: true }),
  }),
);

export type NewsroomArticle = z.infer<typeof articlesSchema>[number];
export type PageShape = NewsroomArticle['shape'];

/** Reads the articles beside this file, newest first. */
export function readArticles(): NewsroomArticle[] {
  const articles = articlesSchema.parse(JSON.parse(readFileSync(join(__dirname, 'articles.json'), 'utf8')));
  return articles.sort((a, b) => Date.parse(b.publishedAt) - Date.parse(a.publishedAt));
}

/** `/mk/coffee-price-chain` */
export function articlePath({ shape, slug }: NewsroomArticle): string {
  return `/${shape}/${slug}`;
}
