import type { WorkerContext } from '../context/worker';
import type { ScheduledTask } from './clock/scheduler.service';

/** Everything that runs by the clock; times of day are those of Asia/Seoul. */
export function scheduledTasks(context: WorkerContext): ScheduledTask[] {
  const { database, nudges, retention, trainingJobs, unlinks } = context;
  const train = async () =>
    nudges.tell([await database.prisma.$transaction((tx) => trainingJobs.schedule(tx))]);
  return [
    { name: 'unlink', when: { everyMinutes: 1 }, run: (signal) => unlinks.retryDue(signal) },
    { name: 'recommendations', when: { everyMinutes: 60 }, run: train },
    { name: 'retention', when: { everyMinutes: 60 }, run: (signal) => retention.apply(signal) },
  ];
}
