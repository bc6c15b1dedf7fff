import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Kept } from '../../src/domain/recommendation/recommendation.service';

export interface ServerSettings {
  databaseUrl: string;
  /** PEM of the key that signed the reader's token. */
  signingKey: string;
  issuer: string;
  /** Requests a minute that one address may send; a million by default. */
  perAddress?: number;
  /** Whose X-Forwarded-For is believed. */
  trustedProxies?: string;
  /** Count SQL statements; costs a little, so not while CPU is measured. */
  countStatements?: boolean;
  /** UNIX time in milliseconds at which our clock stands still. */
  frozenAt?: number;
  /** What recommendations keep of a reader; everything by default. */
  keep?: Kept;
  /** One address reads for many anonymous readers: what those of an address may weigh is not bounded. */
  manyReaders?: boolean;
  /** What the bare server is to send. */
  recommended?: { id: string; score: number; reason: string }[];
}

/** What a server under test tells about itself. */
export interface Usage {
  /** CPU microseconds of the whole process since it started. */
  cpu: number;
  statements: number;
  /** Megabytes of the process, and those of JavaScript in use. */
  memory: { resident: number; heap: number };
}

export interface ServerUnderTest {
  url: string;
  statements?: () => number;
}

/** The child's side of `startServer`: starts on the first message, answers every further one with its usage. */
export function runChild(start: (settings: ServerSettings) => Promise<ServerUnderTest>): void {
  process.once('message', async (settings: ServerSettings) => {
    const { url, statements } = await start(settings);
    process.on('message', () => {
      const { user, system } = process.cpuUsage();
      // There with --expose-gc: what nobody holds any more counts for nothing.
      globalThis.gc?.();
      const { rss, heapUsed } = process.memoryUsage();
      const memory = { resident: rss / 2 ** 20, heap: heapUsed / 2 ** 20 };
      process.send!({ cpu: user + system, statements: statements?.() ?? 0, memory } satisfies Usage);
    });
    process.send!({ url });
  });
  process.once('disconnect', () => process.exit());
}

/** Listens on a free port of the loopback interface. */
export async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
