import type { Transaction } from '../../adapters/database/database';
import type { SharedContext } from '../../context/shared';
import type { Nudge } from '../../domain/jobs/runs.sql';
import { nextRunAfter, type Schedule } from './schedule';

/** Work that the clock asks for. */
export interface ScheduledTask {
  /** The row's key and a label of the metrics: never changes. */
  name: string;
  when: Schedule;
  /**
   * Writes a job with `tx`, the transaction that claims the run, and returns it; or sweeps for at most some 20 s by
   * itself, and returns 'more' when it must come back at once. May be cut off anywhere and repeated.
   */
  run(signal: AbortSignal, tx: Transaction): Promise<void | 'more' | Nudge>;
}

const FIRST_PAUSE_SECONDS = 180;
const RUN_LIMIT_MS = 60_000;

type SchedulerDeps = Pick<
  SharedContext,
  'clock' | 'database' | 'logger' | 'metrics' | 'nudges' | 'tracing'
> & {
  tasks: ScheduledTask[];
};

/**
 * Runs tasks when they are due, each on one of all workers: a run is a transaction that holds the task's row, and the
 * lock of a worker that dies goes with its connection. Missed runs are made up for once.
 */
export class Scheduler {
  private readonly running = new Map<string, Promise<void>>();
  private added = false;

  constructor(private readonly deps: SchedulerDeps) {
    // An alert on "no run succeeded" needs a figure before the first one.
    for (const { name } of deps.tasks) deps.metrics.tasks.zero({ task: name, outcome: 'succeeded' });
  }

  /** Starts what is due and not running here; does not wait for its end. */
  async sweep(stop: AbortSignal): Promise<void> {
    const { database, clock, tasks } = this.deps;
    if (!this.added) await this.add();
    const name = { in: tasks.map((task) => task.name) };
    const due = await database.prisma.scheduledTask.findMany({
      where: { name, nextRunAt: { lte: clock.now() } },
    });
    for (const task of tasks) {
      if (stop.aborted || this.running.has(task.name) || !due.some((row) => row.name === task.name)) continue;
      const ended = this.run(task, stop)
        .catch((error: unknown) =>
          this.deps.logger.warn({ error, task: task.name }, 'a task waits for its turn'),
        )
        .finally(() => this.running.delete(task.name));
      this.running.set(task.name, ended);
    }
  }

  /** Resolves when no run is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.running.values());
  }

  /** Adds tasks that are new; one that is to run more often than before does not wait for its old time. */
  private async add(): Promise<void> {
    const { database, clock, tasks } = this.deps;
    for (const { name, when } of tasks) {
      const nextRunAt = nextRunAfter(when, clock.now());
      await database.prisma.scheduledTask.createMany({ data: { name, nextRunAt }, skipDuplicates: true });
      // Not in one statement: ON CONFLICT DO UPDATE would wait for a run that is under way.
      await database.prisma.scheduledTask.updateMany({
        where: { name, nextRunAt: { gt: nextRunAt } },
        data: { nextRunAt },
      });
    }
    this.added = true;
  }

  private async run(task: ScheduledTask, stop: AbortSignal): Promise<void> {
    const { logger, metrics } = this.deps;
    for (let more = true; more && !stop.aborted;) {
      const end = metrics.tasks.startTimer({ task: task.name });
      const claim = { made: false };
      try {
        more = await this.claimAndRun(task, stop, claim);
        if (claim.made) end({ outcome: 'succeeded' });
      } catch (error) {
        if (!claim.made) throw error;
        end({ outcome: stop.aborted ? 'given_back' : 'failed' });
        if (stop.aborted) return;
        logger.error({ error, task: task.name }, 'a scheduled task failed; it runs again');
        return this.backOff(task);
      }
    }
  }

  /** Whether there is more to do at once; false, too, when another worker has it. */
  private async claimAndRun(
    task: ScheduledTask,
    stop: AbortSignal,
    claim: { made: boolean },
  ): Promise<boolean> {
    const { database, clock, nudges, tracing } = this.deps;
    const { name, when } = task;
    const result = await database.prisma.$transaction(
      async (tx) => {
        const [row] = await tx.$queryRaw<unknown[]>`
          SELECT set_config('idle_in_transaction_session_timeout', ${String(RUN_LIMIT_MS)}, true) FROM "ScheduledTask"
          WHERE "name" = ${name} AND "nextRunAt" <= ${clock.now()} FOR UPDATE SKIP LOCKED`;
        if (!row) return undefined;
        claim.made = true;
        const signal = AbortSignal.any([stop, AbortSignal.timeout(RUN_LIMIT_MS / 2)]);
        const done = await tracing.span({ name: `task ${name}`, kind: 'consumer' }, () =>
          task.run(signal, tx),
        );
        const now = clock.now();
        // What has more to do stays due.
        const nextRunAt = done === 'more' ? {} : { nextRunAt: nextRunAfter(when, now) };
        await tx.scheduledTask.update({
          where: { name },
          data: { ...nextRunAt, lastRunAt: now, failures: 0 },
        });
        return done;
      },
      { timeout: RUN_LIMIT_MS },
    );
    if (typeof result === 'object') await nudges.tell([result]);
    return result === 'more';
  }

  /** The pause before the next run doubles with each failure, up to the task's regular time. */
  private async backOff({ name, when }: ScheduledTask): Promise<void> {
    const now = this.deps.clock.now();
    await this.deps.database.prisma.$executeRaw`
      UPDATE "ScheduledTask"
      SET failures = failures + 1,
          "nextRunAt" = LEAST(${nextRunAfter(when, now)}::timestamptz,
            ${now}::timestamptz + make_interval(secs => ${FIRST_PAUSE_SECONDS} * 2 ^ LEAST(failures, 12)))
      WHERE "name" = ${name} AND "nextRunAt" <= ${now}`;
  }
}
