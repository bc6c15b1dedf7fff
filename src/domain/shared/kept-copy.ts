import { LRUCache } from 'lru-cache';
import { isDatabaseOutage } from '../../adapters/database/database-errors';
import type { Clock } from './clock';

/** A change through another process is seen within this long. */
const BELIEVED_MS = 3_000;

interface Known<T> {
  version: string;
  value: T;
}

interface Deps<T> {
  clock: Clock;
  /** Differs after every change. */
  version(): Promise<string>;
  read(): Promise<T>;
}

/** A table in memory, asked of the database at most every 3 s whether it is still the same. */
export class KeptCopy<T> {
  private known: Known<T> | null = null;
  private readonly checked: LRUCache<'copy', Known<T>>;

  constructor(private readonly deps: Deps<T>) {
    this.checked = new LRUCache({
      max: 1,
      ttl: BELIEVED_MS,
      ttlResolution: 0,
      perf: { now: () => deps.clock.now().getTime() },
      // Who waits for a check gets its answer also when `forget` drops it meanwhile.
      ignoreFetchAbort: true,
      fetchMethod: () => this.check(),
    });
  }

  /** Costs no statement within 3 s of another call, and one when nothing has changed since. */
  async current(): Promise<T> {
    return (await this.checked.forceFetch('copy')).value;
  }

  /** To be called after a change was committed here: a check under way may have read what was before it. */
  forget(): void {
    this.checked.delete('copy');
  }

  private async check(): Promise<Known<T>> {
    const { known, deps } = this;
    try {
      const version = await deps.version();
      if (known?.version === version) return known;
      return (this.known = { version, value: await deps.read() });
    } catch (error) {
      // While the database is away what is known stays in use.
      if (known && isDatabaseOutage(error)) return known;
      throw error;
    }
  }
}
