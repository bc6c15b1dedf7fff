import type { Pool } from 'pg';
import type { Transaction } from '../../adapters/database/database';
import { QUEUES, type QueueName } from './kinds';

/** Jobs of a kind, by where they stand. */
export interface JobCounts {
  /** Due, and not begun. */
  waiting: number;
  active: number;
  /** Not due yet. */
  delayed: number;
  failed: number;
  completed: number;
  /** Since the one that was due first was; null when none waits. */
  oldestWaitingSeconds: number | null;
}

/**
 * Counts jobs by kind. Those under way are few and found by their status; of those that have ended, which a newspaper has
 * by the hundred thousand, only an index is read.
 */
export async function countJobs(pool: Pool): Promise<(JobCounts & { kind: string })[]> {
  const { rows } = await pool.query<JobCounts & { kind: string }>({
    name: 'jobs-count',
    text: `SELECT kind::text,
                  count(*) FILTER (WHERE status = 'QUEUED' AND "nextAttemptAt" <= now())::int AS waiting,
                  count(*) FILTER (WHERE status = 'RUNNING')::int AS active,
                  count(*) FILTER (WHERE status = 'QUEUED' AND "nextAttemptAt" > now())::int AS delayed,
                  0 AS failed, 0 AS completed,
                  extract(epoch FROM now() - min("nextAttemptAt") FILTER (WHERE status = 'QUEUED' AND "nextAttemptAt" <= now()))::float
                    AS "oldestWaitingSeconds"
           FROM "GenerationJob" WHERE status IN ('QUEUED', 'RUNNING') GROUP BY kind
           UNION ALL
           SELECT kind::text, 0, 0, 0, count(*) FILTER (WHERE status = 'FAILED')::int, count(*) FILTER (WHERE status = 'SUCCEEDED')::int, NULL
           FROM "GenerationJob" WHERE status IN ('FAILED', 'SUCCEEDED') GROUP BY kind`,
  });
  return rows;
}

/** The queues that are paused, and since when. */
export async function pausedQueues(client: Pick<Pool, 'query'>): Promise<{ name: string; since: Date }[]> {
  const { rows } = await client.query<{ name: string; since: Date }>(
    'SELECT name, "changedAt" AS since FROM "QueueState" WHERE paused ORDER BY name',
  );
  return rows;
}

/** Of each queue there is. */
export async function whetherPaused(pool: Pool): Promise<Record<string, boolean>> {
  const paused = await pausedQueues(pool);
  return Object.fromEntries(QUEUES.map((name) => [name, paused.some((queue) => queue.name === name)]));
}

/** False when it is so already. From the commit on no job of a paused queue begins; see `startRun`. */
export async function setPaused(tx: Transaction, name: QueueName, paused: boolean): Promise<boolean> {
  const count = paused
    ? await tx.$executeRaw`
        INSERT INTO "QueueState" AS q (name, paused) VALUES (${name}, true)
        ON CONFLICT (name) DO UPDATE SET paused = true, "changedAt" = statement_timestamp() WHERE NOT q.paused`
    : await tx.$executeRaw`
        UPDATE "QueueState" SET paused = false, "changedAt" = statement_timestamp() WHERE name = ${name} AND paused`;
  return count === 1;
}
