import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { SendOptions } from './app';
import { waitUntil } from './wait-until';

interface Event {
  data?: Record<string, Record<string, unknown>> | null;
  errors?: { message: string; extensions: { code: string; argument?: string } }[];
}

/** What one subscription has been told so far. */
export interface Watched {
  events: Event[];
  /** The errors that it was refused with. */
  refused: Event['errors'] | null;
  hasEnded: boolean;
  stop(): void;
  /** Waits for an event of which a field is so. */
  until(field: string, value: unknown): Promise<void>;
  /** Waits for the codes that it was refused with. */
  codes(): Promise<string[]>;
}

export interface LiveClient {
  /** Of each time that the socket closed. */
  closed: { code: number; reason: string }[];
  watch(query: string, variables?: Record<string, unknown>): Watched;
  /** Also when it has just been closed. */
  dispose(): Promise<void>;
}

/** A client of graphql-ws, as pages use it. */
export function liveClient(
  url: string | (() => string),
  { token, headers = {}, params = {} }: SendOptions & { params?: Record<string, unknown> } = {},
): LiveClient {
  const closed: LiveClient['closed'] = [];
  class Socket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { headers });
    }
  }
  const address = () => `${(typeof url === 'string' ? url : url()).replace(/^http/, 'ws')}/graphql`;
  const client = createClient({
    url: address,
    webSocketImpl: Socket,
    retryAttempts: 100,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 50)),
    connectionParams: { ...(token && { authorization: `Bearer ${token}` }), ...params },
    on: {
      closed: (event) => {
        const { code, reason } = event as { code: number; reason: string };
        closed.push({ code, reason });
      },
    },
  });
  return {
    closed,
    dispose: async () => Promise.resolve(client.dispose()).catch(() => {}),
    watch(query, variables = {}) {
      const watched: Watched = {
        events: [],
        refused: null,
        hasEnded: false,
        stop: () => stop(),
        until: async (field, value) => {
          const isSo = ({ data }: Event) => Object.values(data ?? {}).some((row) => row[field] === value);
          await waitUntil(`${field} is ${String(value)}`, () => watched.events.some(isSo));
        },
        codes: async () => {
          const errors = await waitUntil('it is refused', () => watched.refused);
          return errors.map(({ extensions }) => extensions.code);
        },
      };
      const stop = client.subscribe(
        { query, variables },
        {
          next: (event) => void watched.events.push(event as Event),
          error: (error) => {
            watched.hasEnded = true;
            if (Array.isArray(error)) watched.refused = error as Event['errors'];
          },
          complete: () => void (watched.hasEnded = true),
        },
      );
      return watched;
    },
  };
}

/** A socket that speaks for itself; what it is sent, and how it ended. */
export async function openRawSocket(url: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  const told: { type: string; id?: string; payload?: unknown }[] = [];
  let end: { code: number; reason: string } | undefined;
  socket.on('message', (data) => told.push(JSON.parse(String(data)) as (typeof told)[number]));
  socket.on('close', (code, reason) => (end = { code, reason: String(reason) }));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('error', () => {});
  return {
    socket,
    told,
    say: (message: object) => socket.send(JSON.stringify(message)),
    closed: () => waitUntil('the socket has closed', () => end),
    heard: (type: string) => waitUntil(`it is told ${type}`, () => told.find((one) => one.type === type)),
  };
}
