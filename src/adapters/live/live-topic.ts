import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import type { LiveEvent, LiveHearer, LiveListener } from './live-listener';
import { LiveUpdates, type Beginning } from './live-updates';

/** Rows are kept as long as it takes all subscribers to be told; a slow one reads again. */
const KEPT_MS = 1_000;
const MAX_KEPT = 1_000;

/** The rows of one topic as they change, each read once for all who watch it here. */
export class LiveTopic<T> implements LiveHearer {
  private readonly rows: DataLoader<string, T | null>;
  private readonly watchers = new Map<string | null, Set<LiveUpdates<T>>>();

  /** `load` gives the rows that are there, by id. */
  constructor(
    private readonly name: string,
    private readonly listener: LiveListener,
    load: (ids: readonly string[]) => Promise<Map<string, T>>,
  ) {
    const kept = new LRUCache<string, Promise<T | null>>({ max: MAX_KEPT, ttl: KEPT_MS });
    const loadAll = async (ids: readonly string[]) => {
      const found = await load(ids);
      return ids.map((id) => found.get(id) ?? null);
    };
    this.rows = new DataLoader(loadAll, { cacheMap: kept, maxBatchSize: 100 });
    listener.add(this);
  }

  /** The row as it is now, or was within the last second with no change heard of; null when it is gone. */
  current(id: string): Promise<T | null> {
    return this.rows.load(id);
  }

  /** The present state of what `beginning` names, then every change of the row `id`, or of any row of the topic. */
  watch(id: string | null, beginning: Beginning, accepts: (row: T) => boolean = () => true): LiveUpdates<T> {
    const watchers = this.watchers.get(id) ?? new Set();
    this.watchers.set(id, watchers);
    const updates: LiveUpdates<T> = new LiveUpdates({
      beginning,
      accepts,
      ready: () => this.listener.ready(),
      read: (changed) => this.current(changed),
      onEnd: () => {
        watchers.delete(updates);
        if (watchers.size === 0) this.watchers.delete(id);
      },
    });
    watchers.add(updates);
    return updates;
  }

  changed({ topic, id }: LiveEvent): void {
    if (topic !== this.name) return;
    this.rows.clear(id);
    for (const watched of [id, null])
      for (const updates of this.watchers.get(watched) ?? []) updates.note(id);
  }

  missed(): void {
    this.rows.clearAll();
    for (const watchers of this.watchers.values()) for (const updates of watchers) updates.fallBehind();
  }
}
