import type { Pool } from 'pg';
import type { ArticleStatus } from '../../generated/prisma/client';
import type { Position } from '../shared/paging';

/** An insight as clients see it, but for its chart, which is large. */
export interface Insight {
  id: string;
  datasetId: string;
  title: string;
  content: string;
  status: ArticleStatus;
  createdAt: Date;
  releasedAt: Date | null;
  /** Of its picture, in whose addresses it stands. */
  hash: string;
}

const COLUMNS = `i.id, i."datasetId", i.title, i.content, i.status::text, i."createdAt", i."releasedAt", p.hash`;
const FROM = `"Insight" i JOIN "InsightPicture" p ON p."insightId" = i.id`;

/** At most `limit` published insights behind a place, newest released first. One statement. */
export async function selectPublishedInsights(
  pool: Pool,
  after: Position | null,
  limit: number,
): Promise<Insight[]> {
  const { rows } = await pool.query<Insight>({
    name: after ? 'insights-after' : 'insights',
    text: `SELECT ${COLUMNS} FROM ${FROM}
           WHERE i.status = 'PUBLISHED' ${after ? 'AND (i."releasedAt", i.id) < ($2::timestamptz, $3::uuid)' : ''}
           ORDER BY i."releasedAt" DESC, i.id DESC LIMIT $1`,
    values: after ? [limit, after.at, after.id] : [limit],
  });
  return rows;
}

/** Those with these ids, in no particular order and of every status. One statement. */
export async function selectInsightsByIds(pool: Pool, ids: readonly string[]): Promise<Insight[]> {
  const { rows } = await pool.query<Insight>({
    name: 'insights-by-ids',
    text: `SELECT ${COLUMNS} FROM ${FROM} WHERE i.id = ANY($1::uuid[])`,
    values: [ids],
  });
  return rows;
}

/** How many are published. */
export async function countPublishedInsights(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>({
    name: 'insights-count',
    text: `SELECT count(*)::int AS count FROM "Insight" WHERE status = 'PUBLISHED'`,
  });
  return rows[0]!.count;
}
