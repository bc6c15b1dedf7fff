import { LRUCache } from 'lru-cache';
import type { RateLimits } from '../../adapters/rate-limiter/rate-limits';
import type { Reader } from './reader';

const REMEMBERED_VIEWS = 50_000;
const REMEMBERED_MS = 3_600_000;

/** Bounds what the anonymous readers of one address put into counts and training; the rest is left out, not refused. */
export class AnonymousWeight {
  /** Views that are kept already: telling their dwell time again weighs nothing. */
  private readonly kept = new LRUCache<string, true>({ max: REMEMBERED_VIEWS, ttl: REMEMBERED_MS });

  constructor(private readonly limits: Pick<RateLimits, 'allows'>) {}

  /** Whether a view of an article is to be kept and counted. */
  async allowsView({ id, userId, address }: Reader, articleId: string): Promise<boolean> {
    const pair = `${id} ${articleId}`;
    if (userId !== null || this.kept.has(pair)) return true;
    // In this order: an address has no more keys of made-up articles than it may have views.
    const allowed =
      (await this.limits.allows('anonymousReading', address)) &&
      (await this.limits.allows('anonymousView', `${address} ${articleId}`));
    if (allowed) this.kept.set(pair, true);
    return allowed;
  }

  /** Whether so many impressions are to be kept. */
  async allowsImpressions({ userId, address }: Reader, count: number): Promise<boolean> {
    return userId !== null || this.limits.allows('anonymousReading', address, count);
  }
}
