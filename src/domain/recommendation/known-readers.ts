import { LRUCache } from 'lru-cache';
import type { RankedItem } from './model/reading-data';
import type { StoredReader } from './reader-state.sql';

const MAX_BYTES = 15_000_000;
const RANKED_BYTES = 150;
const OWN_BYTES = 500;

/** What was ranked for a reader: it holds until the reader does something or the model learns something. */
export interface Ranking {
  first: number;
  looks: number;
  ranked: RankedItem[];
}

export interface KnownReader {
  reader: StoredReader;
  ranking: Ranking | null;
}

/**
 * The signed-in readers who came last, as they were read from the database. Whoever uses one asks the database, with the
 * statement that reads the articles, whether it is still so: `forget` only saves that question where the answer is known.
 */
export class KnownReaders {
  private readonly known = new LRUCache<string, KnownReader>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ reader, ranking }) =>
      OWN_BYTES + reader.bytes + (ranking?.ranked.length ?? 0) * RANKED_BYTES,
  });

  find(userId: string): KnownReader | undefined {
    return this.known.get(userId);
  }

  keep(reader: StoredReader, ranking: Ranking | null): void {
    this.known.set(reader.userId, { reader, ranking });
  }

  /** To be called when a user has read or said something. */
  forget(userId: string): void {
    this.known.delete(userId);
  }
}
