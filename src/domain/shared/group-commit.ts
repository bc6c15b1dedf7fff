import { isDatabaseOutage } from '../../adapters/database/database-errors';
import { AppError } from '../../errors';

export interface GroupCommitOptions<T, R> {
  /** Writes a batch at once; gives each item its result, or the error that is its own. Throws when nothing was written. */
  write: (batch: T[]) => Promise<(R | AppError)[]>;
  maxBatch: number;
  maxWaiting: number;
}

interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Writes one batch at a time: what arrives meanwhile waits and is the next batch. A lone item is written at once, a
 * crowd costs a few statements, and nobody is answered before the commit.
 */
export class GroupCommit<T, R> {
  private waiting: Waiting<T, R>[] = [];
  private writing: Promise<void> | null = null;

  constructor(private readonly options: GroupCommitOptions<T, R>) {}

  /** The item's result, once it is committed. Throws UPSTREAM_UNAVAILABLE when too many wait already. */
  add(item: T): Promise<R> {
    if (this.waiting.length >= this.options.maxWaiting)
      return Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', { retryAfterSeconds: 1 }));
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.writing ??= this.writeAll();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.writing) await this.writing;
  }

  private async writeAll(): Promise<void> {
    // What arrives in the same turn of the event loop belongs to the same batch.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.writeBatch(this.waiting.splice(0, this.options.maxBatch));
    this.writing = null;
  }

  private async writeBatch(batch: Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.options.write(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, index) => {
        const result = results[index]!;
        if (result instanceof AppError) reject(result);
        else resolve(result);
      });
    } catch (error) {
      if (batch.length === 1 || isDatabaseOutage(error)) for (const { reject } of batch) reject(error);
      else await this.writeHalves(batch);
    }
  }

  /** Only the item that cannot be written fails, not those that happened to come with it. */
  private async writeHalves(batch: Waiting<T, R>[]): Promise<void> {
    const middle = Math.ceil(batch.length / 2);
    await this.writeBatch(batch.slice(0, middle));
    await this.writeBatch(batch.slice(middle));
  }
}
