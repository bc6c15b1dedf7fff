import type { ArticleStatus } from '../../generated/prisma/client';
import type { Article, ArticleCard } from './article';

// Milliseconds: pg takes eight times as long to parse a timestamp's text.
const ms = (column: string) => `(extract(epoch FROM a."${column}") * 1000)::float8`;

// rowMode 'array' saves building a second object per row; the orders here are those in cardOf and articleOf.
export const CARD_COLUMNS = `a.id, a.title, a.comment, a.category::text, a."imageUrl", ${ms('publishedAt')}, ${ms('releasedAt')},
  a."viewCount", p.id, p.name`;
/** Everything of an article and its publisher. */
export const ARTICLE_COLUMNS = `${CARD_COLUMNS}, a.content, a.phrases, a."sourceUrl", a.status::text, ${ms('createdAt')}, ${ms('updatedAt')},
  p."feedUrl", p.enabled`;
/** What the columns are read from. */
export const ARTICLE_FROM = `FROM "Article" a JOIN "Publisher" p ON p.id = a."publisherId"`;

export type CardRow = [
  string, string, string | null, Article['category'], string | null, number, number | null,
  number, string, string,
]; // prettier-ignore
export type ArticleRow = [
  ...CardRow, string, Article['phrases'], string | null, ArticleStatus, number, number,
  string | null, boolean,
]; // prettier-ignore

/** The card of a row; columns behind its own do no harm. */
export function cardOf(row: CardRow | ArticleRow): ArticleCard {
  return {
    id: row[0],
    title: row[1],
    comment: row[2],
    category: row[3],
    imageUrl: row[4],
    publishedAt: new Date(row[5]),
    releasedAt: row[6] === null ? null : new Date(row[6]),
    viewCount: row[7],
    publisher: { id: row[8], name: row[9] },
  };
}

/** The article of a row; columns behind its own do no harm. */
export function articleOf(row: ArticleRow): Article {
  const { publisher, ...card } = cardOf(row);
  return {
    ...card,
    content: row[10],
    phrases: row[11],
    sourceUrl: row[12],
    status: row[13],
    createdAt: new Date(row[14]),
    updatedAt: new Date(row[15]),
    publisher: { ...publisher, feedUrl: row[16], enabled: row[17] },
  };
}
