import { nextRunAfter } from '../../../src/worker/clock/schedule';
import { Scheduler } from '../../../src/worker/clock/scheduler.service';
import { scheduledTasks } from '../../../src/worker/scheduled-tasks';
import { startTestApp, type TestApp } from '../../helpers/app';
import { TestClock } from '../../helpers/clock';
import { createPublisher } from '../../helpers/records';

const DAY = 24 * 3600;

describe('the daily collection', () => {
  const clock = new TestClock();
  const never = new AbortController().signal;
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ clock });
  });
  afterAll(() => app.close());

  const db = () => app.context.database.prisma;
  const task = () => scheduledTasks(app.workerContext).find(({ name }) => name === 'collection')!;
  const scheduler = () => new Scheduler({ ...app.workerContext, tasks: [task()] });
  async function sweepAll(...workers: Scheduler[]): Promise<void> {
    await Promise.all(workers.map((one) => one.sweep(never)));
    await Promise.all(workers.map((one) => one.idle()));
  }
  const jobs = () => db().generationJob.findMany({ where: { kind: 'COLLECTION' } });
  const end = () => db().generationJob.updateMany({ data: { status: 'SUCCEEDED' } });

  it('is due at 05:00 in Seoul, whatever the zone of the machine', () => {
    expect(nextRunAfter(task().when, new Date('2026-11-29T19:59:59Z')).toISOString()).toBe(
      '2026-11-29T20:00:00.000Z',
    );
    expect(nextRunAfter(task().when, new Date('2026-11-29T20:00:00Z')).toISOString()).toBe(
      '2026-11-30T20:00:00.000Z',
    );
  });

  it('asks once with many workers, and is made up for once after nights of standing still', async () => {
    await createPublisher(db(), { feedUrl: 'http://127.0.0.1:1/feed.xml' });
    const workers = Array.from({ length: 8 }, scheduler);
    await sweepAll(...workers);
    expect(await jobs()).toEqual([]);
    clock.advance(DAY);
    await sweepAll(...workers);
    expect(await jobs()).toMatchObject([{ status: 'QUEUED', requestedById: null, input: {} }]);
    await end();
    clock.advance(5 * DAY);
    await sweepAll(...Array.from({ length: 8 }, scheduler));
    await sweepAll(...workers);
    expect(await jobs()).toHaveLength(2);
    // One that still waits or runs is that day's, too.
    clock.advance(DAY);
    await sweepAll(...workers);
    expect(await jobs()).toHaveLength(2);
    await end();
  });

  it('asks for nothing while no publisher has a feed that is read', async () => {
    await db().publisher.updateMany({ data: { enabled: false } });
    clock.advance(DAY);
    await sweepAll(scheduler());
    expect(await jobs()).toHaveLength(2);
  });

  it('can be more often', async () => {
    const often = await startTestApp({ clock, environment: { COLLECT_EVERY_MINUTES: '3' } });
    try {
      const { when } = scheduledTasks(often.workerContext).find(({ name }) => name === 'collection')!;
      expect(when).toEqual({ everyMinutes: 3 });
    } finally {
      await often.close();
    }
  });
});
