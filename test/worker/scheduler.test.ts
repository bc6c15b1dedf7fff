import type { Schedule } from '../../src/worker/clock/schedule';
import { nextRunAfter } from '../../src/worker/clock/schedule';
import { Scheduler, type ScheduledTask } from '../../src/worker/clock/scheduler.service';
import { claimDue } from '../../src/worker/clock/task-runs.sql';
import { startTestApp, type TestApp } from '../helpers/app';
import { TestClock } from '../helpers/clock';
import { waitUntil } from '../helpers/wait-until';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

describe('a schedule', () => {
  const daily: Schedule = { dailyAt: '04:30' };
  it.each<[string, Schedule, string, string]>([
    ['today when it is still to come', daily, '2026-11-23T18:00:00Z', '2026-11-23T19:30:00.000Z'],
    ['tomorrow when it is just that time', daily, '2026-11-23T19:30:00Z', '2026-11-24T19:30:00.000Z'],
    ['on the next day of Asia/Seoul, not of UTC', daily, '2026-11-30T15:00:00Z', '2026-11-30T19:30:00.000Z'],
    ['over the end of a year', daily, '2026-12-31T20:00:00Z', '2027-01-01T19:30:00.000Z'],
    ['so many minutes later', { everyMinutes: 90 }, '2026-11-23T18:00:00Z', '2026-11-23T19:30:00.000Z'],
  ])('finds the next run %s', (_what, schedule, now, next) => {
    expect(nextRunAfter(schedule, new Date(now)).toISOString()).toBe(next);
  });
});

describe('tasks that run by the clock', () => {
  const clock = new TestClock();
  const never = new AbortController().signal;
  let app: TestApp;
  let names = 0;

  beforeAll(async () => {
    app = await startTestApp({ clock });
  });
  afterAll(() => app.close());

  /** A worker's scheduler, with a task of its own unless another worker's is given. */
  function worker(task: ScheduledTask, leaseSeconds = 30): Scheduler {
    const { database, logger, metrics, tracing } = app.context;
    return new Scheduler({
      pool: database.pool, clock, logger, metrics, tracing, leaseSeconds, tasks: [task],
    }); // prettier-ignore
  }
  function taskThat(run: ScheduledTask['run'], when: Schedule = { everyMinutes: 10 }): ScheduledTask {
    return { name: `task-${++names}`, when, run };
  }
  const row = (name: string) =>
    app.context.database.prisma.scheduledTask.findUniqueOrThrow({ where: { name } });
  async function outcomes(name: string): Promise<Record<string, number>> {
    const { values } = await app.context.metrics.tasks.get();
    const counts = values.filter((v) => v.metricName?.endsWith('_count') && v.labels.task === name);
    return Object.fromEntries(counts.map(({ labels, value }) => [labels.outcome, value]));
  }
  async function sweepAll(...workers: Scheduler[]): Promise<void> {
    await Promise.all(workers.map((one) => one.sweep(never)));
    await Promise.all(workers.map((one) => one.idle()));
  }

  it('are run by exactly one of many workers, and not before they are due', async () => {
    let runs = 0;
    const task = taskThat(async () => void (runs += 1));
    const workers = Array.from({ length: 8 }, () => worker(task));
    await sweepAll(...workers);
    expect(runs).toBe(0);
    for (const expected of [1, 2, 3]) {
      clock.advance(11 * MINUTE);
      await sweepAll(...workers);
      expect(runs).toBe(expected);
    }
    expect(await outcomes(task.name)).toEqual({ succeeded: 3 });
  });

  it('keep their time over a restart, and what was missed is made up for once', async () => {
    let runs = 0;
    const task = taskThat(async () => void (runs += 1), { dailyAt: '04:30' });
    await sweepAll(worker(task));
    const { nextRunAt } = await row(task.name);
    clock.advance(5 * DAY);
    const restarted = worker(task);
    await sweepAll(restarted);
    await sweepAll(restarted);
    expect(runs).toBe(1);
    const after = await row(task.name);
    expect((after.nextRunAt.getTime() - nextRunAt.getTime()) / 1000).toBe(5 * DAY);
    expect(after.lastRunAt!.getTime()).toBeLessThanOrEqual(clock.now().getTime());
    expect(after.leaseUntil).toBeNull();
  });

  it('do not wait for their old time when a release runs them more often', async () => {
    const task = taskThat(async () => {}, { everyMinutes: 600 });
    await sweepAll(worker(task));
    await sweepAll(worker({ ...task, when: { everyMinutes: 5 } }));
    const soon = clock.now().getTime() + 5 * MINUTE * 1000;
    expect((await row(task.name)).nextRunAt.getTime()).toBeLessThanOrEqual(soon);
    await sweepAll(worker(task));
    expect((await row(task.name)).nextRunAt.getTime()).toBeLessThanOrEqual(soon);
  });

  it('are found again when their worker died, but not before its lease is over', async () => {
    let runs = 0;
    const task = taskThat(async () => void (runs += 1));
    const survivor = worker(task);
    await sweepAll(survivor);
    clock.advance(11 * MINUTE);
    const dead = { names: [task.name], now: clock.now(), leaseSeconds: 0.5 };
    expect(await claimDue(app.context.database.pool, dead)).toHaveLength(1);
    await sweepAll(survivor);
    expect(runs).toBe(0);
    await waitUntil('another worker has run it', async () => {
      await sweepAll(survivor);
      return runs === 1;
    });
  });

  it('keep their lease while they run, also longer than it', async () => {
    let runs = 0;
    const releases: (() => void)[] = [];
    const task = taskThat(async () => {
      runs += 1;
      await new Promise<void>((resolve) => releases.push(resolve));
    });
    const [busy, other] = [worker(task, 1), worker(task, 1)];
    await sweepAll(busy);
    clock.advance(11 * MINUTE);
    await busy.sweep(never);
    const { leaseUntil } = await row(task.name);
    await waitUntil('two leases have passed', async () => {
      await other.sweep(never);
      return (await row(task.name)).leaseUntil!.getTime() > leaseUntil!.getTime() + 2_000;
    });
    releases.forEach((release) => release());
    await busy.idle();
    expect(runs).toBe(1);
    expect(await outcomes(task.name)).toEqual({ succeeded: 1 });
  });

  it('are told when another worker has them by now, and can change nothing any more', async () => {
    const { pool } = app.context.database;
    let told: unknown;
    const task = taskThat(
      (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject((told = signal.reason)));
        }),
    );
    const sleeper = worker(task, 1);
    await sweepAll(sleeper);
    clock.advance(11 * MINUTE);
    await sleeper.sweep(never);
    // As if it had slept for so long that another worker took over.
    const other = new Date(Date.now() + 600_000);
    await pool.query('UPDATE "ScheduledTask" SET "leaseUntil" = $2 WHERE name = $1', [task.name, other]);
    await sleeper.idle();
    expect(String(told)).toMatch(/another worker/);
    expect((await row(task.name)).leaseUntil).toEqual(other);
    expect(await outcomes(task.name)).toMatchObject({ taken_away: 1 });
  });

  it('are logged, counted and tried again after a pause when they fail', async () => {
    const faults = [new Error('the disk is full'), new Error('still full')];
    let runs = 0;
    const task = taskThat(
      async () => {
        runs += 1;
        if (faults.length > 0) throw faults.shift();
      },
      { everyMinutes: 600 },
    );
    const one = worker(task);
    await sweepAll(one);
    clock.advance(DAY);
    await sweepAll(one);
    await sweepAll(one);
    expect(runs).toBe(1);
    expect((await row(task.name)).lastRunAt).toBeNull();
    for (const expected of [2, 3, 3]) {
      clock.advance(6 * MINUTE);
      await sweepAll(one);
      expect(runs).toBe(expected);
    }
    expect(await outcomes(task.name)).toEqual({ failed: 2, succeeded: 1 });
    expect(app.logs.filter((line) => line.includes(`"task":"${task.name}"`))).toHaveLength(2);
  });

  it('are given back by a worker that stops, and another one runs them at once', async () => {
    let runs = 0;
    const task = taskThat(async (signal) => {
      runs += 1;
      if (runs > 1) return;
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    });
    const [stopping, other] = [worker(task), worker(task)];
    await sweepAll(stopping);
    clock.advance(11 * MINUTE);
    const stop = new AbortController();
    await stopping.sweep(stop.signal);
    stop.abort();
    await stopping.idle();
    await sweepAll(other);
    expect(runs).toBe(2);
    expect(await outcomes(task.name)).toEqual({ given_back: 1, succeeded: 1 });
  });
});

describe('the worker', () => {
  it('unlinks deleted accounts at Kakao by the clock', async () => {
    const clock = new TestClock();
    const app = await startTestApp({ clock, worker: true });
    try {
      const { prisma } = app.context.database;
      await waitUntil('the tasks are known', () => prisma.scheduledTask.count());
      await prisma.pendingUnlink.create({ data: { kakaoId: '2000004', nextAttemptAt: clock.now() } });
      clock.advance(2 * MINUTE);
      await waitUntil('it is unlinked', async () => (await prisma.pendingUnlink.count()) === 0);
    } finally {
      await app.close();
    }
  });
});
