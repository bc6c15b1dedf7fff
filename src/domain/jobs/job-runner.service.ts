import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { z } from 'zod';
import { asAppError } from '../../adapters/database/database-errors';
import type { Prisma, Transaction } from '../../adapters/database/database';
import { throughOutage } from '../../adapters/database/through-outage';
import type { Metrics } from '../../adapters/telemetry/metrics';
import type { Tracing } from '../../adapters/telemetry/tracing';
import { TryLater, type ErrorCode } from '../../errors';
import type { GenerationKind } from '../../generated/prisma/client';
import type { Logger } from '../../logger';
import { JobGate } from './job-gate';
import type { JobNudges } from './job-nudges';
import { JOB_KINDS, type JobKind, type JobKinds, type JobStep } from './kinds';
import {
  claimUnnudged, extendRun, failRun, forgetStarts, holdRun, isSuspect, MAX_STARTS, postponeRun, releaseLostRuns, startRun, succeedRun, type JobOutcome,
  type JobRun, type Postponement,
} from './runs.sql'; // prettier-ignore

/** What the work of a job gets to see of its run. */
export interface RunHandle<Input = unknown> {
  run: JobRun<Input>;
  /** Aborted when the job is cancelled, taken over, or the worker stops. */
  signal: AbortSignal;
  /**
   * Percent is 0 to 100; the note tells clients why the step goes on without something. Throws RunLost when the run may
   * not write any more.
   */
  progress(step: JobStep, percent: number, note?: ErrorCode): Promise<void>;
  /** Something of the work is done for good: the starts that it took do not count any more. */
  advanced(): Promise<void>;
  /** Writes a part of the effects in one transaction, or nothing; may call `effects` again. Throws RunLost. */
  write(effects: (tx: Transaction) => Promise<void>): Promise<void>;
  /** Writes the effects and the success in one transaction, or nothing; may call `effects` again. Throws RunLost. */
  succeed(effects: (tx: Transaction) => Promise<JobOutcome>): Promise<void>;
}

/** The work of each kind: the compiler misses the one that is forgotten. */
export type JobProcessors = {
  [Kind in keyof typeof JOB_KINDS]: (
    handle: RunHandle<z.infer<(typeof JOB_KINDS)[Kind]['input']>>,
  ) => Promise<void>;
};

/** The input is of no form that this version knows. */
class UnreadableInput extends Error {
  override name = 'UnreadableInput';
}

/** The row belongs to somebody else by now: cancelled, or given to another worker. */
export class RunLost extends Error {
  override name = 'RunLost';
}

/** Thousands of rows on a busy machine. */
const PART_TIMEOUT_MS = 30_000;
const BACKOFF_MAX_MS = 10 * 60_000;
/** A run shows that it lives, and asks whether it was cancelled, this often in a lease and at least each second. */
const HEARTBEATS_PER_LEASE = 6;
const MAX_HEARTBEAT_MS = 1_000;
/** An input that this version cannot read is left to a newer one, which a rolling update brings in this time. */
const UNREADABLE_SECONDS = 3600;
const UNREADABLE_PAUSE_MS = 30_000;

export interface JobRunnerDeps {
  prisma: Prisma;
  pool: Pool;
  nudges: JobNudges;
  logger: Logger;
  leaseSeconds: number;
  sweepSeconds: number;
  /** Before the first retry; doubles with each. */
  backoffSeconds: number;
  metrics: Metrics;
  tracing: Tracing;
  kinds?: JobKinds;
  /** Jobs of other kinds are left alone. */
  processors: { [Kind in GenerationKind]?: (handle: RunHandle<never>) => Promise<void> };
}

/** A job's life on the worker's side: fenced by runId, leased, retried, swept. */
export class JobRunner {
  private readonly gate = new JobGate();
  private readonly known: JobKinds;

  constructor(private readonly deps: JobRunnerDeps) {
    const kinds = Object.entries<JobKind>(deps.kinds ?? JOB_KINDS);
    this.known = Object.fromEntries(kinds.filter(([kind]) => kind in deps.processors));
  }

  /** Does the work of a job that waits; a repeated, late or needless nudge does nothing. */
  async run(jobId: string, stop: AbortSignal): Promise<void> {
    const started = await this.gate.run({ alone: false }, () => this.attempt(jobId, stop, false));
    // Whoever was running when its worker died twice may be the reason: it runs where it harms nobody else.
    if (!started && (await isSuspect(this.deps.pool, jobId, this.known)))
      await this.gate.run({ alone: true }, () => this.attempt(jobId, stop, true));
  }

  /** False when the job was not there to be started. */
  private async attempt(jobId: string, stop: AbortSignal, alone: boolean): Promise<boolean> {
    const { pool, leaseSeconds, logger, metrics } = this.deps;
    if (stop.aborted) return false;
    const run = await startRun(pool, { jobId, runId: randomUUID(), kinds: this.known, leaseSeconds, alone });
    if (!run) return false;
    const lost = new AbortController();
    const ended = new AbortController();
    const end = metrics.jobs.startTimer({ kind: run.kind });
    void this.keepLease(run, lost, ended.signal);
    try {
      await this.traced(run, () => this.work(run, AbortSignal.any([lost.signal, stop])));
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

  private async work(run: JobRun, signal: AbortSignal): Promise<void> {
    const input = this.known[run.kind]!.input.safeParse(run.input);
    if (!input.success)
      throw new UnreadableInput('the input of the job is of another version', { cause: input.error });
    run.input = input.data;
    await this.deps.processors[run.kind]!(this.handle(run, signal) as RunHandle<never>);
  }

  /** Continues the trace of the request that asked for the job. */
  private traced(run: JobRun, work: () => Promise<void>): Promise<void> {
    const attributes = { 'job.id': run.id, 'job.attempt': run.attempts };
    return this.deps.tracing.span(
      { name: `job ${run.kind}`, kind: 'consumer', attributes, parent: run.traceParent },
      work,
    );
  }

  /** Gives the jobs of dead workers back. */
  async releaseLost(): Promise<void> {
    const { pool, nudges, logger, metrics } = this.deps;
    const lost = await releaseLostRuns(pool, Object.keys(this.known));
    for (const { id: jobId, status } of lost) logger.warn({ jobId, status }, 'a worker was lost');
    metrics.lostJobs.inc(lost.length);
    await nudges.tell(lost.filter(({ status }) => status === 'QUEUED'));
  }

  /** Tells the queue again what it may not know (any more). */
  async renudge(): Promise<void> {
    const { pool, nudges, sweepSeconds } = this.deps;
    await nudges.tell(await claimUnnudged(pool, this.known, sweepSeconds));
  }

  private handle<Input>(run: JobRun<Input>, signal: AbortSignal): RunHandle<Input> {
    return {
      run,
      signal,
      progress: async (step, percent, note) => {
        signal.throwIfAborted();
        const told = { step, percent, ...(note && { note }) };
        if (!(await extendRun(this.deps.pool, run, this.deps.leaseSeconds, told))) throw new RunLost();
      },
      advanced: async () => {
        run.attempts = await forgetStarts(this.deps.pool, run);
      },
      write: (effects) =>
        this.persistently(() =>
          this.deps.prisma.$transaction(
            async (tx) => {
              await effects(tx);
              // Last, so that heartbeats do not wait for the effects.
              if (!(await holdRun(tx, run))) throw new RunLost();
            },
            { timeout: PART_TIMEOUT_MS },
          ),
        ),
      // What was worked out, and maybe paid for, is not lost to a deadlock or a failover.
      succeed: (effects) =>
        this.persistently(() =>
          this.deps.prisma.$transaction(async (tx) => {
            if (!(await succeedRun(tx, run, await effects(tx)))) throw new RunLost();
          }),
        ),
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

  /** Ends a failed run: back to wait, or FAILED with a stable code. A stopping worker gives it back uncounted. */
  private async settle(
    run: JobRun,
    error: unknown,
    stopping: boolean,
  ): Promise<'failed' | 'retried' | 'given_back' | 'put_off'> {
    const { pool, logger, backoffSeconds } = this.deps;
    if (error instanceof TryLater && !stopping) {
      const { reason: failure, afterMs } = error;
      await this.persistently(() =>
        this.putBack(run, { failure, counted: false, delayMs: Math.ceil(afterMs) }),
      );
      return 'put_off';
    }
    const unreadable = error instanceof UnreadableInput && run.age < UNREADABLE_SECONDS;
    const failure = stopping || unreadable ? null : asAppError(error);
    const what = { jobId: run.id, attempt: run.attempts };
    if (stopping) logger.info(what, 'the worker stops; its job goes back to wait');
    else logger.warn({ error, ...what, errorCode: failure?.code }, 'job attempt failed');
    const again = failure === null || (failure.retriedByItself && run.attempts < MAX_STARTS);
    await this.persistently(async () => {
      if (!again) return failRun(pool, run, failure);
      let delayMs = unreadable ? UNREADABLE_PAUSE_MS : 0;
      if (failure) delayMs = backoffMs(run.attempts, backoffSeconds * 1000, failure.retryAfterSeconds);
      await this.putBack(run, { failure, counted: failure !== null, delayMs });
    });
    return again ? (failure ? 'retried' : 'given_back') : 'failed';
  }

  private async putBack(run: JobRun, how: Postponement): Promise<void> {
    const nudge = await postponeRun(this.deps.pool, run, how);
    if (nudge) await this.deps.nudges.tell([nudge], how.delayMs);
  }

  /** A database that is away for a moment must not cost the job its lease. */
  private persistently(write: () => Promise<void>): Promise<void> {
    return throughOutage(write, this.deps.leaseSeconds * 1000);
  }
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
