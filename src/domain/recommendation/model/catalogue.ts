import type { CatalogueItem } from './reading-data';
import { grown } from '../numeric/sparse-rows';

/** Category or publisher that is not known. */
export const UNKNOWN = 0;

/** Names as small numbers; 0 is for what is not known. */
class Vocabulary {
  readonly names = [''];
  private readonly numbers = new Map<string, number>();

  numberOf(name: string | null): number {
    if (!name) return UNKNOWN;
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.names.length);
    this.names.push(name);
    return this.names.length - 1;
  }
}

/** What is kept of an item: its text is not. */
export type CatalogueEntry = Omit<CatalogueItem, 'text'>;

/** The items of a model by index; grows when articles are published after the training. */
export class Catalogue {
  readonly items: CatalogueEntry[] = [];
  category = new Uint32Array(0);
  publisher = new Uint32Array(0);
  /** Unix seconds; NaN when unknown. */
  publishedAt = new Float64Array(0);
  readonly categories = new Vocabulary();
  readonly publishers = new Vocabulary();
  private readonly indexes = new Map<string, number>();

  get size(): number {
    return this.items.length;
  }

  indexOf(id: string): number | undefined {
    return this.indexes.get(id);
  }

  /** Appends the items whose id is new and gives these back. */
  add<Item extends CatalogueEntry>(items: readonly Item[]): Item[] {
    const size = this.size + items.length;
    this.category = grown(this.category, size, Uint32Array);
    this.publisher = grown(this.publisher, size, Uint32Array);
    this.publishedAt = grown(this.publishedAt, size, Float64Array);
    return items.filter(({ id, category, publisher, publishedAt }) => {
      if (this.indexes.has(id)) return false;
      const index = this.size;
      this.indexes.set(id, index);
      this.items.push({ id, category, publisher, publishedAt });
      this.category[index] = this.categories.numberOf(category);
      this.publisher[index] = this.publishers.numberOf(publisher);
      this.publishedAt[index] = publishedAt ?? NaN;
      return true;
    });
  }
}
