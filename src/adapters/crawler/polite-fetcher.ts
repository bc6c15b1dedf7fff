import type { LookupFunction } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SafeFetcher, type SafeRequest } from '../http/safe-fetcher';
import { retryAfterOf } from '../http/status-error';
import { PATIENCE_MS, type HostTurns, type Turn } from '../rate-limiter/host-turns';
import { TryLater } from '../../errors';
import { RobotsGate } from './robots-gate';

export interface PoliteFetcherOptions {
  userAgent: string;
  trustedOrigins: ReadonlySet<string>;
  idleTimeoutMs: number;
  /** Of robots.txt, and of a page unless its request says otherwise. */
  totalTimeoutMs: number;
  lookup?: LookupFunction;
  /** Without them a site is asked at any time. */
  turns?: HostTurns | null;
  now: () => Date;
}

export type PoliteRequest<T> = Omit<SafeRequest<T>, 'beforeHop'> & {
  isUrgent: boolean;
  totalTimeoutMs?: number;
};

/** A host that is being visited. */
interface Visit {
  host: string;
  turn: Turn;
  /** To be left alone after each request. */
  restMs: number;
  /** As it asked us itself this time. */
  retryAfterMs: number;
}

const leave = async ({ turn, restMs, retryAfterMs }: Visit): Promise<void> =>
  turn.end(Math.max(restMs, retryAfterMs), restMs);

/** GET of pages that publishers offer to everybody: by robots.txt, and one at a time of each host, over all workers. */
export class PoliteFetcher {
  private readonly fetcher: SafeFetcher;
  private readonly robots: RobotsGate;

  constructor(private readonly options: PoliteFetcherOptions) {
    this.fetcher = new SafeFetcher(options);
    const { userAgent, totalTimeoutMs: timeoutMs } = options;
    this.robots = new RobotsGate({ fetcher: this.fetcher, userAgent, timeoutMs });
  }

  /**
   * Redirects are followed from host to host; each one's turn ends before the next one's begins.
   * @throws TryLater when a host is not to be asked now; what SafeFetcher throws; ROBOTS_DISALLOWED
   */
  async fetch<T>(start: URL, { isUrgent, totalTimeoutMs, ...request }: PoliteRequest<T>): Promise<T> {
    const { turns, totalTimeoutMs: usualMs, now } = this.options;
    if (!turns)
      return this.fetcher.fetch(start, {
        ...request,
        beforeHop: async (url) => void (await this.robots.assertAllowed(url)),
      });
    // robots.txt comes before the page, and the wait between them.
    const holdMs = (totalTimeoutMs ?? usualMs) + usualMs + PATIENCE_MS;
    const { signal } = request;
    let visit: Visit | undefined;
    try {
      return await this.fetcher.fetch(start, {
        ...request,
        beforeHop: async (url) => {
          if (visit?.host === url.host) await pause(Math.min(visit.restMs, PATIENCE_MS), signal);
          else {
            if (visit) await leave(visit);
            visit = undefined;
            const turn = await turns.take(url.host, { holdMs, isUrgent, signal });
            visit = { host: url.host, turn, restMs: turns.restMs, retryAfterMs: 0 };
          }
          await this.obeyRobots(url, visit, turns.restMs, signal);
        },
        read: (response) => {
          const seconds = [429, 503].includes(response.status) ? retryAfterOf(response, now()) : undefined;
          if (seconds !== undefined) visit!.retryAfterMs = seconds * 1000;
          return request.read(response);
        },
      });
    } finally {
      if (visit) await leave(visit);
    }
  }

  async close(): Promise<void> {
    await this.fetcher.close();
  }

  private async obeyRobots(url: URL, visit: Visit, leastMs: number, signal: AbortSignal): Promise<void> {
    try {
      const { wasAsked, crawlDelayMs } = await this.robots.assertAllowed(url);
      visit.restMs = Math.max(leastMs, crawlDelayMs);
      if (!wasAsked) return;
    } catch (error) {
      const { retryAfterSeconds = 0 } = error as { retryAfterSeconds?: number };
      visit.retryAfterMs = retryAfterSeconds * 1000;
      throw error;
    }
    // The page is the second request; the rules are known when it comes again.
    if (visit.restMs > PATIENCE_MS) throw new TryLater(visit.restMs);
    await pause(visit.restMs, signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
  signal.throwIfAborted();
}
