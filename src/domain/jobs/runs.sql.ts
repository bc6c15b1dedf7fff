import type { Pool } from 'pg';
import { plannedAnew } from '../../adapters/database/planned-anew';
import type { Transaction } from '../../adapters/database/database';
import type { AppError, ErrorCode } from '../../errors';
import type { JobKinds, JobStep } from './kinds';
import { Prisma, type GenerationKind, type GenerationStatus } from '../../generated/prisma/client';

/** What the queue is told of a waiting row. */
export interface Nudge {
  id: string;
  kind: GenerationKind;
  /** Counts the nudges: BullMQ ignores an id that it still knows. */
  dispatch: number;
  requestId: string | null;
}

/** A job that this worker holds; every write is conditional on `runId`. Times are the database's: workers' clocks differ. */
export interface JobRun<Input = unknown> {
  id: string;
  runId: string;
  kind: GenerationKind;
  input: Input;
  attempts: number;
  requestedById: string | null;
  /** W3C traceparent of the request that asked for it. */
  traceParent: string | null;
  /** Since the job was asked for, in seconds. */
  age: number;
}

/** What a run tells of itself. */
export interface RunProgress {
  step: JobStep;
  percent: number;
  /** Why the step goes on without something, or otherwise than it should. */
  note?: ErrorCode;
}

/** An entry of `GenerationJob.steps`, as its row keeps it. */
export interface RunStep {
  step: string;
  /** With a time zone. */
  at: string;
  note: string | null;
}

/** What a finished job leaves in its row; null and undefined change nothing. */
export interface JobOutcome {
  articleId?: string | null;
  insightId?: string | null;
  model?: string | null;
  promptVersion?: string | null;
}

/** Starts a job may have, crashes included. */
export const MAX_STARTS = 5;
export const SWEEP_LIMIT = 500;
/** Of a job's steps the newest are kept. */
const MAX_STEPS = 20;
/** A waiting row is told again after this long or two sweeps, then when it has waited twice as long, at last once in `MAX_NUDGE_SECONDS`. */
const NUDGE_SECONDS = 10;
/** Tens of thousands of waiting rows must not be told over and over; a queue that lost them is told of all so soon. */
const MAX_NUDGE_SECONDS = 60;

/** Workers that may die in a job before it runs alone: one crash proves nothing. */
const UNSUSPICIOUS_LOSSES = 1;
const SUSPECT = `"errorCode" IS NOT DISTINCT FROM 'WORKER_LOST' AND attempts > ${UNSUSPICIOUS_LOSSES}`;
const ENDED = `"runId" = NULL, "leaseUntil" = NULL, step = NULL, "updatedAt" = now()`;
const ALSO_ENDED = Prisma.raw(ENDED);
/** What was told in the moment of a resumption may have been told too early. */
const RESUMED_SECONDS = 1;
const HELD = `id = $1 AND "runId" = $2 AND status = 'RUNNING'`;

/** Kinds whose queue is not paused; parameters `kinds` and `queues` are those of `kindsAndQueues`. */
const runningKinds = (kinds: string, queues: string) => `ARRAY(
             SELECT known.kind FROM unnest(${kinds}::text[], ${queues}::text[]) AS known(kind, queue)
             WHERE known.queue NOT IN (SELECT name FROM "QueueState" WHERE paused))`;

function kindsAndQueues(kinds: JobKinds): [kinds: string[], queues: string[]] {
  return [Object.keys(kinds), Object.values(kinds).map(({ queue }) => queue)];
}

/**
 * Takes a waiting job; null when it is not waiting (any more), not due, absent, of another kind, of a paused queue, or a
 * suspect not asked for alone.
 */
export async function startRun(
  pool: Pool,
  { jobId, runId, kinds, leaseSeconds, alone }: {
    jobId: string; runId: string; kinds: JobKinds; leaseSeconds: number; alone: boolean;
  }, // prettier-ignore
): Promise<JobRun | null> {
  const { rows } = await pool.query<JobRun>({
    name: 'job-start',
    text: `UPDATE "GenerationJob"
           SET status = 'RUNNING', "runId" = $2, attempts = attempts + 1, progress = 0, step = NULL, steps = '[]', "errorCode" = NULL, "errorDetail" = NULL,
               "leaseUntil" = now() + make_interval(secs => $3), "startedAt" = COALESCE("startedAt", now()), "updatedAt" = now()
           WHERE id = $1 AND status = 'QUEUED' AND "nextAttemptAt" <= now() + interval '50 milliseconds'
             AND kind::text = ANY (${runningKinds('$5', '$6')})
             AND ($4 OR NOT (${SUSPECT}))
           RETURNING id, "runId", kind, input, attempts, "requestedById", "traceParent", extract(epoch FROM now() - "createdAt")::float AS age`,
    values: [jobId, runId, leaseSeconds, alone, ...kindsAndQueues(kinds)],
  });
  return rows[0] ?? null;
}

/** Whether a job that may begin was running on several workers as they died. */
export async function isSuspect(pool: Pool, jobId: string, kinds: JobKinds): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'job-suspect',
    text: `SELECT 1 FROM "GenerationJob" WHERE id = $1 AND status = 'QUEUED' AND ${SUSPECT} AND kind::text = ANY (${runningKinds('$2', '$3')})`,
    values: [jobId, ...kindsAndQueues(kinds)],
  });
  return rowCount === 1;
}

/**
 * Extends the lease, and tells the step when there is one: another than before, or one with a note, joins the steps. False
 * when the run may not write any more.
 */
export async function extendRun(
  pool: Pool,
  { id, runId }: JobRun,
  leaseSeconds: number,
  progress?: RunProgress,
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'job-extend',
    text: `UPDATE "GenerationJob"
           SET "leaseUntil" = now() + make_interval(secs => $3), step = COALESCE($4, step), progress = COALESCE($5, progress), "updatedAt" = now(),
               steps = CASE WHEN $4::text IS NULL OR ($4 IS NOT DISTINCT FROM step AND $6::text IS NULL) THEN steps
                            ELSE CASE WHEN jsonb_array_length(steps) < ${MAX_STEPS} THEN steps ELSE steps - 0 END
                                 || jsonb_build_object('step', $4::text, 'at', now(), 'note', $6::text) END
           WHERE ${HELD}`,
    values: [
      id, runId, leaseSeconds, progress?.step ?? null, progress?.percent ?? null, progress?.note ?? null,
    ], // prettier-ignore
  });
  return rowCount === 1;
}

/** What the job has got done counts as its first start; returns how many it has then. */
export async function forgetStarts(pool: Pool, { id, runId, attempts }: JobRun): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'job-forget-starts',
    text: `UPDATE "GenerationJob" SET attempts = 1 WHERE ${HELD}`,
    values: [id, runId],
  });
  return rowCount === 1 ? 1 : attempts;
}

/** Why a try failed, as its row keeps it. */
export type RunFailure = Pick<AppError, 'code' | 'detail'>;

/** How a run goes back to wait: `counted` when its start was one of the job's tries. */
export interface Postponement {
  failure: RunFailure | null;
  counted: boolean;
  delayMs: number;
}

/** Puts a run back to wait. Null when the run may not write any more. */
export async function postponeRun(
  pool: Pool,
  { id, runId }: JobRun,
  { failure, counted, delayMs }: Postponement,
): Promise<Nudge | null> {
  const { rows } = await pool.query<Nudge>({
    name: 'job-postpone',
    text: `UPDATE "GenerationJob"
           SET status = 'QUEUED', dispatch = dispatch + 1, "errorCode" = $3, "errorDetail" = $5, progress = 0, attempts = attempts - $6,
               "nextAttemptAt" = now() + make_interval(secs => $4), "nudgedAt" = now(), ${ENDED}
           WHERE ${HELD}
           RETURNING id, kind, dispatch, "requestId"`,
    values: [id, runId, failure?.code ?? null, delayMs / 1000, failure?.detail ?? null, counted ? 0 : 1],
  });
  return rows[0] ?? null;
}

/** Ends a run without success, unless it may not write any more. */
export async function failRun(
  pool: Pool,
  { id, runId }: JobRun,
  { code, detail }: RunFailure,
): Promise<void> {
  await pool.query({
    name: 'job-fail',
    text: `UPDATE "GenerationJob" SET status = 'FAILED', "errorCode" = $3, "errorDetail" = $4, "finishedAt" = now(), ${ENDED} WHERE ${HELD}`,
    values: [id, runId, code, detail ?? null],
  });
}

/** Ends a run with success. False when the run may not write any more. */
export async function succeedRun(
  tx: Transaction,
  { id, runId }: JobRun,
  { articleId = null, insightId = null, model = null, promptVersion = null }: JobOutcome,
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE "GenerationJob"
    SET status = 'SUCCEEDED', progress = 100, "finishedAt" = now(), ${ALSO_ENDED},
        "articleId" = COALESCE(${articleId}::uuid, "articleId"), "insightId" = COALESCE(${insightId}::uuid, "insightId"), model = COALESCE(${model}, model),
        "promptVersion" = COALESCE(${promptVersion}, "promptVersion")
    WHERE id = ${id}::uuid AND "runId" = ${runId}::uuid AND status = 'RUNNING'`;
  return count === 1;
}

/** Whether a job of these kinds could begin now if a worker were free. */
export async function someJobWaits(pool: Pool, kinds: readonly string[]): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'job-some-waits',
    text: `SELECT 1 FROM "GenerationJob" WHERE status = 'QUEUED' AND "nextAttemptAt" <= now() AND kind::text = ANY ($1) LIMIT 1`,
    values: [kinds],
  });
  return rowCount === 1;
}

/** Keeps a run from being given away or cancelled before the transaction ends. False when it may not write any more. */
export async function holdRun(tx: Transaction, { id, runId }: JobRun): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "GenerationJob" WHERE id = ${id}::uuid AND "runId" = ${runId}::uuid AND status = 'RUNNING' FOR UPDATE`;
  return rows.length === 1;
}

/** Ends waiting and running jobs: without runId and lease a running worker's next write matches nothing. Returns how many. */
export function cancelRuns(tx: Transaction, which: Prisma.Sql): Promise<number> {
  return tx.$executeRaw`
    UPDATE "GenerationJob"
    SET status = 'CANCELED', "cancelRequestedAt" = now(), "finishedAt" = now(), ${ALSO_ENDED}
    WHERE (${which}) AND status IN ('QUEUED', 'RUNNING')`;
}

/** Lets a job begin anew that has ended without success or waits for another day's budget. False in another state. */
export async function restartJob(
  tx: Transaction,
  id: string,
  { requestId, traceParent }: { requestId: string; traceParent: string | null },
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE "GenerationJob"
    SET status = 'QUEUED', progress = 0, attempts = 0, dispatch = dispatch + 1, "errorCode" = NULL, "errorDetail" = NULL, "cancelRequestedAt" = NULL,
        "nextAttemptAt" = now(), "nudgedAt" = now(), "startedAt" = NULL, "finishedAt" = NULL, ${ALSO_ENDED},
        "requestId" = ${requestId}, "traceParent" = ${traceParent}
    WHERE id = ${id}::uuid AND (status IN ('FAILED', 'CANCELED') OR status = 'QUEUED' AND "errorCode" = 'BUDGET_EXCEEDED')`;
  return count === 1;
}

/** Takes the jobs of dead workers back: to the queue, or to FAILED after the last allowed start. */
export async function releaseLostRuns(
  pool: Pool,
  kinds: string[],
): Promise<(Nudge & { status: GenerationStatus })[]> {
  const { rows } = await pool.query<Nudge & { status: GenerationStatus }>(
    plannedAnew({
      name: 'jobs-release-lost',
      text: `UPDATE "GenerationJob" j
           SET status = CASE WHEN attempts >= $1 THEN 'FAILED' ELSE 'QUEUED' END::"GenerationStatus",
               "errorCode" = 'WORKER_LOST', "errorDetail" = NULL, "finishedAt" = CASE WHEN attempts >= $1 THEN now() END,
               dispatch = dispatch + 1, "nextAttemptAt" = now(), "nudgedAt" = now(), ${ENDED}
           FROM (SELECT id FROM "GenerationJob" WHERE status = 'RUNNING' AND "leaseUntil" < now() AND kind::text = ANY($3)
                 ORDER BY "leaseUntil" LIMIT $2 FOR UPDATE SKIP LOCKED) lost
           WHERE j.id = lost.id
           RETURNING j.id, j.kind, j.dispatch, j."requestId", j.status::text`,
      values: [MAX_STARTS, SWEEP_LIMIT, kinds],
    }),
  );
  return rows;
}

/**
 * Waiting rows that are due and were not nudged lately, for how long they have waited, or not since a queue was resumed.
 * Those of paused queues are left out.
 */
export async function claimUnnudged(
  pool: Pool,
  kinds: JobKinds,
  sweepSeconds = NUDGE_SECONDS,
): Promise<Nudge[]> {
  const [names, queues] = kindsAndQueues(kinds);
  const { rows } = await pool.query<Nudge>(
    plannedAnew({
      name: 'jobs-claim-unnudged',
      text: `UPDATE "GenerationJob" j SET "nudgedAt" = now()
           FROM (SELECT id FROM "GenerationJob"
                 WHERE status = 'QUEUED' AND "nextAttemptAt" <= now() AND kind::text = ANY (${runningKinds('$3', '$5')})
                   AND ("nudgedAt" < now() - greatest(make_interval(secs => $1), least("nudgedAt" - "nextAttemptAt", make_interval(secs => $4)))
                        OR "nudgedAt" < (SELECT max("changedAt") + interval '${RESUMED_SECONDS} second' FROM "QueueState" WHERE NOT paused))
                 ORDER BY "nextAttemptAt" LIMIT $2 FOR UPDATE SKIP LOCKED) due
           WHERE j.id = due.id
           RETURNING j.id, j.kind, j.dispatch, j."requestId"`,
      values: [Math.min(NUDGE_SECONDS, 2 * sweepSeconds), SWEEP_LIMIT, names, MAX_NUDGE_SECONDS, queues],
    }),
  );
  return rows;
}
