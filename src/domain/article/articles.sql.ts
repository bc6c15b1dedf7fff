import type { Pool } from 'pg';
import type { ArticleStatus } from '../../generated/prisma/client';
import { decodeCursor, type Position } from '../shared/paging';
import type { Article, ArticleCard, ArticleFilter } from './article';
import {
  ARTICLE_COLUMNS, ARTICLE_FROM, articleOf, CARD_COLUMNS, cardOf, type ArticleRow, type CardRow,
} from './article-row'; // prettier-ignore

/** Lists of published articles are ordered by release, the others by creation: they may have no release. */
export function orderColumn(status: ArticleStatus): '"releasedAt"' | '"createdAt"' {
  return status === 'PUBLISHED' ? '"releasedAt"' : '"createdAt"';
}

/** Where an article stands in the lists of its status. */
export function positionOf(article: Article): Position {
  return { at: (article.status === 'PUBLISHED' && article.releasedAt) || article.createdAt, id: article.id };
}

/** Where a card, which is always of a published article, stands in its list. */
export function cardPositionOf({ id, publishedAt, releasedAt }: ArticleCard): Position {
  return { at: releasedAt ?? publishedAt, id };
}

export interface Where {
  /** Which conditions are present, in letters: part of the prepared statement's name. */
  shape: string;
  text: string;
  values: unknown[];
}

/** The conditions of a filter on "Article" a; what is searched for is none of them. */
export function whereOf(filter: ArticleFilter, after?: string | null): Where {
  const status = filter.status ?? 'PUBLISHED';
  const values: unknown[] = [status];
  const conditions = ['a.status = $1::"ArticleStatus"'];
  let shape = status === 'PUBLISHED' ? 'p' : 'o';
  const add = (letter: string, condition: (n: number) => string, ...more: unknown[]) => {
    conditions.push(condition(values.length + 1));
    values.push(...more);
    shape += letter;
  };
  if (filter.category != null) add('c', (n) => `a.category = $${n}::"ArticleCategory"`, filter.category);
  if (filter.publisherId != null) add('u', (n) => `a."publisherId" = $${n}::uuid`, filter.publisherId);
  if (filter.releasedAfter != null)
    add('>', (n) => `a."releasedAt" >= $${n}::timestamptz`, filter.releasedAfter);
  if (filter.releasedBefore != null)
    add('<', (n) => `a."releasedAt" < $${n}::timestamptz`, filter.releasedBefore);
  if (after != null) {
    const { at, id } = decodeCursor(after);
    add('k', (n) => `(a.${orderColumn(status)}, a.id) < ($${n}::timestamptz, $${n + 1}::uuid)`, at, id);
  }
  return { shape, text: conditions.join(' AND '), values };
}

export interface ArticleSelection {
  filter: ArticleFilter;
  after?: string | null;
  limit: number;
}

/** At most `limit` articles behind the cursor, newest first. One statement. */
export async function selectArticles(pool: Pool, selection: ArticleSelection): Promise<Article[]> {
  return (await selectRows<ArticleRow>(pool, selection, 'articles', ARTICLE_COLUMNS)).map(articleOf);
}

/** The same without what only a page of one article shows. */
export async function selectArticleCards(pool: Pool, selection: ArticleSelection): Promise<ArticleCard[]> {
  return (await selectRows<CardRow>(pool, selection, 'cards', CARD_COLUMNS)).map(cardOf);
}

async function selectRows<R extends unknown[]>(
  pool: Pool,
  { filter, after, limit }: ArticleSelection,
  name: string,
  columns: string,
): Promise<R[]> {
  const where = whereOf(filter, after);
  const order = orderColumn(filter.status ?? 'PUBLISHED');
  const { rows } = await pool.query<R>({
    name: `${name}-${where.shape}`,
    text: `SELECT ${columns} ${ARTICLE_FROM} WHERE ${where.text}
           ORDER BY a.${order} DESC, a.id DESC LIMIT $${where.values.length + 1}`,
    values: [...where.values, limit],
    rowMode: 'array',
  });
  return rows;
}

/** How many articles the filter matches. */
export async function countArticles(pool: Pool, filter: ArticleFilter): Promise<number> {
  const where = whereOf(filter);
  const { rows } = await pool.query<{ count: number }>({
    name: `articles-count-${where.shape}`,
    text: `SELECT count(*)::int AS count FROM "Article" a WHERE ${where.text}`,
    values: where.values,
  });
  return rows[0]!.count;
}

/** The articles with these ids, in no particular order and of every status. One statement. */
export async function selectArticlesByIds(pool: Pool, ids: readonly string[]): Promise<Article[]> {
  const { rows } = await pool.query<ArticleRow>({
    name: 'articles-by-ids',
    text: `SELECT ${ARTICLE_COLUMNS} ${ARTICLE_FROM} WHERE a.id = ANY($1::uuid[])`,
    values: [ids],
    rowMode: 'array',
  });
  return rows.map(articleOf);
}

/** Those of the articles that are published, in no particular order. One statement. */
export async function selectPublishedByIds(
  pool: Pool,
  ids: readonly string[],
  cards: boolean,
): Promise<(Article | ArticleCard)[]> {
  const { rows } = await pool.query<ArticleRow>({
    name: `published-${cards ? 'cards' : 'articles'}-by-ids`,
    text: `SELECT ${cards ? CARD_COLUMNS : ARTICLE_COLUMNS} ${ARTICLE_FROM} WHERE a.id = ANY($1::uuid[]) AND a.status = 'PUBLISHED'`,
    values: [ids],
    rowMode: 'array',
  });
  return rows.map(cards ? cardOf : articleOf);
}
