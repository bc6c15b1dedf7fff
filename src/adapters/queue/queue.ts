import {
  createPostgresBackend,
  createRedisBackend,
  runMigrations,
  withBackend,
  type BackendClasses,
  type IQueueBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Logger } from '../../logger';
import { endPool } from '../database/end-pool';
import { withClient } from '../database/with-client';

type Classes = Pick<BackendClasses<IQueueBackend, unknown>, 'Queue' | 'Worker'>;

/** BullMQ's classes on the engine that QUEUE_URL names, with a connection of their own. */
export interface QueueEngine extends Classes {
  kind: 'redis' | 'postgres';
  connection: unknown;
  close(): Promise<void>;
}

const PRODUCER_TIMEOUT_MS = 2_000;
const POSTGRES_SCHEMA = 'bullmq';

export interface QueueEngineOptions {
  url: string;
  connections: number;
  logger: Logger;
  /** Producers give up at once when the engine is away; workers wait for it. */
  role: 'producer' | 'worker';
}

/** Opens the engine; nothing is sent yet. */
export function openQueueEngine({ url, connections, logger, role }: QueueEngineOptions): QueueEngine {
  const lost = (error: Error) => logger.warn({ error }, `the ${role}'s queue connection was lost`);
  const { protocol } = new URL(url);
  if (protocol === 'redis:' || protocol === 'rediss:') {
    const patience =
      role === 'worker'
        ? { maxRetriesPerRequest: null }
        : {
            maxRetriesPerRequest: 0,
            enableOfflineQueue: true,
            connectTimeout: PRODUCER_TIMEOUT_MS,
            commandTimeout: PRODUCER_TIMEOUT_MS,
          };
    const connection = new Redis(url, {
      ...patience,
      lazyConnect: false,
      retryStrategy: (n) => Math.min(100 * n, 1_000),
    });
    connection.on('error', lost);
    const classes = withBackend(createRedisBackend) as unknown as Classes;
    return { ...classes, kind: 'redis', connection, close: async () => connection.disconnect() };
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    keepAlive: true,
    // Without it a LISTEN connection that vanished silently is missed only after hours.
    keepAliveInitialDelayMillis: 10_000,
    options: `-c search_path=${POSTGRES_SCHEMA}`,
    application_name: `gyeongdan-queue-${role}`,
    ...(role === 'producer' && {
      connectionTimeoutMillis: PRODUCER_TIMEOUT_MS,
      query_timeout: PRODUCER_TIMEOUT_MS,
    }),
  });
  pool.on('error', lost);
  const classes = withBackend(createPostgresBackend) as unknown as Classes;
  return { ...classes, kind: 'postgres', connection: pool, close: () => endPool(pool) };
}

/** Creates BullMQ's tables where the queue lives in PostgreSQL; does nothing for Redis. */
export async function migrateQueue(url: string): Promise<void> {
  if (!url.startsWith('postgres')) return;
  await withClient({ connectionString: url, options: `-c search_path=${POSTGRES_SCHEMA}` }, runMigrations);
}
