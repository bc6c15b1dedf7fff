import type { Pool } from 'pg';
import type { ArticleCard } from '../article/article';
import { ARTICLE_FROM, type ArticleRow, type Projection } from '../article/article-row';
import type { Feedback } from './model/feedback';
import type { ReaderState } from './model/reading-data';

/** Openings, and articles that something was said of, so that they do not come back; the newest are learnt from. */
const MAX_KNOWN = 10_000;

/**
 * Differs when anything is read, told or said by a user: every such row has a time that moves on with it. Of sums, so that
 * it sees what a gateway whose clock is behind writes under times that are not the newest; and read from indexes alone.
 */
const versionOf = (user: string) => `(
  SELECT concat_ws(' ', "readerPoints"::text,
    (SELECT concat(count(*), ' ', sum((date_part('epoch', "lastViewedAt") * 1000)::int8)) FROM "ArticleView" WHERE "userId" = ${user}),
    (SELECT concat(count(*), ' ', sum((date_part('epoch', "saidAt") * 1000)::int8)) FROM "ReaderFeedback" WHERE "userId" = ${user}))
  FROM "User" WHERE id = ${user})`;

/** What is known of a signed-in reader, not yet taken apart. */
export interface StoredReader {
  userId: string;
  /** Differs when anything else does; empty when there is no such user. */
  version: string;
  /** Of memory, roughly. */
  bytes: number;
  state(): ReaderState;
}

type Row = [
  version: string,
  points: number[] | null,
  ids: string | null,
  ats: string | null,
  dwells: string | null,
  said: string | null,
];

/** Everything that is known of a signed-in reader. One statement; lists as text, which pg parses ten times as fast. */
export async function selectReader(pool: Pool, userId: string): Promise<StoredReader> {
  const { rows } = await pool.query<Row>({
    name: 'reader-state',
    text: `SELECT ${versionOf('$1')}, u."readerPoints", v.ids, v.ats, v.dwells, f.said
           FROM "User" u CROSS JOIN LATERAL (
             SELECT string_agg("articleId"::text, ',') AS ids,
                    string_agg(date_part('epoch', "firstViewedAt")::text, ',') AS ats,
                    string_agg("dwellSeconds"::text, ',') AS dwells
             FROM (SELECT * FROM "ArticleView" WHERE "userId" = $1 ORDER BY "lastViewedAt" DESC LIMIT ${MAX_KNOWN}) newest
           ) v CROSS JOIN LATERAL (
             SELECT string_agg("articleId" || ' ' || kind || ' ' || date_part('epoch', "saidAt"), ',' ORDER BY "saidAt" DESC) AS said
             FROM (SELECT * FROM "ReaderFeedback" WHERE "userId" = $1 ORDER BY "saidAt" DESC LIMIT ${MAX_KNOWN}) newest
           ) f WHERE u.id = $1`,
    values: [userId],
    rowMode: 'array',
  });
  const [version, points, ids, ats, dwells, said] = rows[0] ?? (['', null, null, null, null, null] as Row);
  const bytes = [version, ids, ats, dwells, said].reduce((sum, text) => sum + (text?.length ?? 0), 0);
  const state = (): ReaderState => {
    const [at, dwell] = [listOf(ats), listOf(dwells)];
    const history = listOf(ids).map((itemId, index) => ({
      itemId,
      at: Number(at[index]),
      dwellSeconds: Number(dwell[index]) || null,
    }));
    const feedback = listOf(said).map((entry): Feedback => {
      const [itemId, kind, saidAt] = entry.split(' ');
      return { itemId: itemId!, kind: kind as Feedback['kind'], at: Number(saidAt) };
    });
    return { history, typePoints: points && points.length > 0 ? points : null, feedback };
  };
  return { userId, version, bytes, state };
}

/** Those of the articles that are published, in no particular order; none when the reader is not as known. One statement. */
export async function selectForReader<T extends ArticleCard>(
  pool: Pool,
  { name, columns, of }: Projection<T>,
  ids: readonly string[],
  { userId, version }: Pick<StoredReader, 'userId' | 'version'>,
): Promise<T[]> {
  const { rows } = await pool.query<ArticleRow>({
    name: `recommended-${name}`,
    // The condition that names no article is looked at first: where it fails no article is read.
    text: `SELECT ${columns} ${ARTICLE_FROM}
           WHERE a.id = ANY($1::uuid[]) AND a.status = 'PUBLISHED' AND ${versionOf('$2')} = $3`,
    values: [ids, userId, version],
    rowMode: 'array',
  });
  return rows.map(of);
}

/** What a user says of a published article, in the place of what they said before. False when either is not there. */
export async function saveFeedback(
  pool: Pool,
  { userId, articleId, kind, at }: { userId: string; articleId: string; kind: Feedback['kind']; at: Date },
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'save-feedback',
    text: `WITH reader AS MATERIALIZED (SELECT id FROM "User" WHERE id = $1 FOR KEY SHARE)
           INSERT INTO "ReaderFeedback" AS f ("userId", "articleId", kind, "saidAt")
           SELECT reader.id, a.id, $3::"FeedbackKind", $4 FROM reader, "Article" a WHERE a.id = $2 AND a.status = 'PUBLISHED'
           ON CONFLICT ("userId", "articleId") DO UPDATE
           SET kind = EXCLUDED.kind, "saidAt" = GREATEST(EXCLUDED."saidAt", f."saidAt" + CASE WHEN f.kind = EXCLUDED.kind
             THEN interval '0' ELSE interval '1 millisecond' END)`,
    values: [userId, articleId, kind, at],
  });
  return rowCount === 1;
}

function listOf(text: string | null): string[] {
  return text === null ? [] : text.split(',');
}
