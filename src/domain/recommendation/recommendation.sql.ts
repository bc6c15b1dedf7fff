import type { Pool } from 'pg';
import type { Transaction } from '../../adapters/database/database';
import { withClient } from '../../adapters/database/with-client';
import { MODEL_PREFIX } from './model/model-file';
import type { CatalogueItem } from './model/reading-data';
import { SETTLED } from './model/showings';

/** Unix seconds. */
export const seconds = (column: string) => `extract(epoch FROM ${column})::float8`;

export const CATALOGUE_COLUMNS = `a.id, a.title || ' ' || a.content, a.category::text, ${seconds('a."releasedAt"')}`;
export type CatalogueRow = [string, string, string, number];

export function catalogueItemOf([id, text, category, publishedAt]: CatalogueRow): CatalogueItem {
  return { id, text, category, publishedAt };
}

/** Seconds: a transaction may commit after a look, with a time before it. */
export const OVERLAP = 300;

/** Published articles that were released after $1 (Unix seconds) or shortly before, oldest first, at most $2. */
export const RELEASED_SINCE = `SELECT ${CATALOGUE_COLUMNS} FROM "Article" a
  WHERE a.status = 'PUBLISHED' AND a."releasedAt" > to_timestamp($1::float8 - ${OVERLAP}) ORDER BY a."releasedAt", a.id LIMIT $2`;

/** Of the newest published model; 0 when there is none. */
export async function selectNewestVersion(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ version: number }>({
    name: 'recommendation-model-version',
    text: `SELECT coalesce(max(version), 0)::int AS version FROM "RecommendationModel" WHERE published`,
  });
  return rows[0]!.version;
}

/** Some twenty megabytes: more than the pool's statements have time for. */
const STORE_TIMEOUT_MS = 60_000;

/** Stores a model that nobody sees yet, over a connection of its own; returns its version. */
export async function storeModel(
  databaseUrl: string,
  { data, statistics, createdAt }: { data: Uint8Array; statistics: Record<string, number>; createdAt: Date },
): Promise<number> {
  const config = {
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
    query_timeout: STORE_TIMEOUT_MS,
    statement_timeout: STORE_TIMEOUT_MS,
  };
  const { rows } = await withClient(config, (client) =>
    client.query<{ version: number }>(
      `INSERT INTO "RecommendationModel" (data, statistics, "createdAt", published) VALUES ($1, $2, $3, false)
       RETURNING version`,
      [Buffer.from(data.buffer, data.byteOffset, data.byteLength), statistics, createdAt],
    ),
  );
  return rows[0]!.version;
}

/** At most `limit` published articles that were released after `since` (Unix seconds) or shortly before, oldest first. */
export async function selectReleasedSince(
  pool: Pool,
  since: number,
  limit: number,
): Promise<CatalogueItem[]> {
  const { rows } = await pool.query<CatalogueRow>({
    name: 'articles-released-since',
    text: RELEASED_SINCE,
    values: [since, limit],
    rowMode: 'array',
  });
  return rows.map(catalogueItemOf);
}

/** Articles, hour by hour (Unix seconds), how often each was shown then and how often opened soon after. */
export type ShownRow = [articleId: string, hour: number, shown: number, opened: number];

/** What was shown after $1 and until $2 (Unix seconds), without what was shown again after it was read. */
export const SHOWN_BETWEEN = `SELECT i."articleId", ${seconds(`date_trunc('hour', i."shownAt")`)}, count(*)::int,
    count(*) FILTER (WHERE v."firstViewedAt" <= i."shownAt" + make_interval(secs => ${SETTLED}))::int
  FROM "Impression" i LEFT JOIN "ArticleView" v ON v."readerId" = i."readerId" AND v."articleId" = i."articleId"
  WHERE i."shownAt" > to_timestamp($1::float8) AND i."shownAt" <= to_timestamp($2::float8)
    AND (v."firstViewedAt" IS NULL OR v."firstViewedAt" >= i."shownAt")
  GROUP BY 1, 2`;

export async function selectShownBetween(pool: Pool, from: number, until: number): Promise<ShownRow[]> {
  const { rows } = await pool.query<ShownRow>({
    name: 'shown-between',
    text: SHOWN_BETWEEN,
    values: [from, until],
    rowMode: 'array',
  });
  return rows;
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

/** False when the newest model can be read here and nothing was opened, shown, said or published since its training began to read. */
export async function selectIsOutOfDate(tx: Transaction): Promise<boolean> {
  const prefix = new Uint8Array(MODEL_PREFIX);
  const [row] = await tx.$queryRaw<{ old: boolean }[]>`
    SELECT EXISTS (SELECT FROM "ArticleView" WHERE "lastViewedAt" > newest.at)
      OR EXISTS (SELECT FROM "Impression" WHERE "shownAt" > newest.at)
      OR EXISTS (SELECT FROM "ReaderFeedback" WHERE "saidAt" > newest.at)
      OR EXISTS (SELECT FROM "Article" WHERE status = 'PUBLISHED' AND "releasedAt" > newest.at) AS old
    FROM (SELECT "createdAt" AS at, data FROM "RecommendationModel"
          WHERE published ORDER BY version DESC LIMIT 1) newest
    WHERE substring(newest.data FROM 1 FOR ${prefix.length}) = ${prefix}`;
  return row?.old ?? true;
}
