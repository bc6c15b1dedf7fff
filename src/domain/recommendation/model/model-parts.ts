import { ARTICLE_CATEGORIES, type ArticleCategory } from '../../article/category';
import { READER_TYPES, type ReaderType } from '../../user/questionnaire';
import type { ItemFactors } from '../numeric/item-factors';
import { grown, TopItems, type SparseRows } from '../numeric/sparse-rows';
import type { Catalogue } from './catalogue';
import type { Content } from './content';
import type { Popularity } from './popularity';
import { typeShares, type CatalogueItem } from './reading-data';

/** What readers of each type opened, against what everybody opened. */
export interface TypeTaste {
  /** items × types: ln of how much likelier the type opens the item than everybody does. */
  itemLift: Float32Array;
  /** categories × types: the same of categories. */
  categoryLift: Float32Array;
}

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

const ALIKE = 20;
const LEAST_SIMILARITY = 0.15;
/** The mean factor of similar items is only a guess. */
const TRUST = 0.7;

/**
 * Appends items to a trained model and returns how many were new. Their factors are the similarity-weighted mean of the
 * factors of the twenty most similar texts (a content map in the manner of Gantner et al. 2010), zero without any.
 */
export function grownParts(parts: ModelParts, items: readonly CatalogueItem[]): number {
  const { catalogue, content, popularity, factors } = parts;
  const before = catalogue.size;
  const added = catalogue.add(items);
  const { size } = catalogue;
  if (added.length === 0) return 0;
  content.append(added.map(({ text }) => text));
  popularity.grow(size);
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

const TYPES = READER_TYPES.length;
/** Openings that the expectation of a type's categories weighs as much as. */
const EXPECTATION = 20;
/** Openings that "like everybody" weighs as much as, for an item among the readers of a type. */
const ITEM_PRIOR = 10;

/** What a type is taken to like before anybody of that type has read anything; shares of the categories. */
const EXPECTED_CATEGORY_SHARES: Record<ReaderType, Partial<Record<ArticleCategory, number>>> = {
  ISSUE_FINDER: { POLITICS_AND_SOCIETY: 0.5, ECONOMY_AND_BUSINESS: 0.35 },
  LIFESTYLE_CONSUMER: { SPORTS_AND_LEISURE: 0.45, ECONOMY_AND_BUSINESS: 0.25, POLITICS_AND_SOCIETY: 0.2 },
  ENTERTAINER: { SPORTS_AND_LEISURE: 0.5, TECHNOLOGY_AND_CULTURE: 0.35 },
  TECH_SPECIALIST: { TECHNOLOGY_AND_CULTURE: 0.7, ECONOMY_AND_BUSINESS: 0.15 },
  PROFESSIONAL: { ECONOMY_AND_BUSINESS: 0.45, OPINION_AND_ANALYSIS: 0.4 },
};

/** Who opened what: rows `start[reader]` to `start[reader + 1]`. */
interface Opened {
  readers: number;
  items: number;
  start: Uint32Array;
  item: Uint32Array;
}

/** Share of all openings by number of a category or publisher, add-one smoothed. */
export function sharesOf(numbers: Uint32Array, count: number, histories: Opened): Float32Array {
  const shares = new Float32Array(count).fill(1);
  for (const item of histories.item) shares[numbers[item]!]! += 1;
  const sum = histories.item.length + count;
  return shares.map((share) => share / sum);
}

/**
 * Lifts ln(P(item | type) / P(item)) with Dirichlet priors (Zhai and Lafferty 2004): items start at the share among all,
 * categories at EXPECTED_CATEGORY_SHARES, so that an answered questionnaire counts before anybody of the type has read.
 */
export function learnTypeTaste(
  catalogue: Catalogue,
  histories: Opened,
  typePoints: Float32Array | undefined,
  categoryShares: Float32Array,
): TypeTaste {
  const items = histories.items;
  const byItem = new Float32Array(items * TYPES);
  const byCategory = new Float32Array(categoryShares.length * TYPES);
  const perType = new Float64Array(TYPES);
  const perItem = new Float32Array(items);
  let typed = 0;
  for (let reader = 0; reader < histories.readers && typePoints; reader += 1) {
    const shares = typeShares(typePoints.subarray(reader * TYPES, (reader + 1) * TYPES));
    if (!shares) continue;
    for (let row = histories.start[reader]!; row < histories.start[reader + 1]!; row += 1) {
      const item = histories.item[row]!;
      perItem[item]! += 1;
      typed += 1;
      for (let type = 0; type < TYPES; type += 1) {
        byItem[item * TYPES + type]! += shares[type]!;
        byCategory[catalogue.category[item]! * TYPES + type]! += shares[type]!;
        perType[type]! += shares[type]!;
      }
    }
  }
  const itemLift = byItem.map((count, index) => {
    const expected = typed > 0 ? perItem[Math.floor(index / TYPES)]! * (perType[index % TYPES]! / typed) : 0;
    return Math.log((count + ITEM_PRIOR) / (expected + ITEM_PRIOR));
  });
  const categoryLift = byCategory.map((count, index) => {
    const share = categoryShares[Math.floor(index / TYPES)]!;
    const expectation = expectedShare(
      catalogue.categories.names[Math.floor(index / TYPES)]!,
      index % TYPES,
      share,
    );
    const total = perType[index % TYPES]!;
    return Math.log((count + EXPECTATION * expectation) / ((total + EXPECTATION) * share));
  });
  return { itemLift, categoryLift };
}

function expectedShare(category: string, type: number, share: number): number {
  const known = ARTICLE_CATEGORIES.find((name) => name === category);
  return known ? (EXPECTED_CATEGORY_SHARES[READER_TYPES[type]!][known] ?? 0.05) : share;
}
