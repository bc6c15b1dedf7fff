import type { Pool } from 'pg';
import type { GenerationKind } from '../../generated/prisma/client';

/** A job that this worker holds; every write is conditional on `runId`. Times are the database's: workers' clocks differ. */
export interface JobRun {
  id: string;
  runId: string;
  kind: GenerationKind;
  input: unknown;
  attempts: number;
  requestedById: string | null;
  /** W3C traceparent of the request that asked for it. */
  traceParent: string | null;
}

export interface Nudge {
  id: string;
  dispatch: number;
  requestId: string | null;
}

/** Starts a job may have, crashes included. */
export const MAX_STARTS = 5;
export const SWEEP_LIMIT = 500;
/** A waiting row is asked after when its last nudge is this old. */
const NUDGE_SECONDS = 10;

/** Workers that may die in a job before it runs alone: one crash proves nothing. */
const UNSUSPICIOUS_LOSSES = 1;
const SUSPECT = `"errorCode" IS NOT DISTINCT FROM 'WORKER_LOST' AND attempts > ${UNSUSPICIOUS_LOSSES}`;

/** Takes a waiting job; null when it is not waiting (any more), not due, absent, or a suspect not asked for alone. */
export async function startRun(
  pool: Pool,
  {
    jobId,
    runId,
    leaseSeconds,
    alone,
  }: { jobId: string; runId: string; leaseSeconds: number; alone: boolean },
): Promise<JobRun | null> {
  const { rows } = await pool.query<JobRun>({
    name: 'job-start',
    text: `UPDATE "GenerationJob"
           SET status = 'RUNNING', "runId" = $2, attempts = attempts + 1, progress = 0, step = NULL, "errorCode" = NULL,
               "leaseUntil" = now() + make_interval(secs => $3), "startedAt" = COALESCE("startedAt", now()), "updatedAt" = now()
           WHERE id = $1 AND status = 'QUEUED' AND "nextAttemptAt" <= now() + interval '50 milliseconds' AND ($4 OR NOT (${SUSPECT}))
           RETURNING id, "runId", kind, input, attempts, "requestedById", "traceParent"`,
    values: [jobId, runId, leaseSeconds, alone],
  });
  return rows[0] ?? null;
}

/** Whether a waiting job was running on several workers as they died. */
export async function isSuspect(pool: Pool, jobId: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'job-suspect',
    text: `SELECT 1 FROM "GenerationJob" WHERE id = $1 AND status = 'QUEUED' AND ${SUSPECT}`,
    values: [jobId],
  });
  return rowCount === 1;
}

/** Extends the lease, and tells the step when there is one. False when the run may not write any more. */
export async function extendRun(
  pool: Pool,
  { id, runId }: JobRun,
  leaseSeconds: number,
  progress?: { step: string; percent: number },
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'job-extend',
    text: `UPDATE "GenerationJob"
           SET "leaseUntil" = now() + make_interval(secs => $3), step = COALESCE($4, step), progress = COALESCE($5, progress), "updatedAt" = now()
           WHERE id = $1 AND "runId" = $2 AND status = 'RUNNING'`,
    values: [id, runId, leaseSeconds, progress?.step ?? null, progress?.percent ?? null],
  });
  return rowCount === 1;
}

/**
 * Puts a run back to wait for `delayMs`; without an error code the start does not count.
 * Null when the run may not write any more.
 */
export async function postponeRun(
  pool: Pool,
  { id, runId }: JobRun,
  errorCode: string | null,
  delayMs: number,
): Promise<Nudge | null> {
  const { rows } = await pool.query<Nudge>({
    name: 'job-postpone',
    text: `UPDATE "GenerationJob"
           SET status = 'QUEUED', "runId" = NULL, "leaseUntil" = NULL, dispatch = dispatch + 1, "errorCode" = $3, step = NULL, progress = 0,
               attempts = attempts - CASE WHEN $3::text IS NULL THEN 1 ELSE 0 END, "nextAttemptAt" = now() + make_interval(secs => $4), "nudgedAt" = now(), "updatedAt" = now()
           WHERE id = $1 AND "runId" = $2 AND status = 'RUNNING'
           RETURNING id, dispatch, "requestId"`,
    values: [id, runId, errorCode, delayMs / 1000],
  });
  return rows[0] ?? null;
}

/** Ends a run without success. False when the run may not write any more. */
export async function failRun(pool: Pool, { id, runId }: JobRun, errorCode: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'job-fail',
    text: `UPDATE "GenerationJob"
           SET status = 'FAILED', "runId" = NULL, "leaseUntil" = NULL, "errorCode" = $3, "finishedAt" = now(), "updatedAt" = now()
           WHERE id = $1 AND "runId" = $2 AND status = 'RUNNING'`,
    values: [id, runId, errorCode],
  });
  return rowCount === 1;
}

/** Takes the jobs of dead workers back: to the queue, or to FAILED after the last allowed start. */
export async function releaseLostRuns(pool: Pool): Promise<(Nudge & { status: 'QUEUED' | 'FAILED' })[]> {
  const { rows } = await pool.query<Nudge & { status: 'QUEUED' | 'FAILED' }>({
    name: 'jobs-release-lost',
    text: `UPDATE "GenerationJob" j
           SET status = CASE WHEN attempts >= $1 THEN 'FAILED' ELSE 'QUEUED' END::"GenerationStatus",
               "errorCode" = 'WORKER_LOST',
               "finishedAt" = CASE WHEN attempts >= $1 THEN now() END,
               "runId" = NULL, "leaseUntil" = NULL, step = NULL, dispatch = dispatch + 1,
               "nextAttemptAt" = now(), "nudgedAt" = now(), "updatedAt" = now()
           FROM (SELECT id FROM "GenerationJob" WHERE status = 'RUNNING' AND "leaseUntil" < now()
                 ORDER BY "leaseUntil" LIMIT $2 FOR UPDATE SKIP LOCKED) lost
           WHERE j.id = lost.id
           RETURNING j.id, j.dispatch, j."requestId", j.status::text`,
    values: [MAX_STARTS, SWEEP_LIMIT],
  });
  return rows;
}

/** Waiting rows that are due and were not nudged lately. */
export async function claimUnnudged(pool: Pool): Promise<Nudge[]> {
  const { rows } = await pool.query<Nudge>({
    name: 'jobs-claim-unnudged',
    text: `UPDATE "GenerationJob" j SET "nudgedAt" = now()
           FROM (SELECT id FROM "GenerationJob"
                 WHERE status = 'QUEUED' AND "nextAttemptAt" <= now() AND "nudgedAt" < now() - make_interval(secs => $1)
                 ORDER BY "nextAttemptAt" LIMIT $2 FOR UPDATE SKIP LOCKED) due
           WHERE j.id = due.id
           RETURNING j.id, j.dispatch, j."requestId"`,
    values: [NUDGE_SECONDS, SWEEP_LIMIT],
  });
  return rows;
}

/** Gives a waiting row a new dispatch, so that the queue takes it again. Null when it does not wait any more. */
export async function redispatch(pool: Pool, { id, dispatch }: Nudge): Promise<Nudge | null> {
  const { rows } = await pool.query<Nudge>({
    name: 'job-redispatch',
    text: `UPDATE "GenerationJob" SET dispatch = dispatch + 1 WHERE id = $1 AND dispatch = $2 AND status = 'QUEUED'
           RETURNING id, dispatch, "requestId"`,
    values: [id, dispatch],
  });
  return rows[0] ?? null;
}
