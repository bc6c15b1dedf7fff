import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../errors';
import type { Logger } from '../../logger';
import { REDIS_PREFIX } from '../queue/queue';
import { RedisWatch } from './redis-watch';

/**
 * What is counted together: an address, an anonymous reader, a user, the sign-ins of an address, or what the costly
 * operations of an address cost.
 */
export type LimitScope = 'address' | 'viewer' | 'user' | 'signIn' | 'cost';

/** Costs are counted in short windows: a minute's worth at once would keep everybody waiting. */
const WINDOW_SECONDS: Record<LimitScope, number> = {
  address: 60,
  viewer: 60,
  user: 60,
  signIn: 60,
  cost: 10,
};

export interface RateLimitOptions {
  /** Requests a minute, of `cost` points in ten seconds; 0 switches a scope off. */
  limits: Record<LimitScope, number>;
  /** Where all gateways count together; null: each counts for itself. */
  redisUrl: string | null;
  logger: Logger;
  onLimited?: (scope: LimitScope) => void;
}

interface Limiter {
  own: RateLimiterMemory;
  shared: RateLimiterRedis | null;
}

/** Fixed windows. While Redis is away each process counts for itself, and nobody is refused for that. */
export class RateLimits {
  private readonly limiters = new Map<LimitScope, Limiter>();
  private readonly redis: RedisWatch | null;

  constructor(private readonly options: RateLimitOptions) {
    this.redis = options.redisUrl === null ? null : new RedisWatch(options.redisUrl, options.logger);
    for (const [scope, points] of Object.entries(options.limits) as [LimitScope, number][])
      if (points > 0) this.limiters.set(scope, this.limiter(scope, points));
  }

  /**
   * Counts one request, or `points` of them.
   * @throws AppError RATE_LIMITED that says after how many seconds to come back
   */
  async take(scope: LimitScope, key: string, points = 1): Promise<void> {
    const limiter = this.limiters.get(scope);
    if (!limiter) return;
    try {
      await this.consume(limiter, key, points);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      this.options.onLimited?.(scope);
      const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new AppError('RATE_LIMITED', { retryAfterSeconds });
    }
  }

  close(): void {
    this.redis?.close();
  }

  private async consume({ own, shared }: Limiter, key: string, points: number): Promise<void> {
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
    await own.consume(key, points);
  }

  private limiter(scope: LimitScope, points: number): Limiter {
    const options = { keyPrefix: `${REDIS_PREFIX}:limit:${scope}`, points, duration: WINDOW_SECONDS[scope] };
    // Keys expire with their window: memory is bounded by the requests of one minute.
    const own = new RateLimiterMemory(options);
    if (!this.redis) return { own, shared: null };
    // Redis is not asked again about a key that is over its limit.
    const shared = new RateLimiterRedis({
      ...options, storeClient: this.redis.client, inMemoryBlockOnConsumed: points + 1,
    }); // prettier-ignore
    return { own, shared };
  }
}
