import type { Pool } from 'pg';
import type { CatalogueItem } from './model/reading-data';
import { CATALOGUE_COLUMNS, catalogueItemOf, type CatalogueRow } from './training/training-data.sql';

export interface StoredModel {
  version: number;
  data: Buffer;
}

/** The newest model, when it is newer than the one that is held. */
export async function selectNewerModel(pool: Pool, than: number): Promise<StoredModel | null> {
  const { rows } = await pool.query<StoredModel>({
    name: 'recommendation-model',
    text: `SELECT version, data FROM "RecommendationModel" WHERE version > $1 ORDER BY version DESC LIMIT 1`,
    values: [than],
  });
  return rows[0] ?? null;
}

/** At most `limit` published articles that were released after `since` (Unix seconds), oldest first. */
export async function selectReleasedSince(
  pool: Pool,
  since: number,
  limit: number,
): Promise<CatalogueItem[]> {
  const { rows } = await pool.query<CatalogueRow>({
    name: 'articles-released-since',
    text: `SELECT ${CATALOGUE_COLUMNS} FROM "Article" a
           WHERE a.status = 'PUBLISHED' AND a."releasedAt" > to_timestamp($1)
           ORDER BY a."releasedAt", a.id LIMIT $2`,
    values: [since, limit],
    rowMode: 'array',
  });
  return rows.map(catalogueItemOf);
}

/** Those of the articles that are published. */
export async function selectPublishedIds(pool: Pool, ids: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'published-ids',
    text: `SELECT id FROM "Article" WHERE id = ANY($1::uuid[]) AND status = 'PUBLISHED'`,
    values: [ids],
  });
  return rows.map(({ id }) => id);
}

/** Counted views since yesterday of the most viewed articles, and what counts as today: counts begin anew each day. */
export async function selectViewsOfLastDays(
  pool: Pool,
  now: Date,
  limit: number,
): Promise<{ day: string; articleId: string; views: number }[]> {
  const { rows } = await pool.query<{ day: string; articleId: string; views: number }>({
    name: 'views-of-last-days',
    text: `SELECT day::text, "articleId", views FROM "ArticleDayViews"
           WHERE day >= ($1::timestamptz AT TIME ZONE 'Asia/Seoul')::date - 1 ORDER BY views DESC LIMIT $2`,
    values: [now, limit],
  });
  return rows;
}
