import type {
  CatalogueItem,
  ImpressionLog,
  ReadingLog,
} from '../../src/domain/recommendation/model/reading-data';
import { grown } from '../../src/domain/recommendation/numeric/sparse-rows';

/** What an evaluation runs on; readers and items by index. */
export interface Dataset {
  readers: number;
  items: CatalogueItem[];
  log: ReadingLog;
  typePoints?: Float32Array;
  impressions?: ImpressionLog;
}

/** Ids as indexes, in the order in which they were first met. */
export class Ids {
  readonly names: string[] = [];
  private readonly indexes = new Map<string, number>();

  indexOf(name: string): number {
    const known = this.indexes.get(name);
    if (known !== undefined) return known;
    this.indexes.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

/** Columns that grow row by row. */
export class LogBuilder {
  private reader = new Uint32Array(1024);
  private item = new Uint32Array(1024);
  private at = new Float64Array(1024);
  private dwell = new Float32Array(1024);
  length = 0;

  add(reader: number, item: number, at: number, dwell = NaN): void {
    if (this.length === this.at.length) {
      const room = this.length + 1;
      this.reader = grown(this.reader, room, Uint32Array);
      this.item = grown(this.item, room, Uint32Array);
      this.at = grown(this.at, room, Float64Array);
      this.dwell = grown(this.dwell, room, Float32Array);
    }
    this.reader[this.length] = reader;
    this.item[this.length] = item;
    this.at[this.length] = at;
    this.dwell[this.length] = dwell;
    this.length += 1;
  }

  build(): ReadingLog {
    const { length } = this;
    return {
      reader: this.reader.slice(0, length),
      item: this.item.slice(0, length),
      at: this.at.slice(0, length),
      dwell: this.dwell.slice(0, length),
    };
  }
}

/** An item of which nothing but the id is known. */
export function bareItem(id: string): CatalogueItem {
  return { id, text: '', category: null, publisher: null, publishedAt: null };
}
