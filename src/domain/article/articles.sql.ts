import type { Pool } from 'pg';
import { ArticleStatus } from '../../generated/prisma/enums';
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

/** Of each status: it stands in the text, for the planner to know how many have it. */
const STATUS_LETTERS: Record<ArticleStatus, string> = {
  PUBLISHED: 'p', IN_REVIEW: 'r', HIDDEN: 'h', TAKEN_DOWN: 't',
}; // prettier-ignore

/**
 * Limits that stand in the text, pages of 1, 3, 5, 10, 20, 30, 50 and 100: PostgreSQL takes a parameter for a tenth of all rows
 * and so plans anew at each execution. Any number would be as many statements kept by each connection.
 */
const WRITTEN_LIMITS = new Set([2, 4, 6, 11, 21, 31, 51, 101]);

/** The conditions of a filter on "Article" a; what is searched for is none of them. */
export function whereOf(filter: ArticleFilter, after?: string | null, isStatusWritten = true): Where {
  const status = filter.status ?? 'PUBLISHED';
  const values: unknown[] = isStatusWritten ? [] : [status];
  const conditions = [`a.status = ${isStatusWritten ? `'${ArticleStatus[status]}'` : '$1::"ArticleStatus"'}`];
  let shape = STATUS_LETTERS[status];
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
  const isWritten = WRITTEN_LIMITS.has(limit);
  const query = {
    name: `${name}-${where.shape}${isWritten ? limit : ''}`,
    label: `${name}-${where.shape}`,
    text: `SELECT ${columns} ${ARTICLE_FROM} WHERE ${where.text}
           ORDER BY a.${order} DESC, a.id DESC LIMIT ${isWritten ? limit : `$${where.values.length + 1}`}`,
    values: isWritten ? where.values : [...where.values, limit],
    rowMode: 'array' as const,
  };
  const { rows } = await pool.query<ArticleRow>(query);
  return rows.map(of);
}

/** How many articles the filter matches. */
export async function countArticles(pool: Pool, filter: ArticleFilter): Promise<number> {
  // A kept plan that knew how many are published would read the whole table instead of an index.
  const where = whereOf(filter, null, false);
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
  // Of a list PostgreSQL does not know how long it is, and plans anew at each execution.
  const isOne = ids.length === 1;
  const { rows } = await pool.query<ArticleRow>({
    name: `${prefix}${name}-by-${isOne ? 'id' : 'ids'}`,
    text: `SELECT ${columns} ${ARTICLE_FROM} WHERE a.id = ${isOne ? '$1::uuid' : 'ANY($1::uuid[])'} ${condition}`,
    values: [isOne ? ids[0] : ids],
    rowMode: 'array',
  });
  return rows.map(of);
}
