import type { Pool } from 'pg';

/** What has become of all the jobs of a database, counted from everything they may have written. */
export interface JobLedger {
  finished: number;
  succeeded: number;
  /** Jobs whose work was written more than once: two articles, two revisions, or two entries in the audit log. */
  twice: number;
  /** Starts beyond one a job: work that was begun by a worker that died. */
  restarts: number;
}

export async function readJobLedger(pool: Pool): Promise<JobLedger> {
  const { rows } = await pool.query<JobLedger>(`
    SELECT count(*) FILTER (WHERE j."finishedAt" IS NOT NULL)::int AS finished,
           count(*) FILTER (WHERE j.status = 'SUCCEEDED' AND written.articles = 1 AND written.revisions = 1
                              AND written.entries = 1)::int AS succeeded,
           count(*) FILTER (WHERE written.articles > 1 OR written.revisions > 1 OR written.entries > 1)::int AS twice,
           coalesce(sum(greatest(j.attempts - 1, 0)), 0)::int AS restarts
    FROM "GenerationJob" j,
    LATERAL (SELECT (SELECT count(*) FROM "Article" a WHERE a.id = j."articleId" OR a."sourceUrl" = j."sourceUrl") AS articles,
                    (SELECT count(*) FROM "ArticleRevision" r WHERE r."articleId" = j."articleId") AS revisions,
                    (SELECT count(*) FROM "AuditEntry" e
                     WHERE e.action = 'article.generate' AND e.details->>'jobId' = j.id::text) AS entries) written`);
  return rows[0]!;
}
