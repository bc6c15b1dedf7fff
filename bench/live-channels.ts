import { createPostgresRelayBackend, Relay } from 'bullmq';
import { LiveListener } from '../src/adapters/live/live-listener';
import { openQueueEngine } from '../src/adapters/queue/queue';
import { createLogger } from '../src/logger';

export type ChannelName = 'pg_notify' | 'Relay';

export interface Teller {
  /** Called when the change of a job is committed. */
  tell(id: string): Promise<void>;
  close(): Promise<void>;
}

/** A way to tell gateways which job has changed, through the server at a URL. */
export interface Channel {
  teller(url: string): Teller;
  /** Resolves when no later change is missed. */
  hear(url: string, onChange: (id: string) => void): Promise<void>;
}

const logger = createLogger({ level: 'error', pretty: false });

export const CHANNELS: Record<ChannelName, Channel> = {
  /** The one that we use: the trigger of the row tells it, at commit. */
  pg_notify: {
    teller: () => ({ tell: async () => {}, close: async () => {} }),
    async hear(url, onChange) {
      const listener = new LiveListener({ url, logger });
      listener.add({ changed: ({ id }) => onChange(id), missed: () => {} });
      await listener.ready();
    },
  },
  /** BullMQ's. */
  Relay: {
    teller(url) {
      const { node, close } = openRelay(url);
      return { close, tell: async (id) => void (await node.publish(`job.${id}`, { id })) };
    },
    async hear(url, onChange) {
      await openRelay(url).node.subscribe<{ id: string }>('job.*', ({ data }) => onChange(data.id));
    },
  },
};

function openRelay(url: string) {
  const engine = openQueueEngine({ url, connections: 3, logger, role: 'worker' });
  const node = new Relay({
    connection: engine.connection as never,
    namespace: 'bench',
    ...(engine.kind === 'postgres' && { backend: createPostgresRelayBackend as never }),
  });
  node.on('error', () => {});
  const close = async () => {
    await node.close();
    await engine.close();
  };
  return { node, close };
}
