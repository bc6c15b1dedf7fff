import type { Pool } from 'pg';

/** What has become of all the jobs of a database, counted from everything they may have written. */
export interface JobLedger {
  finished: number;
  /** SUCCEEDED with one article, one revision and one entry in the audit log. */
  succeeded: number;
  /** FAILED or CANCELED, the poisoned ones excepted. */
  failed: number;
  /** Articles, revisions and entries that there are beside those. */
  twice: number;
  starts: number;
  /** Poisoned jobs that FAILED, and the most starts that one had. */
  poisonFailed: number;
  poisonStarts: number;
}

/** Jobs of the pages `/1` to `/<poison>` are the poisoned ones. */
export async function readJobLedger(pool: Pool, poison: number): Promise<JobLedger> {
  const { rows } = await pool.query<JobLedger>(
    `WITH job AS (
       SELECT j.*, split_part(j."sourceUrl", '/', 4)::int <= $1 AS poison,
              coalesce(a.count, 0) AS articles, coalesce(r.count, 0) AS revisions, coalesce(e.count, 0) AS entries
       FROM "GenerationJob" j
       LEFT JOIN (SELECT "sourceUrl", count(*) FROM "Article" GROUP BY 1) a ON a."sourceUrl" = j."sourceUrl"
       LEFT JOIN (SELECT "articleId", count(*) FROM "ArticleRevision" GROUP BY 1) r ON r."articleId" = j."articleId"
       LEFT JOIN (SELECT details->>'jobId' AS id, count(*) FROM "AuditEntry" WHERE action = 'article.generate' GROUP BY 1) e
              ON e.id = j.id::text
     ), told AS (
       SELECT count("finishedAt")::int AS finished,
              count(*) FILTER (WHERE status = 'SUCCEEDED' AND articles = 1 AND revisions = 1 AND entries = 1)::int AS succeeded,
              count(*) FILTER (WHERE status IN ('FAILED', 'CANCELED') AND NOT poison)::int AS failed,
              sum(attempts)::int AS starts,
              count(*) FILTER (WHERE status = 'FAILED' AND poison)::int AS "poisonFailed",
              coalesce(max(attempts) FILTER (WHERE poison), 0) AS "poisonStarts"
       FROM job
     )
     SELECT *, ((SELECT count(*) FROM "Article") + (SELECT count(*) FROM "ArticleRevision")
                + (SELECT count(*) FROM "AuditEntry" WHERE action = 'article.generate') - 3 * succeeded)::int AS twice
     FROM told`,
    [poison],
  );
  return rows[0]!;
}

/** Jobs that have ended so far; cheap enough to be asked again and again. */
export async function countFinished(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'SELECT count("finishedAt")::int AS count FROM "GenerationJob"',
  );
  return rows[0]!.count;
}

/** Transactions that the database has committed so far. */
export async function countTransactions(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'SELECT xact_commit::int AS count FROM pg_stat_database WHERE datname = current_database()',
  );
  return rows[0]!.count;
}
