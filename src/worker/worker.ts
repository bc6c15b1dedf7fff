import { setTimeout as delay } from 'node:timers/promises';
import { openQueueEngine, REDIS_PREFIX } from '../adapters/queue/queue';
import type { WorkerContext } from '../context/worker';
import { GENERATION_QUEUE } from '../domain/jobs/job-queue';
import { Scheduler } from './clock/scheduler.service';
import { generationProcessor } from './generation';
import { scheduledTasks } from './scheduled-tasks';

/** A queue or a database that is away must not keep a worker from stopping. */
const CLOSE_TIMEOUT_MS = 5_000;
const FIRST_CONTACT_PAUSE_MS = 500;

export interface RunningWorker {
  /** Aborts running jobs, which go back to wait, and closes the queue connections. */
  stop(): Promise<void>;
}

/** Takes jobs off the queue, sweeps the rows that the queue forgot, and runs what the clock asks for. */
export async function startWorker(context: WorkerContext): Promise<RunningWorker> {
  const stopping = new AbortController();
  const { engine, worker } = await openWorker(context, stopping.signal);
  const scheduler = schedulerOf(context);
  const sweeping = sweepForever(context, scheduler, stopping.signal);
  return {
    async stop() {
      // First of all nothing new is taken, or this worker would take back what it gives up.
      const closed = worker.close();
      stopping.abort(new Error('the worker is stopping'));
      await sweeping;
      const ended = Promise.all([closed, scheduler.idle()]);
      await Promise.race([ended, delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
      await engine.close();
    },
  };
}

async function openWorker(context: WorkerContext, stop: AbortSignal) {
  const { config, logger } = context;
  for (;;) {
    const { queueUrl: url, connections, jobs } = config;
    const engine = openQueueEngine({ url, connections: connections.queue, logger, role: 'worker' });
    const worker = new engine.Worker(GENERATION_QUEUE, generationProcessor(context, stop), {
      connection: engine.connection,
      ...(engine.kind === 'redis' && { prefix: REDIS_PREFIX }),
      autorun: false,
      concurrency: jobs.concurrency,
      // The default of 1 fails jobs whose worker was killed twice; jobs that kill workers are stopped by the next line.
      maxStalledCount: 20,
      maxStartedAttempts: 5,
      runRetryDelay: 2_000,
      // A nudge that died with its worker is found again as soon as the row's own lease is over.
      lockDuration: jobs.leaseSeconds * 1000,
      stalledInterval: jobs.leaseSeconds * 1000,
    });
    worker.on('error', (error: Error) => logger.warn({ error }, 'the worker has a queue fault'));
    worker.on('failed', (_job: unknown, error: Error) =>
      logger.warn({ error }, 'a nudge could not be followed; the sweep will'),
    );
    try {
      // On PostgreSQL BullMQ remembers a failed first contact for ever, and its loop then spins without a pause.
      if (engine.kind === 'postgres') await worker.waitUntilReady();
      worker.run().catch((error: unknown) => logger.warn({ error }, 'the worker stopped taking jobs'));
      return { engine, worker };
    } catch (error) {
      logger.warn({ error }, 'the queue cannot be reached yet');
      await worker.close(true).catch(() => {});
      await engine.close();
      await delay(FIRST_CONTACT_PAUSE_MS, undefined, { signal: stop });
    }
  }
}

function schedulerOf(context: WorkerContext): Scheduler {
  const { clock, config, logger, metrics, tracing } = context;
  const { pool } = context.database;
  const { leaseSeconds } = config.jobs;
  const tasks = scheduledTasks(context);
  return new Scheduler({ pool, clock, logger, metrics, tracing, leaseSeconds, tasks });
}

async function sweepForever(
  { config, logger, jobs }: WorkerContext,
  scheduler: Scheduler,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    await Promise.all([jobs.sweep(), scheduler.sweep(stop)]).catch((error: unknown) =>
      logger.warn({ error }, 'the sweep failed; it runs again'),
    );
    await delay(config.jobs.sweepSeconds * 1000, undefined, { signal: stop }).catch(() => {});
  }
}
