import pg from 'pg';
import type { Schedule } from '../../../src/worker/clock/schedule';
import { nextRunAfter } from '../../../src/worker/clock/schedule';
import { Scheduler, type ScheduledTask } from '../../../src/worker/clock/scheduler.service';
import { startTestApp, type TestApp } from '../../helpers/app';
import { TestClock } from '../../helpers/clock';
import { waitUntil } from '../../helpers/wait-until';

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
  function worker(task: ScheduledTask): Scheduler {
    const { database, logger, metrics, nudges, tracing } = app.context;
    return new Scheduler({
      database, clock, logger, metrics, nudges, tracing, tasks: [task],
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
    expect(after.failures).toBe(0);
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

  it('are found again when their worker died, and not while it lives', async () => {
    let runs = 0;
    const task = taskThat(async () => void (runs += 1));
    const survivor = worker(task);
    await sweepAll(survivor);
    clock.advance(11 * MINUTE);
    const dying = new pg.Client({ connectionString: app.config.databaseUrl });
    dying.on('error', () => {});
    await dying.connect();
    await dying.query('BEGIN');
    await dying.query('SELECT 1 FROM "ScheduledTask" WHERE name = $1 FOR UPDATE', [task.name]);
    await sweepAll(survivor);
    expect(runs).toBe(0);
    (dying as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    await waitUntil('another worker has run it', async () => {
      await sweepAll(survivor);
      return runs === 1;
    });
  });

  it('are run by nobody else while they run, however long', async () => {
    let runs = 0;
    const releases: (() => void)[] = [];
    const task = taskThat(async () => {
      runs += 1;
      await new Promise<void>((resolve) => releases.push(resolve));
    });
    const [busy, other] = [worker(task), worker(task)];
    await sweepAll(busy);
    clock.advance(11 * MINUTE);
    await busy.sweep(never);
    await waitUntil('it runs', () => releases.length);
    for (let n = 0; n < 20; n += 1) {
      await sweepAll(other);
      await busy.sweep(never);
    }
    releases.forEach((release) => release());
    await busy.idle();
    expect(runs).toBe(1);
    expect(await outcomes(task.name)).toEqual({ succeeded: 1 });
  });

  it('come back at once while they have more to do', async () => {
    let left = 3;
    const task = taskThat(async () => (--left > 0 ? 'more' : undefined));
    const one = worker(task);
    await sweepAll(one);
    clock.advance(11 * MINUTE);
    await sweepAll(one);
    expect(left).toBe(0);
    expect((await row(task.name)).nextRunAt.getTime()).toBeGreaterThan(clock.now().getTime());
    expect(await outcomes(task.name)).toEqual({ succeeded: 3 });
  });

  it('write a job in the transaction that moves them on, or neither', async () => {
    const { prisma } = app.context.database;
    const { trainingJobs } = app.context.services;
    let fails = true;
    const task = taskThat(async (_signal, tx) => {
      const job = await trainingJobs.schedule(tx);
      if (fails) throw new Error('after the job was written');
      return job;
    });
    const one = worker(task);
    await sweepAll(one);
    clock.advance(11 * MINUTE);
    await sweepAll(one);
    expect(await prisma.generationJob.count()).toBe(0);
    expect(await prisma.auditEntry.count({ where: { action: 'recommendations.refresh' } })).toBe(0);
    fails = false;
    clock.advance(11 * MINUTE);
    await sweepAll(one);
    expect(await prisma.generationJob.findMany()).toMatchObject([
      { kind: 'RECOMMENDATIONS', status: 'QUEUED' },
    ]);
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
    expect(await row(task.name)).toMatchObject({ failures: 0 });
  });

  it('are tried after pauses that double up to their regular time', async () => {
    const task = taskThat(() => Promise.reject(new Error('never')), { everyMinutes: 60 });
    const one = worker(task);
    await sweepAll(one);
    clock.advance(61 * MINUTE);
    for (const [failures, minutes] of [3, 6, 12, 24, 48, 60, 60].entries()) {
      await sweepAll(one);
      const { nextRunAt, failures: counted } = await row(task.name);
      expect(counted).toBe(failures + 1);
      expect((nextRunAt.getTime() - clock.now().getTime()) / 60_000).toBeCloseTo(minutes, 0);
      clock.advance(minutes * MINUTE);
    }
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
    await waitUntil('it runs', () => runs);
    stop.abort();
    await stopping.idle();
    await sweepAll(other);
    expect(runs).toBe(2);
    expect(await outcomes(task.name)).toEqual({ given_back: 1, succeeded: 1 });
  });
});

describe('the worker', () => {
  it('carries out by the clock an unlink notice that a gateway kept and did not live to carry out', async () => {
    const clock = new TestClock();
    const app = await startTestApp({ clock, worker: true });
    try {
      const { prisma } = app.context.database;
      const { unlinkNotices } = app.context;
      await waitUntil('the task is known', () =>
        prisma.scheduledTask.findUnique({ where: { name: 'unlink-notices' } }),
      );
      const { user } = await app.login('reader-1');
      await unlinkNotices.keep(unlinkNotices.received('2000002'));
      clock.advance(2 * MINUTE);
      await waitUntil(
        'the account is gone',
        async () => !(await prisma.user.count({ where: { id: user.id } })),
      );
    } finally {
      await app.close();
    }
  });

  it('unlinks deleted accounts at Kakao by the clock', async () => {
    const clock = new TestClock();
    const app = await startTestApp({ clock, worker: true });
    try {
      const { prisma } = app.context.database;
      await waitUntil('the task is known', () =>
        prisma.scheduledTask.findUnique({ where: { name: 'unlink' } }),
      );
      await prisma.pendingUnlink.create({ data: { kakaoId: '2000004', nextAttemptAt: clock.now() } });
      clock.advance(2 * MINUTE);
      await waitUntil('it is unlinked', async () => (await prisma.pendingUnlink.count()) === 0);
    } finally {
      await app.close();
    }
  });
});
