import type { Catalogue } from './catalogue';
import type { Content } from './content';
import type { ItemFactors } from '../numeric/item-factors';
import type { Popularity } from './popularity';
import type { SparseRows } from '../numeric/sparse-rows';
import type { TypeTaste } from '../training/taste';

/** Everything that is learnt from openings, before it is blended. */
export interface ModelParts {
  catalogue: Catalogue;
  factors: ItemFactors;
  neighbours: SparseRows;
  transitions: SparseRows;
  popularity: Popularity;
  content: Content;
  taste: TypeTaste;
  categoryShares: Float32Array;
  publisherShares: Float32Array;
  /** When an item came into the world: published, else first opened; Infinity when neither is known. Unix seconds. */
  bornAt: Float64Array;
}
