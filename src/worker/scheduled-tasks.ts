import type { WorkerContext } from '../context/worker';
import { ARTICLE_CATEGORIES } from '../domain/article/category';
import type { ScheduledTask } from './clock/scheduler.service';

/** Everything that runs by the clock; times of day are those of Asia/Seoul. */
export function scheduledTasks(context: WorkerContext): ScheduledTask[] {
  const {
    collectionJobs,
    config,
    consents,
    newsletterJobs,
    retention,
    spending,
    trainingJobs,
    unlinks,
    unlinkNotices,
    workReport,
  } = context;
  const { collectEveryMinutes: everyMinutes } = config;
  return [
    {
      name: 'collection',
      when: everyMinutes > 0 ? { everyMinutes } : { dailyAt: '05:00' },
      run: (_signal, tx) => collectionJobs.schedule(tx),
    },
    ...ARTICLE_CATEGORIES.map((category): ScheduledTask => ({
      name: `newsletter-${category.toLowerCase().replaceAll('_', '-')}`,
      when: { weeklyAt: 'Monday 08:00' },
      run: (_signal, tx) => newsletterJobs.schedule(tx, category),
    })),
    { name: 'consents', when: { dailyAt: '10:00' }, run: () => consents.renewOrEnd() },
    { name: 'unlink', when: { everyMinutes: 1 }, run: (signal) => unlinks.retryDue(signal) },
    { name: 'unlink-notices', when: { everyMinutes: 1 }, run: (signal) => unlinkNotices.carryOutDue(signal) },
    { name: 'budget', when: { everyMinutes: 1 }, run: () => spending.freeWaiting() },
    { name: 'work-report', when: { everyMinutes: 1 }, run: () => workReport.tell() },
    { name: 'recommendations', when: { everyMinutes: 60 }, run: (_signal, tx) => trainingJobs.schedule(tx) },
    {
      name: 'retention',
      when: { everyMinutes: 60 },
      run: async (signal) => ((await retention.apply(signal)) ? 'more' : undefined),
    },
  ];
}
