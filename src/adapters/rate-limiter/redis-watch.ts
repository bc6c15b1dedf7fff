import { Redis } from 'ioredis';
import type { Logger } from '../../logger';

/** How long one command may take, and so what the first request pays for a Redis that has stopped to answer. */
const REDIS_TIMEOUT_MS = 200;
const PROBE_EVERY_MS = 1_000;

/**
 * A connection of its own that fails fast. After one failure Redis is not `well`, and nobody asks it, until it has answered a
 * probe: one that is frozen or slow costs a request time once, not each.
 */
export class RedisWatch {
  readonly client: Redis;
  private probing: NodeJS.Timeout | null = null;

  constructor(
    url: string,
    private readonly logger: Logger,
  ) {
    this.client = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 2_000,
      commandTimeout: REDIS_TIMEOUT_MS,
      retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
    });
    this.client.on('error', (error: Error) => this.failed(error));
  }

  get well(): boolean {
    return this.probing === null && this.client.status === 'ready';
  }

  /** To be told of a command that failed. */
  failed(error: unknown): void {
    if (this.probing) return;
    this.logger.warn({ error }, 'Redis is away: every gateway limits for itself');
    this.probing = setInterval(() => void this.probe(), PROBE_EVERY_MS).unref();
    void this.probe();
  }

  close(): void {
    if (this.probing) clearInterval(this.probing);
    this.client.disconnect();
  }

  private async probe(): Promise<void> {
    const answered = await this.client.ping().then(
      () => true,
      () => false,
    );
    if (!answered || !this.probing) return;
    clearInterval(this.probing);
    this.probing = null;
  }
}
