import type { Queue } from 'bullmq';
import type { Logger } from '../../logger';
import { withinDeadline } from '../http/deadline';
import type * as queueEngines from './queue';
import { REDIS_PREFIX } from './redis-prefix';

export interface QueuedJob {
  id: string;
  payload: object;
  delayMs?: number;
}

/** How long a nudge may take: the row is the truth, so a mutation never waits for the queue. */
const NUDGE_TIMEOUT_MS = 500;
/** Ids fit easily; texts and tokens do not belong here. */
const MAX_PAYLOAD_BYTES = 1_000;

/** Adds jobs to queues over a connection of its own that gives up quickly. */
export class JobProducer {
  private engine: queueEngines.QueueEngine | null = null;
  private opening = new Map<string, Promise<Queue>>();

  constructor(private readonly options: { url: string; logger: Logger }) {}

  /**
   * Returns whether the queue took them in time; ids that it still has are ignored. A failure is logged, never thrown:
   * the rows will be swept. Throws RangeError for a payload that is too large for ids.
   */
  async add(queueName: string, ...jobs: QueuedJob[]): Promise<boolean> {
    for (const { id, payload } of jobs) {
      const bytes = Buffer.byteLength(JSON.stringify(payload));
      if (bytes > MAX_PAYLOAD_BYTES) throw new RangeError(`the payload of ${id} has ${bytes} bytes`);
    }
    const entries = jobs.map(({ id, payload, delayMs }) => ({
      name: queueName,
      data: payload,
      opts: { jobId: id, ...(delayMs !== undefined && { delay: delayMs }) },
    }));
    try {
      loadEngines();
      await withinNudgeTime(async () => {
        const queue = await this.open(queueName);
        const [first] = entries;
        // On PostgreSQL a batch makes temporary tables: not for one.
        if (entries.length === 1) await queue.add(first!.name, first!.data, first!.opts);
        else await queue.addBulk(entries);
      });
      return true;
    } catch (error) {
      const [first] = jobs;
      this.options.logger.warn(
        { error, queueJobId: first?.id, count: jobs.length },
        'the queue was not told; the sweep will',
      );
      return false;
    }
  }

  async close(): Promise<void> {
    const { engine, opening } = this;
    this.engine = null;
    this.opening = new Map();
    const close = async () => {
      for (const queue of opening.values()) await (await queue).close();
    };
    await withinNudgeTime(close).catch(() => {});
    await withinNudgeTime(async () => engine?.close()).catch(() => {});
  }

  open(name: string): Promise<Queue> {
    const known = this.opening.get(name);
    if (known) return known;
    const opening = this.connect(name);
    this.opening.set(name, opening);
    // BullMQ remembers a failed first contact for ever: everything begins anew.
    opening.catch(() => this.opening.get(name) === opening && void this.close());
    return opening;
  }

  private async connect(name: string): Promise<Queue> {
    const { url, logger } = this.options;
    const { openQueueEngine } = loadEngines();
    this.engine ??= openQueueEngine({ url, connections: 2, logger, role: 'producer' });
    const queue = new this.engine.Queue(name, {
      connection: this.engine.connection,
      ...(this.engine.kind === 'redis' && { prefix: REDIS_PREFIX }),
      // BullMQ ignores an id that it still has, so finished entries must go; the rows are the history.
      defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    }) as unknown as Queue;
    queue.on('error', (error) => logger.warn({ error }, 'the queue has a fault'));
    try {
      await queue.waitUntilReady();
      return queue;
    } catch (error) {
      void queue.close().catch(() => {});
      throw error;
    }
  }
}

/** BullMQ is a quarter of what a gateway would load at its start, and most of what it answers needs no queue. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- import() of a relative path needs an extension that jest does not know.
const loadEngines = () => require('./queue') as typeof queueEngines;

function withinNudgeTime<T>(work: () => Promise<T>): Promise<T> {
  const late = () => new Error('the queue did not answer in time');
  return withinDeadline({ timeoutMs: NUDGE_TIMEOUT_MS, late }, work);
}
