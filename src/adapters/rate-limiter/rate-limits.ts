import { Redis } from 'ioredis';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { AppError } from '../../errors';
import type { Logger } from '../../logger';
import { REDIS_PREFIX } from '../queue/queue';

/**
 * What is counted together: an address, an anonymous reader, a user, the sign-ins of an address; of the anonymous readers of
 * an address how many are new, their views of one article, and all that is kept of their reading.
 */
export type LimitScope =
  'address' | 'viewer' | 'user' | 'signIn' | 'newViewer' | 'anonymousView' | 'anonymousReading';

const WINDOW_SECONDS: Record<LimitScope, number> = {
  address: 60,
  viewer: 60,
  user: 60,
  signIn: 60,
  newViewer: 3_600,
  anonymousView: 3_600,
  anonymousReading: 3_600,
};
const REDIS_TIMEOUT_MS = 200;

export interface RateLimitOptions {
  /** How many in a window; 0 switches a scope off. */
  limits: Record<LimitScope, number>;
  /** Where all gateways count together; null: each counts for itself. */
  redisUrl: string | null;
  logger: Logger;
  onLimited?: (scope: LimitScope) => void;
}

/** Fixed windows. While Redis is away each process counts for itself, and nobody is refused for that. */
export class RateLimits {
  private readonly limiters = new Map<LimitScope, RateLimiterAbstract>();
  private readonly redis: Redis | null;

  constructor(private readonly options: RateLimitOptions) {
    this.redis = options.redisUrl === null ? null : openRedis(options.redisUrl, options.logger);
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
      await limiter.consume(key, points);
    } catch (refusal) {
      // Anything else is a fault of the store, for which nobody is refused.
      if (!(refusal instanceof RateLimiterRes)) return;
      this.options.onLimited?.(scope);
      const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new AppError('RATE_LIMITED', { retryAfterSeconds });
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
    this.redis?.disconnect();
  }

  private limiter(scope: LimitScope, points: number): RateLimiterAbstract {
    const keyPrefix = `${REDIS_PREFIX}:limit:${scope}`;
    const duration = WINDOW_SECONDS[scope];
    // Keys expire with their window: memory is bounded by the requests of one.
    const memory = new RateLimiterMemory({ keyPrefix, points, duration });
    if (!this.redis) return memory;
    return new RateLimiterRedis({
      storeClient: this.redis,
      keyPrefix,
      points,
      duration,
      insuranceLimiter: memory,
      rejectIfRedisNotReady: true,
      // Redis is not asked again about a key that is over its limit.
      inMemoryBlockOnConsumed: points + 1,
    });
  }
}

/** A connection of its own that fails fast, so that a Redis that is away costs a request no time. */
function openRedis(url: string, logger: Logger): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: REDIS_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  });
  let told = false;
  redis.on('error', (error: Error) => {
    if (!told) logger.warn({ error }, 'Redis is away: every gateway limits for itself');
    told = true;
  });
  redis.on('ready', () => (told = false));
  return redis;
}
