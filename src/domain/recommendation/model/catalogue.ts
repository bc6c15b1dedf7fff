import type { CatalogueItem } from './reading-data';
import { grown } from '../numeric/sparse-rows';

/** A category that is not known. */
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

/** Columns: a few long arrays go from thread to thread in a fraction of the time of as many objects as items. */
export interface CatalogueState {
  ids: string[];
  /** Numbers of names. */
  category: Uint32Array;
  publishedAt: Float64Array;
  categories: string[];
}

/** The items of a model by index; grows when articles are published after the training. */
export class Catalogue {
  readonly ids: string[] = [];
  category = new Uint32Array(0);
  /** Unix seconds; NaN when unknown. */
  publishedAt = new Float64Array(0);
  readonly categories = new Vocabulary();
  private readonly indexes = new Map<string, number>();

  static restore({ ids, category, publishedAt, categories }: CatalogueState): Catalogue {
    const catalogue = Object.assign(new Catalogue(), { ids, category, publishedAt });
    for (const name of categories) catalogue.categories.numberOf(name);
    for (let index = 0; index < ids.length; index += 1) catalogue.indexes.set(ids[index]!, index);
    return catalogue;
  }

  get size(): number {
    return this.ids.length;
  }

  indexOf(id: string): number | undefined {
    return this.indexes.get(id);
  }

  /** Appends the items whose id is new and gives these back. */
  add<Item extends CatalogueEntry>(items: readonly Item[]): Item[] {
    const size = this.size + items.length;
    this.category = grown(this.category, size, Uint32Array);
    this.publishedAt = grown(this.publishedAt, size, Float64Array);
    return items.filter(({ id, category, publishedAt }) => {
      if (this.indexes.has(id)) return false;
      const index = this.size;
      this.indexes.set(id, index);
      this.ids.push(id);
      this.category[index] = this.categories.numberOf(category);
      this.publishedAt[index] = publishedAt ?? NaN;
      return true;
    });
  }

  state(): CatalogueState {
    const { ids, category, publishedAt, categories, size } = this;
    return {
      ids: ids.slice(),
      category: category.slice(0, size),
      publishedAt: publishedAt.slice(0, size),
      categories: categories.names,
    };
  }
}
