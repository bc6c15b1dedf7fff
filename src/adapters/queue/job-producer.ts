import type { Queue } from 'bullmq';
import type { Logger } from '../../logger';
import { openQueueEngine, REDIS_PREFIX } from './queue';

export interface QueuedJob {
  id: string;
  payload: object;
  delayMs?: number;
}

interface Opened {
  queue: Queue;
  close(): Promise<void>;
}

/** How long a nudge may take: the row is the truth, so a mutation never waits for the queue. */
const NUDGE_TIMEOUT_MS = 500;
/** Ids fit easily; texts and tokens do not belong here. */
const MAX_PAYLOAD_BYTES = 1_000;
// Finished entries only serve to answer "was this id seen?"; the rows are the history.
const KEEP_FINISHED = { age: 60 };

/** Adds jobs to one queue over a connection of its own that gives up quickly. */
export class JobProducer {
  private opening: Promise<Opened> | null = null;

  constructor(private readonly options: { url: string; queueName: string; logger: Logger }) {}

  /**
   * Returns whether the queue took it in time; a failure is logged, never thrown: the row will be swept.
   * Throws RangeError for a payload that is too large for ids.
   */
  async add({ id, payload, delayMs }: QueuedJob): Promise<boolean> {
    const { logger, queueName } = this.options;
    const bytes = Buffer.byteLength(JSON.stringify(payload));
    if (bytes > MAX_PAYLOAD_BYTES) throw new RangeError(`the payload of ${id} has ${bytes} bytes`);
    try {
      await withinNudgeTime(async () => {
        const { queue } = await this.open();
        await queue.add(queueName, payload, { jobId: id, ...(delayMs !== undefined && { delay: delayMs }) });
      });
      return true;
    } catch (error) {
      logger.warn({ error, queueJobId: id }, 'the queue was not told; the sweep will');
      return false;
    }
  }

  /** Whether the queue still has this job before it, so that adding another would be a duplicate. */
  async isPending(id: string): Promise<boolean> {
    const state = await withinNudgeTime(async () => (await this.open()).queue.getJobState(id));
    return state !== 'unknown' && state !== 'completed' && state !== 'failed';
  }

  async close(): Promise<void> {
    await withinNudgeTime(async () => (await this.opening)?.close()).catch(() => {});
  }

  /** BullMQ remembers a failed first contact for ever, so a queue that was not reached is thrown away. */
  private open(): Promise<Opened> {
    if (this.opening) return this.opening;
    const opening = this.connect();
    this.opening = opening;
    opening.catch(() => {
      if (this.opening === opening) this.opening = null;
    });
    return opening;
  }

  private async connect(): Promise<Opened> {
    const { url, queueName, logger } = this.options;
    const engine = openQueueEngine({ url, connections: 2, logger, role: 'producer' });
    const queue = new engine.Queue(queueName, {
      connection: engine.connection,
      ...(engine.kind === 'redis' && { prefix: REDIS_PREFIX }),
      defaultJobOptions: {
        attempts: 1,
        removeOnComplete: KEEP_FINISHED,
        removeOnFail: KEEP_FINISHED,
      },
    }) as unknown as Queue;
    queue.on('error', (error) => logger.warn({ error }, 'the queue has a fault'));
    const close = async () => {
      await queue.close().catch(() => {});
      await engine.close();
    };
    try {
      await queue.waitUntilReady();
      return { queue, close };
    } catch (error) {
      void close();
      throw error;
    }
  }
}

async function withinNudgeTime<T>(work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the queue did not answer in time')), NUDGE_TIMEOUT_MS);
  });
  const working = work();
  working.catch(() => {});
  try {
    return await Promise.race([working, late]);
  } finally {
    clearTimeout(timer);
  }
}
