import type { Queue } from 'bullmq';
import { openQueueEngine } from '../../src/adapters/queue/queue';
import { REDIS_PREFIX } from '../../src/adapters/queue/redis-prefix';
import type { QueueName } from '../../src/domain/jobs/kinds';
import type { Logger } from '../../src/logger';

export interface OpenQueue {
  /** Whether an entry waits or runs. */
  holds(id: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Looks into one queue over a connection of its own. */
export function openQueue(name: QueueName, url: string, logger: Logger): OpenQueue {
  const engine = openQueueEngine({ url, connections: 2, logger, role: 'producer' });
  const queue = new engine.Queue(name, {
    connection: engine.connection,
    ...(engine.kind === 'redis' && { prefix: REDIS_PREFIX }),
  }) as unknown as Queue;
  return {
    holds: async (id) => !['unknown', 'completed', 'failed'].includes(await queue.getJobState(id)),
    async close() {
      await queue.close();
      await engine.close();
    },
  };
}
