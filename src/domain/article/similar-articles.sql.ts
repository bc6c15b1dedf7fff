import type { Pool } from 'pg';
import type { Article } from './article';
import { articlesByLastColumn, WHOLE, type ArticleRow } from './article-row';

/** A keyword of more articles than this says nothing about any of them, and would cost as much as it is common. */
const MAX_FREQUENCY = 1_000;

// Shared keywords, weighted by idf² (Salton & Buckley 1988) as in a dot product of tf·idf vectors: of each article its
// 12 rarest. Only the 100 best by that are looked at for status and category, which is worth another fifth.
const SELECT_SIMILAR = `
  WITH source AS MATERIALIZED (
    SELECT id, category FROM "Article" WHERE id = ANY($1::uuid[])
  ), keyword AS MATERIALIZED (
    SELECT "articleId", keyword, weight FROM "ArticleKeyword" WHERE "articleId" = ANY($1::uuid[])
  ), frequency AS MATERIALIZED (
    SELECT k.keyword, counted.articles
    FROM (SELECT DISTINCT keyword FROM keyword) AS k
    CROSS JOIN LATERAL (
      SELECT count(*) AS articles
      FROM (SELECT FROM "ArticleKeyword" o WHERE o.keyword = k.keyword LIMIT ${MAX_FREQUENCY + 1}) AS first_ones
    ) AS counted
    WHERE counted.articles BETWEEN 2 AND ${MAX_FREQUENCY}
  ), chosen AS MATERIALIZED (
    SELECT * FROM (
      SELECT k."articleId", k.keyword, k.weight, ln(1 + 100000.0::float8 / f.articles) AS idf,
             row_number() OVER (PARTITION BY k."articleId" ORDER BY f.articles, k.keyword) AS place
      FROM keyword k JOIN frequency f ON f.keyword = k.keyword
    ) AS rare WHERE place <= 12
  ), alike AS (
    SELECT c."articleId" AS source, o."articleId" AS id,
           sum(c.idf * c.idf * sqrt(least(c.weight * o.weight, 16))) AS score
    FROM chosen c JOIN "ArticleKeyword" o ON o.keyword = c.keyword AND o."articleId" <> c."articleId"
    GROUP BY c."articleId", o."articleId"
  ), best AS (
    SELECT * FROM (
      SELECT *, row_number() OVER (PARTITION BY source ORDER BY score DESC, id DESC) AS place FROM alike
    ) AS ordered WHERE place <= 100
  ), ranked AS (
    SELECT b.source, b.id, row_number() OVER (
             PARTITION BY b.source
             ORDER BY b.score * CASE WHEN a.category = s.category THEN 1.2 ELSE 1 END DESC, a."releasedAt" DESC, a.id DESC
           ) AS place
    FROM best b JOIN source s ON s.id = b.source JOIN "Article" a ON a.id = b.id AND a.status = 'PUBLISHED'
  )
  SELECT ${WHOLE.columns}, r.source
  FROM ranked r JOIN "Article" a ON a.id = r.id JOIN "Publisher" p ON p.id = a."publisherId"
  WHERE r.place <= $2 ORDER BY r.source, r.place`;

/** Published articles that share rare keywords with each of these, the most alike first, by its id. One statement. */
export async function selectSimilarArticles(
  pool: Pool,
  { ids, limit }: { ids: readonly string[]; limit: number },
): Promise<Map<string, Article[]>> {
  const { rows } = await pool.query<[...ArticleRow, string]>({
    name: 'similar-articles',
    text: SELECT_SIMILAR,
    values: [ids, limit],
    rowMode: 'array',
  });
  return articlesByLastColumn(rows);
}
