import type { Pool } from 'pg';
import { plannedAnew } from '../../adapters/database/planned-anew';
import type { Surface } from '../../generated/prisma/enums';
import { koreanDay } from './korean-calendar';

/** What is kept of one reader on one day; more is no reading but a loop. Gateways that write at once may pass it a little. */
export const MAX_IMPRESSIONS_A_DAY = 500;

export interface ImpressionRow {
  readerId: string;
  articleId: string;
  userId: string | null;
  surface: Surface;
}

const RECORD_IMPRESSIONS = `
WITH batch AS (
  SELECT DISTINCT ON ("readerId", "articleId") *
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::"Surface"[]) WITH ORDINALITY
    AS batch("readerId", "articleId", "userId", surface, place)
  ORDER BY "readerId", "articleId", place
), today AS MATERIALIZED (
  SELECT "readerId", "articleId" FROM "Impression"
  WHERE "readerId" IN (SELECT DISTINCT unnest($1::uuid[])) AND day = $6::date
), kept AS (
  SELECT "readerId", count(*) AS impressions FROM today GROUP BY "readerId"
), reader AS MATERIALIZED (
  SELECT id FROM "User" WHERE id IN (SELECT DISTINCT unnest($3::uuid[])) ORDER BY id FOR KEY SHARE
), fresh AS (
  SELECT b.*, row_number() OVER (PARTITION BY b."readerId" ORDER BY b.place) AS number
  FROM batch b JOIN "Article" a ON a.id = b."articleId" AND a.status = 'PUBLISHED'
  WHERE NOT EXISTS (SELECT FROM today WHERE today."readerId" = b."readerId" AND today."articleId" = b."articleId")
    AND (b."userId" IS NULL OR b."userId" IN (SELECT id FROM reader))
)
INSERT INTO "Impression" ("readerId", day, "articleId", "userId", surface, "shownAt")
SELECT f."readerId", $6::date, f."articleId", f."userId", f.surface, $5
FROM fresh f LEFT JOIN kept k ON k."readerId" = f."readerId"
WHERE f.number + coalesce(k.impressions, 0) <= ${MAX_IMPRESSIONS_A_DAY}
ORDER BY f."readerId", f."articleId"
ON CONFLICT DO NOTHING`;

/** Keeps what was shown, once a reader, day and article, in one statement; what cannot be kept is left out. */
export async function recordImpressions(
  pool: Pool,
  impressions: readonly ImpressionRow[],
  at: Date,
): Promise<void> {
  await pool.query(
    plannedAnew({
      name: 'record-impressions',
      text: RECORD_IMPRESSIONS,
      values: [
        impressions.map((impression) => impression.readerId),
        impressions.map((impression) => impression.articleId),
        impressions.map((impression) => impression.userId),
        impressions.map((impression) => impression.surface),
        at,
        koreanDay(at),
      ],
    }),
  );
}
