import { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { AppError } from '../../errors';
import type { Logger } from '../../logger';
import { REDIS_PREFIX } from '../queue/queue';

/** What is counted together: an address, an anonymous reader, a user, or the sign-ins of an address. */
export type LimitScope = 'address' | 'viewer' | 'user' | 'signIn';

const WINDOW_SECONDS = 60;
const REDIS_TIMEOUT_MS = 200;
/** Keys over their limit that are remembered. */
const MAX_REFUSED = 10_000;

export interface RateLimitOptions {
  /** Requests a minute; 0 switches a scope off. */
  limits: Record<LimitScope, number>;
  /** Where all gateways count together; null: each counts for itself. */
  redisUrl: string | null;
  logger: Logger;
  onLimited?: (scope: LimitScope) => void;
}

/** Fixed windows of a minute. While Redis is away each process counts for itself, and nobody is refused for that. */
export class RateLimits {
  private readonly limiters = new Map<LimitScope, RateLimiterAbstract>();
  private readonly redis: Redis | null;
  private readonly refused = new LRUCache<string, true>({ max: MAX_REFUSED });

  constructor(private readonly options: RateLimitOptions) {
    this.redis = options.redisUrl === null ? null : openRedis(options.redisUrl, options.logger);
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
      await limiter.consume(key, points);
    } catch (refusal) {
      // Anything else is a fault of the store, for which nobody is refused.
      if (!(refusal instanceof RateLimiterRes)) return;
      const milliseconds = Math.max(1, refusal.msBeforeNext);
      this.refused.set(`${scope}:${key}`, true, { ttl: milliseconds });
      throw this.limited(scope, milliseconds);
    }
  }

  close(): void {
    this.redis?.disconnect();
  }

  private limited(scope: LimitScope, milliseconds: number): AppError {
    this.options.onLimited?.(scope);
    return new AppError('RATE_LIMITED', { retryAfterSeconds: Math.ceil(milliseconds / 1000) });
  }

  private limiter(scope: LimitScope, points: number): RateLimiterAbstract {
    const keyPrefix = `${REDIS_PREFIX}:limit:${scope}`;
    // Keys expire after a minute: memory is bounded by the requests of one minute.
    const memory = new RateLimiterMemory({ keyPrefix, points, duration: WINDOW_SECONDS });
    if (!this.redis) return memory;
    return new RateLimiterRedis({
      storeClient: this.redis,
      keyPrefix,
      points,
      duration: WINDOW_SECONDS,
      insuranceLimiter: memory,
      rejectIfRedisNotReady: true,
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
