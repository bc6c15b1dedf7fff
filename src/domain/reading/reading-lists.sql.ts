import type { Pool } from 'pg';
import type { Article, ArticleCard } from '../article/article';
import {
  ARTICLE_FROM, articlesByLastColumn, WHOLE, type ArticleRow, type Projection,
} from '../article/article-row'; // prettier-ignore

/**
 * Published articles by counted views of the week that begins with a day, more views first, then the newest; behind them the newest of those
 * nobody viewed. One statement.
 */
export async function selectPopularArticles<T extends ArticleCard>(
  pool: Pool,
  { name, columns, of }: Projection<T>,
  { weekStart, limit }: { weekStart: string; limit: number },
): Promise<T[]> {
  const { rows } = await pool.query<ArticleRow>({
    name: `popular-${name}`,
    text: `WITH most AS MATERIALIZED (
             SELECT a.id, viewed.views FROM "ArticleWeekViews" viewed JOIN "Article" a ON a.id = viewed."articleId" AND a.status = 'PUBLISHED'
             WHERE viewed.week = $1::date
             ORDER BY viewed.views DESC, a."releasedAt" DESC, a.id DESC LIMIT $2
           ), popular AS (
             SELECT id, views FROM most
             UNION ALL
             -- Fewer than asked for are all there are: nothing else was viewed.
             (SELECT a.id, 0 FROM "Article" a
              WHERE (SELECT count(*) FROM most) < $2 AND a.status = 'PUBLISHED' AND a.id NOT IN (SELECT id FROM most)
              ORDER BY a."releasedAt" DESC, a.id DESC LIMIT $2)
           )
           SELECT ${columns} ${ARTICLE_FROM} JOIN popular ON popular.id = a.id
           ORDER BY popular.views DESC, a."releasedAt" DESC, a.id DESC LIMIT $2`,
    values: [weekStart, limit],
    rowMode: 'array',
  });
  return rows.map(of);
}

/** What each user read last, each article once, published ones only, by user. One statement for all of them. */
export async function selectRecentArticles(
  pool: Pool,
  { userIds, limit }: { userIds: readonly string[]; limit: number },
): Promise<Map<string, Article[]>> {
  const { rows } = await pool.query<[...ArticleRow, string]>({
    name: 'recent-articles',
    text: `SELECT ${WHOLE.columns}, reader.id
           FROM unnest($1::uuid[]) AS reader(id)
           CROSS JOIN LATERAL (
             SELECT view."articleId", view."lastViewedAt"
             FROM "ArticleView" view JOIN "Article" a ON a.id = view."articleId" AND a.status = 'PUBLISHED'
             WHERE view."userId" = reader.id ORDER BY view."lastViewedAt" DESC, view."articleId" DESC LIMIT $2
           ) recent
           JOIN "Article" a ON a.id = recent."articleId" JOIN "Publisher" p ON p.id = a."publisherId"
           ORDER BY recent."lastViewedAt" DESC, recent."articleId" DESC`,
    values: [userIds, limit],
    rowMode: 'array',
  });
  return articlesByLastColumn(rows);
}
