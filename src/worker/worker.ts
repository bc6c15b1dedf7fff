import { setTimeout as delay } from 'node:timers/promises';
import type { Job } from 'bullmq';
import { openQueueEngine, type QueueEngine } from '../adapters/queue/queue';
import { REDIS_PREFIX } from '../adapters/queue/redis-prefix';
import type { WorkerContext } from '../context/worker';
import { jobPayload } from '../domain/jobs/job-nudges';
import { QUEUES, type QueueName } from '../domain/jobs/kinds';
import type { Logger } from '../logger';
import { Scheduler } from './clock/scheduler.service';
import { scheduledTasks } from './scheduled-tasks';

/** A queue or a database that is away must not keep a worker from stopping. */
const CLOSE_TIMEOUT_MS = 5_000;
const FIRST_CONTACT_PAUSE_MS = 500;
/** Jobs of each queue that a worker runs at once. A training needs a whole core. */
export function concurrencyOf(articles: number): Record<QueueName, number> {
  return { articles, answers: 4, bulk: 2, training: 1 };
}

export interface RunningWorker {
  /** Aborts running jobs, which go back to wait, and closes the queue connections. */
  stop(): Promise<void>;
}

/** Takes jobs off the queues, sweeps the rows that the queues forgot, and runs what the clock asks for. */
export async function startWorker(context: WorkerContext): Promise<RunningWorker> {
  const { config, confirmationMails, logger, runner } = context;
  const stopping = new AbortController();
  const stop = stopping.signal;
  const { engine, workers } = await openWorkers(context, stop);
  const scheduler = new Scheduler({ ...context, tasks: scheduledTasks(context) });
  // Each in a loop of its own: a slow queue must not delay the release of lost runs, nor either of them the clock.
  const sweeps = [
    () => runner.releaseLost(),
    () => runner.renudge(),
    () => scheduler.sweep(stop),
    () => confirmationMails.sendDue(stop),
  ];
  const pauseMs = config.jobs.sweepSeconds * 1000;
  const sweeping = Promise.all(sweeps.map((sweep) => repeat(sweep, pauseMs, logger, stop)));
  return {
    async stop() {
      // First of all nothing new is taken, or this worker would take back what it gives up.
      const closed = workers.map((worker) => worker.close());
      stopping.abort(new Error('the worker is stopping'));
      const ended = Promise.all([...closed, sweeping.then(() => scheduler.idle())]);
      await Promise.race([ended, delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
      await engine.close();
    },
  };
}

async function openWorkers(context: WorkerContext, stop: AbortSignal) {
  const { config, logger, nudges } = context;
  for (;;) {
    const { queueUrl: url, connections } = config;
    const engine = openQueueEngine({ url, connections: connections.queue, logger, role: 'worker' });
    const workers = QUEUES.map((queue) => workerOf(queue, engine, context, stop));
    try {
      // On PostgreSQL BullMQ remembers a failed first contact for ever, and its loop then spins without a pause.
      // Its first contact takes longer than a nudge may, and the clock may nudge at once.
      if (engine.kind === 'postgres')
        await Promise.all([nudges.ready(), ...workers.map((worker) => worker.waitUntilReady())]);
      for (const worker of workers)
        worker.run().catch((error: unknown) => logger.warn({ error }, 'the worker stopped taking jobs'));
      return { engine, workers };
    } catch (error) {
      logger.warn({ error }, 'the queue cannot be reached yet');
      await Promise.allSettled(workers.map((worker) => worker.close(true)));
      await engine.close();
      await delay(FIRST_CONTACT_PAUSE_MS, undefined, { signal: stop });
    }
  }
}

function workerOf(
  queue: QueueName,
  engine: QueueEngine,
  { config, logger, runner }: WorkerContext,
  stop: AbortSignal,
) {
  const { concurrency, leaseSeconds } = config.jobs;
  // The row, never the payload, says what to do.
  const process = ({ data }: Pick<Job, 'data'>) => runner.run(jobPayload.parse(data).jobId, stop);
  const worker = new engine.Worker(queue, process, {
    connection: engine.connection,
    ...(engine.kind === 'redis' && { prefix: REDIS_PREFIX }),
    autorun: false,
    concurrency: concurrencyOf(concurrency)[queue],
    // The default of 1 fails jobs whose worker was killed twice; jobs that kill workers are stopped by the next line.
    maxStalledCount: 20,
    maxStartedAttempts: 5,
    runRetryDelay: 2_000,
    // A nudge that died with its worker is found again as soon as the row's own lease is over.
    lockDuration: leaseSeconds * 1000,
    stalledInterval: leaseSeconds * 1000,
  });
  worker.on('error', (error: Error) => logger.warn({ error }, 'the worker has a queue fault'));
  worker.on('failed', (_job: unknown, error: Error) =>
    logger.warn({ error }, 'a nudge could not be followed; the sweep will'),
  );
  return worker;
}

async function repeat(
  sweep: () => Promise<void>,
  pauseMs: number,
  logger: Logger,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    await sweep().catch((error: unknown) => logger.warn({ error }, 'the sweep failed; it runs again'));
    await delay(pauseMs, undefined, { signal: stop }).catch(() => {});
  }
}
