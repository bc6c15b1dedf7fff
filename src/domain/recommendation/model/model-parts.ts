import type { ItemFactors } from '../numeric/item-factors';
import { grown, TopItems, type SparseRows } from '../numeric/sparse-rows';
import type { Catalogue } from './catalogue';
import type { Content } from './content';
import type { Popularity } from './popularity';
import type { CatalogueItem } from './reading-data';
import type { Showings } from './showings';

/** Everything that is learnt from openings, before it is blended. */
export interface ModelParts {
  catalogue: Catalogue;
  factors: ItemFactors;
  neighbours: SparseRows;
  transitions: SparseRows;
  popularity: Popularity;
  showings: Showings;
  content: Content;
  /** categories × types: ln of how much likelier readers of the type open the category than everybody does. */
  typeLifts: Float32Array;
  categoryShares: Float32Array;
  /** When an item came into the world: published, else first opened; Infinity when neither is known. Unix seconds. */
  bornAt: Float64Array;
}

const ALIKE = 20;
const LEAST_SIMILARITY = 0.15;
/** The mean factor of similar items is only a guess. */
const TRUST = 0.7;

/**
 * Appends items to a trained model and returns how many were new. Their factors are the similarity-weighted mean of the
 * factors of the twenty most similar texts (a content map in the manner of Gantner et al. 2010), zero without any.
 */
export function grownParts(parts: ModelParts, items: readonly CatalogueItem[]): number {
  const { catalogue, content, popularity, showings, factors } = parts;
  const before = catalogue.size;
  const added = catalogue.add(items);
  const { size } = catalogue;
  if (added.length === 0) return 0;
  content.append(added.map(({ text }) => text));
  popularity.grow(size);
  showings.grow(catalogue);
  parts.bornAt = grown(parts.bornAt, size, Float64Array);
  factors.values = grown(factors.values, size * factors.dim, Float32Array);
  for (let item = before; item < size; item += 1) {
    parts.bornAt[item] = Number.isNaN(catalogue.publishedAt[item]!) ? Infinity : catalogue.publishedAt[item]!;
    guessFactor(parts, item, before);
  }
  return added.length;
}

/** `known` is how many items, from the first, may be compared with. */
export function guessFactor({ content, factors, popularity }: ModelParts, item: number, known: number): void {
  const { dim, values } = factors;
  values.fill(0, item * dim, (item + 1) * dim);
  content.setProfile(Uint32Array.of(item), Float32Array.of(1));
  const top = new TopItems(ALIKE);
  for (let other = 0; other < known; other += 1) {
    const similarity = popularity.total[other]! > 0 ? content.similarity(other) : 0;
    if (similarity > LEAST_SIMILARITY) top.offer(other, similarity);
  }
  const { items, scores } = top.drain();
  // Without a text, or with one like no other, the factor stays zero.
  const sum = scores.reduce((total, score) => total + score, 0);
  items.forEach((other, index) => {
    const share = (TRUST * scores[index]!) / sum;
    for (let k = 0; k < dim; k += 1) values[item * dim + k]! += share * values[other * dim + k]!;
  });
}

/** What an opening after the training changes: popularity, and the age of an item of unknown age. */
export function observeOpening(parts: ModelParts, item: number, at: number): void {
  parts.popularity.observe(item, at);
  if (at < parts.bornAt[item]! && parts.bornAt[item] === Infinity) parts.bornAt[item] = at;
}
