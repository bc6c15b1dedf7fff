import type { Transaction } from '../../../adapters/database/database';
import { Prisma } from '../../../generated/prisma/client';
import type { ArticleCategory } from '../../article/category';
import type { LetterArticle } from './letter';

export const MOST_ARTICLES = 7;
const DAYS_OF_NEWS = 7;
/** An article that an issue of the category had so lately is in no other. */
const DAYS_WITHOUT_REPETITION = 28;
const DAY_MS = 86_400_000;
const COLUMNS = Prisma.raw('a.id, a.title, a.comment, a.content, a."imageUrl", p.name AS publisher');

/**
 * The articles of a new issue, most wanted first: published for the first time within seven days before `now`, by
 * (views + 3) / (days since + 2). Who was read 7 times yesterday is level with what came out now and was read 3.7 times;
 * unread ones stand newest first.
 */
export function chooseLetterArticles(
  tx: Transaction,
  { category, week, now }: { category: ArticleCategory; week: Date; now: Date },
): Promise<LetterArticle[]> {
  const since = new Date(now.getTime() - DAYS_OF_NEWS * DAY_MS);
  const lately = new Date(week.getTime() - DAYS_WITHOUT_REPETITION * DAY_MS);
  return tx.$queryRaw<LetterArticle[]>`
    SELECT ${COLUMNS}
    FROM "Article" a JOIN "Publisher" p ON p.id = a."publisherId"
    WHERE a.status = 'PUBLISHED' AND a.category = ${category}::"ArticleCategory" AND a."releasedAt" > ${since} AND a."releasedAt" <= ${now}
      AND a.id NOT IN (SELECT unnest("articleIds") FROM "NewsletterIssue"
                       WHERE category = ${category}::"ArticleCategory" AND week > ${lately}::date)
    ORDER BY (a."viewCount" + 3) / (extract(epoch FROM ${now}::timestamptz - a."releasedAt") / 86400 + 2) DESC, a."releasedAt" DESC, a.id DESC
    LIMIT ${MOST_ARTICLES}`;
}

/** Those of an issue that may still be shown, in its order. */
export function stillPublished(tx: Transaction, articleIds: readonly string[]): Promise<LetterArticle[]> {
  return tx.$queryRaw<LetterArticle[]>`
    SELECT ${COLUMNS}
    FROM unnest(${articleIds}::uuid[]) WITH ORDINALITY AS chosen(id, place)
    JOIN "Article" a ON a.id = chosen.id AND a.status = 'PUBLISHED' JOIN "Publisher" p ON p.id = a."publisherId"
    ORDER BY chosen.place`;
}
