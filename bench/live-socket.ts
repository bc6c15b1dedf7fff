import { inspect } from 'node:util';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface LiveSocket {
  /** Resolves with its first event, or when it is refused; `onRow` is told the field of each, and how to end it. */
  watch<Row>(
    query: string,
    variables: Record<string, unknown>,
    onRow: (row: Row, stop: () => void) => void,
  ): Promise<void>;
  /** How often it was opened. */
  openings(): number;
  /** Takes nothing any more, not even pings. */
  stopReading(): void;
  close(): Promise<void>;
}

/** A page's socket, as docs/clients.md tells pages to open it. Refused subscriptions are told to `onFault`. */
export function openLiveSocket(url: string, token: string, onFault: (fault: unknown) => void): LiveSocket {
  let latest: WebSocket | undefined;
  let openings = 0;
  const keep = (socket: WebSocket) => (latest = socket.once('open', () => (openings += 1)));
  class Socket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols);
      keep(this);
    }
  }
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: Socket,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  return {
    watch: (query, variables, onRow) =>
      new Promise((resolve) => {
        const next = ({ data, errors }: { data?: unknown; errors?: unknown }) => {
          if (errors) onFault(errors);
          if (data) onRow(Object.values(data)[0] as never, () => stop());
          resolve();
        };
        const error = (fault: unknown) => {
          onFault(fault);
          resolve();
        };
        const stop = client.subscribe({ query, variables }, { next, error, complete: () => {} });
      }),
    openings: () => openings,
    stopReading: () => latest?.pause(),
    async close() {
      await Promise.resolve(client.dispose()).catch(() => {});
      latest?.terminate();
    },
  };
}

/** The first few, to be printed. */
export function linesOf(faults: readonly unknown[]): string[] {
  return faults.slice(0, 5).map((fault) => `failed: ${inspect(fault)}`);
}
