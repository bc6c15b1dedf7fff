import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Metrics } from '../../adapters/telemetry/metrics';
import type { Tracing } from '../../adapters/telemetry/tracing';
import type { Logger } from '../../logger';
import type { Clock } from '../../domain/shared/clock';
import { nextRunAfter, type Schedule } from './schedule';
import { addTasks, claimDue, endTask, extendTask, type TaskRun } from './task-runs.sql';

/**
 * Work that the clock asks for. A run may be cut off anywhere and repeated, and must not keep the event loop from
 * turning for as long as a lease.
 */
export interface ScheduledTask {
  /** The row's key and a label of the metrics: never changes. */
  name: string;
  when: Schedule;
  run(signal: AbortSignal): Promise<void>;
}

type Outcome = 'succeeded' | 'failed' | 'given_back' | 'taken_away';

const RETRY_PAUSE_MS = 5 * 60_000;
const HEARTBEATS_PER_LEASE = 3;

export interface SchedulerDeps {
  pool: Pool;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  tracing: Tracing;
  leaseSeconds: number;
  tasks: ScheduledTask[];
}

/** Runs tasks when they are due, each on one of all workers. Runs that nobody could start in time are made up for once. */
export class Scheduler {
  private readonly running = new Set<Promise<void>>();
  private added = false;

  constructor(private readonly deps: SchedulerDeps) {
    // An alert on "no run succeeded" needs a figure before the first one.
    for (const { name } of deps.tasks) deps.metrics.tasks.zero({ task: name, outcome: 'succeeded' });
  }

  /** Starts what is due and not running elsewhere; does not wait for its end. */
  async sweep(stop: AbortSignal): Promise<void> {
    const { pool, clock, tasks, leaseSeconds } = this.deps;
    const now = clock.now();
    if (!this.added)
      await addTasks(
        pool,
        tasks.map(({ name, when }) => ({ name, nextRunAt: nextRunAfter(when, now) })),
      );
    this.added = true;
    if (stop.aborted) return;
    const names = tasks.map(({ name }) => name);
    for (const run of await claimDue(pool, { names, now, leaseSeconds })) {
      const task = tasks.find(({ name }) => name === run.name)!;
      const ended = this.run(task, run, stop).finally(() => this.running.delete(ended));
      this.running.add(ended);
    }
  }

  /** Resolves when no run is under way. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private async run(task: ScheduledTask, claimed: TaskRun, stop: AbortSignal): Promise<void> {
    const { logger, metrics, tracing } = this.deps;
    const { name } = task;
    const lost = new AbortController();
    const over = new AbortController();
    const lease = this.keepLease(claimed, lost, over.signal);
    const signal = AbortSignal.any([stop, lost.signal]);
    const end = metrics.tasks.startTimer({ task: name });
    let outcome: Outcome = 'succeeded';
    try {
      await tracing.span({ name: `task ${name}`, kind: 'consumer' }, () => task.run(signal));
    } catch (error) {
      outcome = lost.signal.aborted ? 'taken_away' : stop.aborted ? 'given_back' : 'failed';
      if (outcome === 'failed') logger.error({ error, task: name }, 'a scheduled task failed; it runs again');
    }
    end({ outcome });
    over.abort();
    await this.settle(task, await lease, outcome).catch((error: unknown) =>
      logger.warn({ error, task: name }, 'the end of a scheduled task could not be written; it runs again'),
    );
  }

  private async settle({ when }: ScheduledTask, run: TaskRun, outcome: Outcome): Promise<void> {
    const now = this.deps.clock.now();
    const regular = nextRunAfter(when, now);
    const retry = new Date(Math.min(regular.getTime(), now.getTime() + RETRY_PAUSE_MS));
    const nextRunAt = { succeeded: regular, failed: retry, given_back: null, taken_away: null }[outcome];
    await endTask(this.deps.pool, run, { nextRunAt, succeededAt: outcome === 'succeeded' ? now : null });
  }

  /** Resolves, when the run is over, to the run with the lease that it has by then. */
  private async keepLease(run: TaskRun, lost: AbortController, over: AbortSignal): Promise<TaskRun> {
    const { pool, leaseSeconds, logger } = this.deps;
    for (let held = run; ;) {
      await delay((leaseSeconds * 1000) / HEARTBEATS_PER_LEASE, undefined, { signal: over }).catch(() => {});
      if (over.aborted || lost.signal.aborted) return held;
      try {
        const longer = await extendTask(pool, held, leaseSeconds);
        if (longer) held = longer;
        else lost.abort(new Error('another worker runs the task'));
      } catch (error) {
        logger.warn({ error, task: run.name }, 'the lease of a task could not be extended');
      }
    }
  }
}
