import { createPostgresRelayBackend, Relay } from 'bullmq';
import type { Pool } from 'pg';
import { LiveListener } from '../src/adapters/live/live-listener';
import { openQueueEngine } from '../src/adapters/queue/queue';
import { createLogger } from '../src/logger';

/** A way to tell gateways which job has changed. */
export interface Channel {
  name: string;
  /** Resolves when the change is committed and, where that is a second step, told. */
  change(id: string, progress: number): Promise<void>;
  /** Begins to hear; resolves to what ends it. */
  hear(onChange: (id: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const logger = createLogger({ level: 'error', pretty: false });

const update = async (pool: Pool, id: string, progress: number) =>
  void (await pool.query({
    name: 'bench-change',
    text: 'UPDATE "GenerationJob" SET progress = $2 WHERE id = $1',
    values: [id, progress],
  }));

/** Ours: the trigger of the row tells it, at commit. */
export function notifications(pool: Pool, url: string): Channel {
  return {
    name: 'pg_notify',
    change: (id, progress) => update(pool, id, progress),
    async hear(onChange) {
      const listener = new LiveListener({ url, logger });
      listener.add({ changed: ({ id }) => onChange(id), missed: () => {} });
      await listener.ready();
      return () => listener.close();
    },
    close: async () => {},
  };
}

/** BullMQ's Relay, told after the commit. */
export function relay(pool: Pool, url: string): Channel {
  const isPostgres = url.startsWith('postgres');
  const open = () => {
    const engine = openQueueEngine({ url, connections: 3, logger, role: 'worker' });
    const node = new Relay({
      connection: engine.connection as never,
      namespace: 'bench',
      ...(isPostgres && { backend: createPostgresRelayBackend as never }),
    });
    node.on('error', () => {});
    const close = async () => {
      await node.close();
      await engine.close();
    };
    return { node, close };
  };
  const publisher = open();
  return {
    name: `Relay on ${isPostgres ? 'PostgreSQL' : 'Redis'}`,
    async change(id, progress) {
      await update(pool, id, progress);
      await publisher.node.publish(`job.${id}`, { id });
    },
    async hear(onChange) {
      const { node, close } = open();
      await node.subscribe<{ id: string }>('job.*', ({ data }) => onChange(data.id));
      return close;
    },
    close: () => publisher.close(),
  };
}
