import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { isDatabaseOutage } from '../../adapters/database/database-errors';
import type { Prisma, Transaction } from '../../adapters/database/database';
import type { JobProducer } from '../../adapters/queue/job-producer';
import type { Metrics } from '../../adapters/telemetry/metrics';
import type { Tracing } from '../../adapters/telemetry/tracing';
import { AppError, type ErrorCode } from '../../errors';
import type { Logger } from '../../logger';
import { generationPayload, queueJobId } from './job-queue';
import { JobGate } from './job-gate';
import {
  claimUnnudged, extendRun, failRun, isSuspect, MAX_STARTS, postponeRun, redispatch, releaseLostRuns, startRun, type JobRun, type Nudge,
} from './runs.sql'; // prettier-ignore

export type { JobRun } from './runs.sql';

/** What a finished job leaves in its row. */
export interface JobOutcome {
  articleId?: string;
  model?: string;
  promptVersion?: string | null;
}

/** What the work of a job gets to see of its run. */
export interface RunHandle {
  run: JobRun;
  /** Aborted when the job is cancelled, taken over, or the worker stops. */
  signal: AbortSignal;
  /** Percent is 0 to 100. Throws RunLost when the run may not write any more. */
  progress(step: string, percent: number): Promise<void>;
  /** Writes the effects and the success in one transaction, or nothing. Throws RunLost. */
  succeed(effects: (tx: Transaction) => Promise<JobOutcome>): Promise<void>;
}

/** The row belongs to somebody else by now: cancelled, or given to another worker. */
export class RunLost extends Error {
  override name = 'RunLost';
}

/** Worth another try without anybody asking for it; other codes wait for an admin. */
const RETRIED_CODES = new Set<ErrorCode>([
  'MODEL_RATE_LIMITED',
  'MODEL_UNAVAILABLE',
  'PAGE_UNREACHABLE',
  'UPSTREAM_UNAVAILABLE',
  'RATE_LIMITED',
]);
const BACKOFF_MAX_MS = 10 * 60_000;
/** A run shows that it lives, and asks whether it was cancelled, this often in a lease and at least each second. */
const HEARTBEATS_PER_LEASE = 6;
const MAX_HEARTBEAT_MS = 1_000;

export interface JobRunnerDeps {
  prisma: Prisma;
  pool: Pool;
  producer: JobProducer;
  logger: Logger;
  leaseSeconds: number;
  /** Before the first retry; doubles with each. */
  backoffSeconds: number;
  metrics: Metrics;
  tracing: Tracing;
}

/** A job's life on the worker's side: fenced by runId, leased, retried, swept. */
export class JobRunner {
  private readonly gate = new JobGate();

  constructor(private readonly deps: JobRunnerDeps) {}

  /** Runs `work` when the job waits; a repeated, late or needless nudge does nothing. */
  async run(jobId: string, work: (handle: RunHandle) => Promise<void>, stop: AbortSignal): Promise<void> {
    const started = await this.gate.pass({ alone: false }, () => this.attempt(jobId, work, stop, false));
    // Whoever was running when its worker died twice may be the reason: it runs where it harms nobody else.
    if (!started && (await isSuspect(this.deps.pool, jobId)))
      await this.gate.pass({ alone: true }, () => this.attempt(jobId, work, stop, true));
  }

  /** False when the job was not there to be started. */
  private async attempt(
    jobId: string,
    work: (handle: RunHandle) => Promise<void>,
    stop: AbortSignal,
    alone: boolean,
  ): Promise<boolean> {
    const { pool, leaseSeconds, logger } = this.deps;
    if (stop.aborted) return false;
    const run = await startRun(pool, { jobId, runId: randomUUID(), leaseSeconds, alone });
    if (!run) return false;
    const lost = new AbortController();
    const ended = new AbortController();
    const end = this.deps.metrics.jobs.startTimer({ kind: run.kind });
    void this.keepLease(run, lost, ended.signal);
    try {
      await this.traced(run, () => work(this.handle(run, AbortSignal.any([lost.signal, stop]))));
      logger.info({ jobId, attempt: run.attempts }, 'job succeeded');
      end({ outcome: 'succeeded' });
    } catch (error) {
      if (error instanceof RunLost || lost.signal.aborted) {
        logger.info({ jobId }, 'job was taken away from this worker');
        end({ outcome: 'taken_away' });
      } else end({ outcome: await this.settle(run, error, stop.aborted) });
    } finally {
      ended.abort();
    }
    return true;
  }

  /** Continues the trace of the request that asked for the job. */
  private traced(run: JobRun, work: () => Promise<void>): Promise<void> {
    const attributes = { 'job.id': run.id, 'job.attempt': run.attempts };
    return this.deps.tracing.span(
      { name: `job ${run.kind}`, kind: 'consumer', attributes, parent: run.traceParent },
      work,
    );
  }

  /** Gives the jobs of dead workers back and tells the queue what it does not know (any more). */
  async sweep(): Promise<void> {
    const { pool, producer, logger, metrics } = this.deps;
    for (const lost of await releaseLostRuns(pool)) {
      logger.warn({ jobId: lost.id, status: lost.status }, 'a worker was lost');
      metrics.lostJobs.inc();
      if (lost.status === 'QUEUED') await this.nudge(lost);
    }
    for (const due of await claimUnnudged(pool)) {
      if (await producer.isPending(queueJobId(due.id, due.dispatch))) continue;
      const again = await redispatch(pool, due);
      if (again && !(await this.nudge(again))) return;
    }
  }

  /** Tells the queue about a waiting row. */
  nudge({ id, dispatch, requestId }: Nudge, delayMs?: number): Promise<boolean> {
    const payload = generationPayload.parse({ jobId: id, requestId });
    return this.deps.producer.add({
      id: queueJobId(id, dispatch),
      payload,
      ...(delayMs !== undefined && { delayMs }),
    });
  }

  private handle(run: JobRun, signal: AbortSignal): RunHandle {
    return {
      run,
      signal,
      progress: async (step, percent) => {
        signal.throwIfAborted();
        if (!(await extendRun(this.deps.pool, run, this.deps.leaseSeconds, { step, percent })))
          throw new RunLost();
      },
      succeed: (effects) => this.succeed(run, effects),
    };
  }

  private async keepLease(run: JobRun, lost: AbortController, ended: AbortSignal): Promise<void> {
    const { pool, leaseSeconds, logger } = this.deps;
    const intervalMs = Math.min((leaseSeconds * 1000) / HEARTBEATS_PER_LEASE, MAX_HEARTBEAT_MS);
    while (!lost.signal.aborted) {
      await delay(intervalMs, undefined, { signal: ended }).catch(() => {});
      if (ended.aborted) return;
      try {
        if (!(await extendRun(pool, run, leaseSeconds))) lost.abort(new RunLost());
      } catch (error) {
        logger.warn({ error, jobId: run.id }, 'the lease could not be extended'); // the fence still holds
      }
    }
  }

  private async succeed(run: JobRun, effects: (tx: Transaction) => Promise<JobOutcome>): Promise<void> {
    await this.deps.prisma.$transaction(async (tx) => {
      const outcome = await effects(tx);
      const { count } = await tx.generationJob.updateMany({
        where: { id: run.id, runId: run.runId, status: 'RUNNING' },
        data: {
          ...outcome,
          status: 'SUCCEEDED',
          progress: 100,
          step: null,
          runId: null,
          leaseUntil: null,
          finishedAt: new Date(),
        },
      });
      if (count === 0) throw new RunLost();
    });
  }

  /** Ends a failed run: back to wait, or FAILED with a stable code. A stopping worker gives it back uncounted. */
  private async settle(
    run: JobRun,
    error: unknown,
    stopping: boolean,
  ): Promise<'failed' | 'retried' | 'given_back'> {
    const failure = stopping ? null : asAppError(error);
    this.deps.logger.warn(
      { error, jobId: run.id, attempt: run.attempts, errorCode: failure?.code },
      'job attempt failed',
    );
    const again = failure === null || (RETRIED_CODES.has(failure.code) && run.attempts < MAX_STARTS);
    await this.persistently(async () => {
      if (!again) return void (await failRun(this.deps.pool, run, failure.code));
      const delayMs =
        failure === null
          ? 0
          : backoffMs(run.attempts, this.deps.backoffSeconds * 1000, failure.retryAfterSeconds);
      const nudge = await postponeRun(this.deps.pool, run, failure?.code ?? null, delayMs);
      if (nudge) await this.nudge(nudge, delayMs);
    });
    return again ? (failure ? 'retried' : 'given_back') : 'failed';
  }

  /** A database that is away for a moment must not cost the job its lease. */
  private async persistently(write: () => Promise<void>): Promise<void> {
    const deadline = Date.now() + this.deps.leaseSeconds * 1000;
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (!isDatabaseOutage(error) || Date.now() > deadline) throw error;
        await delay(250);
      }
    }
  }
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(isDatabaseOutage(error) ? 'UPSTREAM_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR', {
    cause: error,
  });
}

/**
 * Exponential back-off with equal jitter (half fixed, half random); what the upstream asked for is the least.
 * Whole milliseconds: BullMQ on PostgreSQL refuses a fraction.
 */
export function backoffMs(
  attempt: number,
  baseMs: number,
  retryAfterSeconds = 0,
  random = Math.random,
): number {
  const exponential = Math.min(baseMs * 2 ** (attempt - 1), BACKOFF_MAX_MS);
  const jittered = exponential / 2 + random() * (exponential / 2);
  const asked = Math.min(retryAfterSeconds * 1000, BACKOFF_MAX_MS) * (1 + random() * 0.1);
  return Math.round(Math.max(jittered, asked));
}
