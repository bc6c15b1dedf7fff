import type {
  CatalogueItem,
  ImpressionLog,
  ReadingLog,
} from '../../src/domain/recommendation/model/reading-data';
import { GrowingColumn } from '../../src/domain/recommendation/numeric/sparse-rows';

/** Simulated readers prefer one publisher, and the hashes of the frozen data are with it; the model does not know it. */
export interface DatasetItem extends CatalogueItem {
  publisher?: string | null;
}

/** What an evaluation runs on; readers and items by index. */
export interface Dataset {
  readers: number;
  items: DatasetItem[];
  log: ReadingLog;
  typePoints?: Float32Array;
  impressions?: ImpressionLog;
  /** Where on its page each impression was, from 1; what one reader was shown at one second is one page. */
  place?: Uint8Array;
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
  private readonly columns = {
    reader: new GrowingColumn(new Uint32Array()),
    item: new GrowingColumn(new Uint32Array()),
    at: new GrowingColumn(new Float64Array()),
    dwell: new GrowingColumn(new Float32Array()),
  };
  length = 0;

  add(reader: number, item: number, at: number, dwell = NaN): void {
    this.columns.reader.push(reader);
    this.columns.item.push(item);
    this.columns.at.push(at);
    this.columns.dwell.push(dwell);
    this.length += 1;
  }

  build(): ReadingLog {
    const { reader, item, at, dwell } = this.columns;
    return { reader: reader.done(), item: item.done(), at: at.done(), dwell: dwell.done() };
  }
}

/** An item of which nothing but the id is known. */
export function bareItem(id: string): DatasetItem {
  return { id, text: '', category: null, publisher: null, publishedAt: null };
}
