import type { ArticleStatus } from '../../generated/prisma/client';
import { groupBy } from '../shared/group-by';
import type { Position } from '../shared/paging';
import type { Article, ArticleCard } from './article';

// Milliseconds: pg takes eight times as long to parse a timestamp's text.
const ms = (column: string) => `(extract(epoch FROM a."${column}") * 1000)::float8`;

// rowMode 'array' saves building a second object per row; the orders here are those in cardOf and articleOf.
const CARD_COLUMNS = `a.id, a.title, a.comment, a.category::text, a."imageUrl", ${ms('publishedAt')}, ${ms('releasedAt')},
  a."viewCount", p.id, p.name`;
const ARTICLE_COLUMNS = `${CARD_COLUMNS}, a.content, a.phrases, a."sourceUrl", a.status::text, ${ms('createdAt')}, ${ms('updatedAt')},
  p."feedUrl", p.enabled, a.fidelity`;
/** What the columns are read from. */
export const ARTICLE_FROM = `FROM "Article" a JOIN "Publisher" p ON p.id = a."publisherId"`;

type CardRow = [
  string, string, string | null, Article['category'], string | null, number, number | null,
  number, string, string,
]; // prettier-ignore
export type ArticleRow = [
  ...CardRow, string, Article['phrases'], string | null, ArticleStatus, number, number,
  string | null, boolean, Article['fidelity'],
]; // prettier-ignore

/** How much of an article a statement reads, what a row of it is, and where that stands in its list. */
export interface Projection<T extends ArticleCard> {
  /** Part of the names of prepared statements. */
  name: string;
  columns: string;
  /** The article of a row; columns behind its own do no harm. */
  of(row: ArticleRow): T;
  position(article: T): Position;
}

/** What a list shows. Only for lists of published articles: others are ordered by a time that it lacks. */
export const CARDS: Projection<ArticleCard> = {
  name: 'cards',
  columns: CARD_COLUMNS,
  of: cardOf,
  position: ({ id, publishedAt, releasedAt }) => ({ at: releasedAt ?? publishedAt, id }),
};

/** Everything of an article and its publisher. */
export const WHOLE: Projection<Article> = {
  name: 'articles',
  columns: ARTICLE_COLUMNS,
  of: articleOf,
  position: ({ id, status, releasedAt, createdAt }) => ({
    at: (status === 'PUBLISHED' && releasedAt) || createdAt,
    id,
  }),
};

/** Whole articles by the id that stands behind their columns, in their order. */
export function articlesByLastColumn(rows: readonly [...ArticleRow, string][]): Map<string, Article[]> {
  const groups = groupBy(rows, (row) => row.at(-1) as string);
  return new Map([...groups].map(([id, own]) => [id, own.map((row) => articleOf(row as never))]));
}

function cardOf(row: ArticleRow): ArticleCard {
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

function articleOf(row: ArticleRow): Article {
  const { publisher, ...card } = cardOf(row);
  return {
    ...card,
    content: row[10],
    phrases: row[11],
    sourceUrl: row[12],
    status: row[13],
    fidelity: row[18],
    createdAt: new Date(row[14]),
    updatedAt: new Date(row[15]),
    publisher: { ...publisher, feedUrl: row[16], enabled: row[17] },
  };
}
