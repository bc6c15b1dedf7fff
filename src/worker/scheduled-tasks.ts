import type { WorkerContext } from '../context/worker';
import type { ScheduledTask } from './clock/scheduler.service';

/** Everything that runs by the clock; times of day are those of Asia/Seoul. */
export function scheduledTasks({
  retention,
  trainingJobs,
  unlinks,
  unlinkNotices,
}: WorkerContext): ScheduledTask[] {
  return [
    { name: 'unlink', when: { everyMinutes: 1 }, run: (signal) => unlinks.retryDue(signal) },
    { name: 'unlink-notices', when: { everyMinutes: 1 }, run: (signal) => unlinkNotices.carryOutDue(signal) },
    { name: 'recommendations', when: { everyMinutes: 60 }, run: (_signal, tx) => trainingJobs.schedule(tx) },
    {
      name: 'retention',
      when: { everyMinutes: 60 },
      run: async (signal) => ((await retention.apply(signal)) ? 'more' : undefined),
    },
  ];
}
