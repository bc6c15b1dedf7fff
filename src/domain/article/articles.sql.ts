import type { Pool } from 'pg';
import type { ArticleStatus } from '../../generated/prisma/client';
import { decodeCursor } from '../shared/paging';
import type { Article, ArticleCard, ArticleFilter } from './article';
import { ARTICLE_FROM, WHOLE, type ArticleRow, type Projection } from './article-row';

/** Lists of published articles are ordered by release, the others by creation: they may have no release. */
export function orderColumn(status: ArticleStatus): '"releasedAt"' | '"createdAt"' {
  return status === 'PUBLISHED' ? '"releasedAt"' : '"createdAt"';
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
  if (after) {
    const { at, id } = decodeCursor(after);
    add('k', (n) => `(a.${orderColumn(status)}, a.id) < ($${n}::timestamptz, $${n + 1}::uuid)`, at, id);
  }
  return { shape, text: conditions.join(' AND '), values };
}

/** At most `limit` articles behind the cursor, newest first. One statement. */
export async function selectArticles<T extends ArticleCard>(
  pool: Pool,
  { name, columns, of }: Projection<T>,
  { filter, after, limit }: { filter: ArticleFilter; after?: string | null; limit: number },
): Promise<T[]> {
  const where = whereOf(filter, after);
  const order = orderColumn(filter.status ?? 'PUBLISHED');
  const { rows } = await pool.query<ArticleRow>({
    name: `${name}-${where.shape}`,
    text: `SELECT ${columns} ${ARTICLE_FROM} WHERE ${where.text}
           ORDER BY a.${order} DESC, a.id DESC LIMIT $${where.values.length + 1}`,
    values: [...where.values, limit],
    rowMode: 'array',
  });
  return rows.map(of);
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
export function selectArticlesByIds(pool: Pool, ids: readonly string[]): Promise<Article[]> {
  return selectByIds(pool, WHOLE, ids, '', '');
}

/** Those of the articles that are published, in no particular order. One statement. */
export function selectPublishedByIds<T extends ArticleCard>(
  pool: Pool,
  projection: Projection<T>,
  ids: readonly string[],
): Promise<T[]> {
  return selectByIds(pool, projection, ids, 'published-', `AND a.status = 'PUBLISHED'`);
}

async function selectByIds<T extends ArticleCard>(
  pool: Pool,
  { name, columns, of }: Projection<T>,
  ids: readonly string[],
  prefix: string,
  condition: string,
): Promise<T[]> {
  const { rows } = await pool.query<ArticleRow>({
    name: `${prefix}${name}-by-ids`,
    text: `SELECT ${columns} ${ARTICLE_FROM} WHERE a.id = ANY($1::uuid[]) ${condition}`,
    values: [ids],
    rowMode: 'array',
  });
  return rows.map(of);
}
