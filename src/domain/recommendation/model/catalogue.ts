import type { CatalogueItem } from './reading-data';
import { grown } from '../numeric/sparse-rows';

/** Category or publisher that is not known. */
export const UNKNOWN = 0;

/** Names as small numbers; 0 is for what is not known. */
export class Vocabulary {
  private readonly numbers: Map<string, number>;

  constructor(readonly names: string[] = ['']) {
    this.numbers = new Map(names.map((name, number) => [name, number]));
  }

  numberOf(name: string | null): number {
    if (!name) return UNKNOWN;
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.names.length);
    this.names.push(name);
    return this.names.length - 1;
  }
}

/** The items of a model by index; grows when articles are published after the training. */
export class Catalogue {
  readonly ids: string[] = [];
  category = new Uint32Array(0);
  publisher = new Uint32Array(0);
  /** Unix seconds; NaN when unknown. */
  publishedAt = new Float64Array(0);
  private readonly indexes = new Map<string, number>();

  constructor(
    readonly categories = new Vocabulary(),
    readonly publishers = new Vocabulary(),
  ) {}

  get size(): number {
    return this.ids.length;
  }

  indexOf(id: string): number | undefined {
    return this.indexes.get(id);
  }

  /** Appends the items whose id is new and gives these back. */
  add<Item extends Omit<CatalogueItem, 'text'>>(items: readonly Item[]): Item[] {
    const size = this.size + items.length;
    this.category = grown(this.category, size, Uint32Array);
    this.publisher = grown(this.publisher, size, Uint32Array);
    this.publishedAt = grown(this.publishedAt, size, Float64Array);
    return items.filter((item) => {
      if (this.indexes.has(item.id)) return false;
      const index = this.size;
      this.indexes.set(item.id, index);
      this.ids.push(item.id);
      this.category[index] = this.categories.numberOf(item.category);
      this.publisher[index] = this.publishers.numberOf(item.publisher);
      this.publishedAt[index] = item.publishedAt ?? NaN;
      return true;
    });
  }
}
