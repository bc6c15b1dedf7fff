import type { Pool } from 'pg';
import { plannedAnew } from '../../adapters/database/planned-anew';
import { koreanDay } from './korean-calendar';

/** A view counts again this long after the last one that counted. */
const COUNTED_EVERY = `interval '30 minutes'`;

export interface ViewRow {
  readerId: string;
  articleId: string;
  userId: string | null;
  dwellSeconds: number;
}

export type SavedView = Pick<ViewRow, 'readerId' | 'articleId'> & { counted: boolean };

// Everybody locks articles in the order of their ids and rows of one article after it, so batches cannot deadlock.
// When another batch counted the same pair in this very millisecond, the stored time moves on by one: only so does an
// equal time mean "counted by this statement".
const RECORD_VIEWS = `
WITH batch AS (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[])
    AS batch("readerId", "articleId", "userId", "dwellSeconds")
), reader AS MATERIALIZED (
  SELECT id FROM "User" WHERE id = ANY($3::uuid[]) ORDER BY id FOR KEY SHARE
), shown AS MATERIALIZED (
  SELECT id FROM "Article" WHERE id = ANY($2::uuid[]) AND status = 'PUBLISHED' ORDER BY id FOR NO KEY UPDATE
), saved AS (
  INSERT INTO "ArticleView" AS view
    ("readerId", "articleId", "userId", "dwellSeconds", "firstViewedAt", "lastViewedAt", "countedAt")
  SELECT b."readerId", b."articleId", b."userId", b."dwellSeconds", $5, $5, $5
  FROM batch b JOIN shown ON shown.id = b."articleId"
  WHERE b."userId" IS NULL OR b."userId" IN (SELECT id FROM reader)
  ORDER BY b."articleId", b."readerId"
  ON CONFLICT ("readerId", "articleId") DO UPDATE SET
    "dwellSeconds" = GREATEST(view."dwellSeconds", EXCLUDED."dwellSeconds"),
    "lastViewedAt" = GREATEST(view."lastViewedAt", EXCLUDED."lastViewedAt"),
    "countedAt" = CASE
      WHEN view."countedAt" <= EXCLUDED."countedAt" - ${COUNTED_EVERY} THEN EXCLUDED."countedAt"
      WHEN view."countedAt" = EXCLUDED."countedAt" THEN view."countedAt" + interval '1 millisecond'
      ELSE view."countedAt" END
  RETURNING "readerId", "articleId", "countedAt" = $5 AS counted
), gained AS (
  SELECT "articleId", count(*)::int AS views FROM saved WHERE counted GROUP BY "articleId"
), days AS (
  INSERT INTO "ArticleDayViews" AS day (day, "articleId", views)
  SELECT $6::date, "articleId", views FROM gained ORDER BY "articleId"
  ON CONFLICT (day, "articleId") DO UPDATE SET views = day.views + EXCLUDED.views
), totals AS (
  UPDATE "Article" a SET "viewCount" = a."viewCount" + gained.views FROM gained WHERE a.id = gained."articleId"
)
SELECT "readerId", "articleId", counted FROM saved`;

/**
 * Saves views in one statement; no pair of reader and article may come twice. Views of articles that are absent or not
 * published, and of users that are gone, are left out of what it returns.
 */
export async function recordViews(pool: Pool, views: readonly ViewRow[], at: Date): Promise<SavedView[]> {
  const { rows } = await pool.query<SavedView>(
    plannedAnew({
      name: 'record-views',
      text: RECORD_VIEWS,
      values: [
        views.map((view) => view.readerId),
        views.map((view) => view.articleId),
        views.map((view) => view.userId),
        views.map((view) => view.dwellSeconds),
        at,
        koreanDay(at),
      ],
    }),
  );
  return rows;
}
