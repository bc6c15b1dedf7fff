import { nextRunAfter } from '../../../src/worker/clock/schedule';
import { Scheduler } from '../../../src/worker/clock/scheduler.service';
import { scheduledTasks } from '../../../src/worker/scheduled-tasks';
import { startTestApp, type TestApp } from '../../helpers/app';
import { TestClock } from '../../helpers/clock';
import { mailSettings } from '../../helpers/newsletter-world';

const WEEK = 7 * 86_400;

describe('the weekly newsletters', () => {
  const never = new AbortController().signal;

  async function jobsAfterAWeek(environment: Record<string, string>): Promise<object[]> {
    const clock = new TestClock();
    const app: TestApp = await startTestApp({ clock, environment });
    try {
      const tasks = scheduledTasks(app.workerContext).filter(({ name }) => name.startsWith('newsletter-'));
      const workers = Array.from({ length: 4 }, () => new Scheduler({ ...app.workerContext, tasks }));
      for (const seconds of [0, WEEK]) {
        clock.advance(seconds);
        await Promise.all(workers.map((worker) => worker.sweep(never)));
        await Promise.all(workers.map((worker) => worker.idle()));
      }
      return await app.context.database.prisma.generationJob.findMany({ where: { kind: 'NEWSLETTER' } });
    } finally {
      await app.close();
    }
  }

  it('are due on Mondays at 08:00 in Seoul', () => {
    const next = (at: string) => nextRunAfter({ weeklyAt: 'Monday 08:00' }, new Date(at)).toISOString();
    expect(next('2026-11-29T22:59:59Z')).toBe('2026-11-29T23:00:00.000Z');
    expect(next('2026-11-29T23:00:00Z')).toBe('2026-12-06T23:00:00.000Z');
    // Sunday in London, Monday in Seoul.
    expect(next('2026-12-06T16:00:00Z')).toBe('2026-12-06T23:00:00.000Z');
    expect(next('2026-12-03T03:00:00Z')).toBe('2026-12-06T23:00:00.000Z');
  });

  it('are asked for once by all workers together, one for each category', async () => {
    const jobs = await jobsAfterAWeek(mailSettings(1));
    expect(jobs.map((job) => (job as { input: { category: string } }).input.category).sort()).toEqual([
      'ECONOMY_AND_BUSINESS',
      'OPINION_AND_ANALYSIS',
      'POLITICS_AND_SOCIETY',
      'SPORTS_AND_LEISURE',
      'TECHNOLOGY_AND_CULTURE',
    ]);
    expect(jobs).toEqual(jobs.map(() => expect.objectContaining({ status: 'QUEUED', requestedById: null })));
  });

  it('are not asked for without a mail server', async () => {
    expect(await jobsAfterAWeek({ SMTP_URL: '', MAIL_FROM: '' })).toEqual([]);
  });
});
