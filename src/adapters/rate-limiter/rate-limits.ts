import { LRUCache } from 'lru-cache';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError, type Localized } from '../../errors';
import type { Logger } from '../../logger';
import { REDIS_PREFIX } from '../queue/redis-prefix';
import { RedisWatch } from './redis-watch';

/**
 * What is counted together: an address, an anonymous reader, a user, the exports of a user, the sign-ins of an address, the sockets it opens,
 * what the costly operations of an address cost; of the anonymous readers of an address how many are new, their views of
 * one article, and all that is kept of their reading; the subscriptions to the newsletter that an address asks for, and
 * those of one mailbox.
 */
export type LimitScope =
  | 'address'
  | 'viewer'
  | 'user'
  | 'export'
  | 'signIn'
  | 'socket'
  | 'cost'
  | 'newViewer'
  | 'anonymousView'
  | 'anonymousReading'
  | 'subscription'
  | 'subscribedMailbox';

/** Costs are counted in short windows: a minute's worth at once would keep everybody waiting. */
const WINDOW_SECONDS: Record<LimitScope, number> = {
  address: 60,
  viewer: 60,
  user: 60,
  export: 60,
  signIn: 60,
  socket: 60,
  cost: 10,
  newViewer: 3_600,
  anonymousView: 3_600,
  anonymousReading: 3_600,
  subscription: 3_600,
  subscribedMailbox: 86_400,
};
/** Who sends a few large queries would look for many small ones. */
const TOO_HEAVY: Localized = {
  ko: '횟수가 아니라 무게 때문입니다. 한 주소에서 10초 동안 보낸 질의가 너무 무거우니, 항목이나 필드를 줄이거나 검색에서 totalCount를 빼 주세요.',
  en: 'It is the weight of the queries, not their number: one address asked for too much in ten seconds. Ask for fewer items or fields, or search without totalCount.',
};
/** Keys of a scope that a process counts by itself. Beyond them it forgets who came longest ago, not what others count. */
const MAX_KEYS = 20_000;
/** Keys over their limit that are remembered. */
const MAX_REFUSED = 10_000;

export interface RateLimitOptions {
  /** How many in a window; 0 or none switches a scope off. */
  limits: Partial<Record<LimitScope, number>>;
  /** Where all gateways count together; null: each counts for itself. */
  redisUrl: string | null;
  logger: Logger;
  onLimited?: (scope: LimitScope) => void;
}

interface Limiter {
  points: number;
  /** What was taken in a window that began with the first of it. */
  own: LRUCache<string, number>;
  shared: RateLimiterRedis | null;
}

/** Fixed windows. While Redis is away each process counts for itself, and nobody is refused for that. */
export class RateLimits {
  private readonly limiters = new Map<LimitScope, Limiter>();
  private readonly redis: RedisWatch | null;
  private readonly refused = new LRUCache<string, true>({ max: MAX_REFUSED });

  constructor(private readonly options: RateLimitOptions) {
    this.redis = options.redisUrl === null ? null : new RedisWatch(options.redisUrl, options.logger);
    for (const [scope, points] of Object.entries(options.limits) as [LimitScope, number][])
      if (points > 0) this.limiters.set(scope, this.limiter(scope, points));
  }

  /** RATE_LIMITED for a key that is known to be over its limit: nothing is counted, and nobody asked. */
  refusal(scope: LimitScope, key: string): AppError | null {
    const milliseconds = this.refused.getRemainingTTL(`${scope}:${key}`);
    return milliseconds > 0 ? this.limited(scope, milliseconds) : null;
  }

  /**
   * Counts one request, or `points` of them.
   * @throws AppError RATE_LIMITED that says after how many seconds to come back
   */
  async take(scope: LimitScope, key: string, points = 1): Promise<void> {
    const limiter = this.limiters.get(scope);
    if (!limiter) return;
    const known = this.refusal(scope, key);
    if (known) throw known;
    try {
      await this.consume(limiter, key, points);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const milliseconds = Math.max(1, refusal.msBeforeNext);
      this.refused.set(`${scope}:${key}`, true, { ttl: milliseconds });
      throw this.limited(scope, milliseconds);
    }
  }

  /** The same for what is not refused but left out: whether it is within the limit. */
  async allows(scope: LimitScope, key: string, points = 1): Promise<boolean> {
    try {
      await this.take(scope, key, points);
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }

  close(): void {
    this.redis?.close();
  }

  private limited(scope: LimitScope, milliseconds: number): AppError {
    this.options.onLimited?.(scope);
    return new AppError('RATE_LIMITED', {
      retryAfterSeconds: Math.ceil(milliseconds / 1000),
      ...(scope === 'cost' && { detail: TOO_HEAVY }),
    });
  }

  private async consume({ points: most, own, shared }: Limiter, key: string, points: number): Promise<void> {
    if (shared && this.redis?.well) {
      try {
        await shared.consume(key, points);
        return;
      } catch (error) {
        if (error instanceof RateLimiterRes) throw error;
        // A fault of the store, for which nobody is refused.
        this.redis.failed(error);
      }
    }
    const taken = (own.get(key) ?? 0) + points;
    own.set(key, taken);
    if (taken > most) throw new RateLimiterRes(0, own.getRemainingTTL(key));
  }

  private limiter(scope: LimitScope, points: number): Limiter {
    const options = { keyPrefix: `${REDIS_PREFIX}:limit:${scope}`, points, duration: WINDOW_SECONDS[scope] };
    const own = new LRUCache<string, number>({
      max: MAX_KEYS,
      ttl: options.duration * 1000,
      noUpdateTTL: true,
    });
    if (!this.redis) return { points, own, shared: null };
    return { points, own, shared: new RateLimiterRedis({ ...options, storeClient: this.redis.client }) };
  }
}
