import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { z } from 'zod';
import type { Logger } from '../../logger';
import { withClient } from '../database/with-client';

/** A row that is another one now; whoever shows it reads it again. The version is the microsecond, by the database's clock. */
const liveEvent = z.object({ topic: z.string(), id: z.string(), version: z.number() });
export type LiveEvent = z.infer<typeof liveEvent>;

export interface LiveHearer {
  changed(event: LiveEvent): void;
  /** Changes may have been missed, of any row. */
  missed(): void;
}

/** Where the triggers of the migration `live_updates` tell, at commit, what their transaction changed. */
export const LIVE_CHANNEL = 'gyeongdan_live';

/** A connection that vanished silently is noticed within this and the timeout of a statement. */
const PROBE_MS = 5_000;
const TIMEOUT_MS = 2_000;
const RECONNECT_MS = 250;

export interface LiveListenerOptions {
  url: string;
  logger: Logger;
  /** Told of each event how long it was under way, in seconds. */
  onDelay?: (seconds: number) => void;
}

/** Hears what any process changed, over one connection of its own, which is made anew whenever it is lost. */
export class LiveListener {
  private readonly hearers = new Set<LiveHearer>();
  private readonly closed = new AbortController();
  private running: Promise<void> | null = null;
  private readonly connections = new EventEmitter().setMaxListeners(0);
  private listening = false;

  constructor(private readonly options: LiveListenerOptions) {}

  /** False while changes may be missed. A connection that vanished silently counts as one until that is noticed. */
  get isListening(): boolean {
    return this.listening;
  }

  add(hearer: LiveHearer): void {
    this.hearers.add(hearer);
  }

  /** Connects, unless that was done. */
  start(): void {
    this.running ??= this.run();
  }

  /** The same; resolves once no later change is missed, at the latest after two seconds. */
  async ready(): Promise<void> {
    this.start();
    const patience = AbortSignal.timeout(TIMEOUT_MS);
    if (!this.listening) await once(this.connections, 'listening', { signal: patience }).catch(() => {});
  }

  async close(): Promise<void> {
    this.closed.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.closed;
    while (!signal.aborted) {
      try {
        await withClient(this.connection(), (client) => this.listen(client));
      } catch (error) {
        if (!signal.aborted) this.options.logger.warn({ error }, 'live updates wait for the database');
      }
      await delay(RECONNECT_MS, undefined, { signal }).catch(() => {});
    }
  }

  private async listen(client: pg.Client): Promise<void> {
    const { signal } = this.closed;
    const lost = new Promise<void>((resolve) => client.once('end', resolve).once('error', () => resolve()));
    client.on('notification', ({ payload }) => this.hear(payload));
    await client.query(`LISTEN ${LIVE_CHANNEL}`);
    this.listening = true;
    for (const hearer of this.hearers) hearer.missed();
    this.connections.emit('listening');
    try {
      while (!signal.aborted) {
        await Promise.race([lost, delay(PROBE_MS, undefined, { signal }).catch(() => {})]);
        if (!signal.aborted) await client.query('SELECT 1');
      }
    } finally {
      this.listening = false;
    }
  }

  private hear(payload: string | undefined): void {
    const event = eventOf(payload);
    if (!event) return;
    this.options.onDelay?.(Math.max(0, Date.now() / 1_000 - event.version / 1_000_000));
    for (const hearer of this.hearers) hearer.changed(event);
  }

  private connection(): pg.ClientConfig {
    return {
      connectionString: this.options.url,
      application_name: 'gyeongdan-live',
      keepAlive: true,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
    };
  }
}

/** Anybody who may sign in to the database may notify the channel. */
function eventOf(payload = ''): LiveEvent | null {
  try {
    return liveEvent.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
