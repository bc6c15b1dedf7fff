import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseOutage } from '../database/database-errors';

/**
 * The ids to begin with, in their order: null at the start, afterwards those that may have changed since a time. It is a
 * minute early: transactions that were open then are among them.
 */
export type Beginning = (since: Date | null) => Promise<readonly string[]> | readonly string[];

export interface LiveUpdatesOptions<T> {
  beginning: Beginning;
  /** Resolves when no later change is missed. */
  ready(): Promise<void>;
  /** Null for a row that is gone. */
  read(id: string): Promise<T | null>;
  /** Other rows are left out. */
  accepts(row: T): boolean;
  onEnd(): void;
}

/** Rows that one subscriber has not read yet; with more of them it begins anew. */
const MAX_BEHIND = 1_000;
const OVERLAP_MS = 60_000;
const RETRY_MS = 500;
const END: IteratorReturnResult<undefined> = { value: undefined, done: true };

/**
 * The present state first, then every change, for one subscriber. Only ids wait for it, each once: whoever reads slowly
 * gets the newest state and skips those before. An outage of the database is waited out.
 */
export class LiveUpdates<T> implements AsyncIterableIterator<T> {
  private readonly changed = new Set<string>();
  private readonly ended = new AbortController();
  private isBehind = true;
  /** When it last had everything. */
  private completeAt: Date | null = null;
  /** Of whoever waits for a change. */
  private waiting: ((row: Promise<IteratorResult<T, undefined>>) => void) | null = null;

  constructor(private readonly options: LiveUpdatesOptions<T>) {}

  /** The row is another one. */
  note(id: string): void {
    this.changed.add(id);
    if (this.changed.size > MAX_BEHIND) this.fallBehind();
    this.wake();
  }

  /** Changes may have been missed. */
  fallBehind(): void {
    this.changed.clear();
    this.isBehind = true;
    this.wake();
  }

  /** Not async: the frames of a thousand subscribers that wait would grow old, each with what it held. */
  next(): Promise<IteratorResult<T, undefined>> {
    return this.isBehind || this.changed.size > 0 ? this.nextRow() : this.noted();
  }

  /** Ends it, also while a change is waited for. */
  async return(): Promise<IteratorResult<T, undefined>> {
    if (!this.ended.signal.aborted) this.options.onEnd();
    this.ended.abort();
    this.wake();
    return END;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private async nextRow(): Promise<IteratorResult<T, undefined>> {
    while (!this.ended.signal.aborted) {
      try {
        if (this.isBehind) await this.begin();
        const [id] = this.changed;
        if (id === undefined) return this.noted();
        const row = await this.read(id);
        if (row !== null && !this.ended.signal.aborted) return { value: row, done: false };
      } catch (error) {
        if (!isDatabaseOutage(error)) {
          await this.return();
          throw error;
        }
        await delay(RETRY_MS, undefined, { signal: this.ended.signal }).catch(() => {});
      }
    }
    return END;
  }

  /** The next row once one is noted. */
  private noted(): Promise<IteratorResult<T, undefined>> {
    if (this.ended.signal.aborted) return Promise.resolve(END);
    this.completeAt = new Date();
    return new Promise((resolve) => (this.waiting = resolve));
  }

  private wake(): void {
    const { waiting } = this;
    this.waiting = null;
    waiting?.(this.nextRow());
  }

  /** Null for a row that is left out. */
  private async read(id: string): Promise<T | null> {
    this.changed.delete(id);
    try {
      const row = await this.options.read(id);
      return row !== null && this.options.accepts(row) ? row : null;
    } catch (error) {
      this.changed.add(id);
      throw error;
    }
  }

  private async begin(): Promise<void> {
    await this.options.ready();
    this.isBehind = false;
    try {
      const since = this.completeAt && new Date(this.completeAt.getTime() - OVERLAP_MS);
      for (const id of await this.options.beginning(since)) this.changed.add(id);
    } catch (error) {
      this.isBehind = true;
      throw error;
    }
  }
}
