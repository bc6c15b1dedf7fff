import { ARTICLE_CATEGORIES, type ArticleCategory } from '../../article/category';
import { READER_TYPES, type ReaderType } from '../../user/questionnaire';
import type { Catalogue } from '../model/catalogue';
import type { TypeTaste } from '../model/model-parts';
import { typeShares } from '../model/reading-data';
import type { Histories } from './histories';

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

/** Share of all openings by number of a category or publisher, add-one smoothed. */
export function sharesOf(numbers: Uint32Array, count: number, histories: Histories): Float32Array {
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
  histories: Histories,
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
