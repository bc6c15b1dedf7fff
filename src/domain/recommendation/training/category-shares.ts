import { ARTICLE_CATEGORIES, type ArticleCategory } from '../../article/category';
import { READER_TYPES, type ReaderType } from '../../user/questionnaire';
import type { Catalogue } from '../model/catalogue';
import { typeShares } from '../model/reading-data';
import type { Histories } from './histories';

const TYPES = READER_TYPES.length;
/** Openings that the expectation of a type's categories weighs as much as. */
const EXPECTATION = 20;

/** What a type is taken to like before anybody of that type has read anything; shares of the categories. */
const EXPECTED_SHARES: Record<ReaderType, Partial<Record<ArticleCategory, number>>> = {
  ISSUE_FINDER: { POLITICS_AND_SOCIETY: 0.5, ECONOMY_AND_BUSINESS: 0.35 },
  LIFESTYLE_CONSUMER: { SPORTS_AND_LEISURE: 0.45, ECONOMY_AND_BUSINESS: 0.25, POLITICS_AND_SOCIETY: 0.2 },
  ENTERTAINER: { SPORTS_AND_LEISURE: 0.5, TECHNOLOGY_AND_CULTURE: 0.35 },
  TECH_SPECIALIST: { TECHNOLOGY_AND_CULTURE: 0.7, ECONOMY_AND_BUSINESS: 0.15 },
  PROFESSIONAL: { ECONOMY_AND_BUSINESS: 0.45, OPINION_AND_ANALYSIS: 0.4 },
};

/** Share of all openings by number of a category, add-one smoothed. */
export function categorySharesOf({ category, categories }: Catalogue, histories: Histories): Float32Array {
  const count = categories.names.length;
  const shares = new Float32Array(count).fill(1);
  for (const item of histories.item) shares[category[item]!]! += 1;
  const sum = histories.item.length + count;
  return shares.map((share) => share / sum);
}

/**
 * Lifts ln(P(category | type) / P(category)), categories × types, with a Dirichlet prior (Zhai and Lafferty 2004) that
 * starts at EXPECTED_SHARES, so that an answered questionnaire counts before anybody of the type has read.
 */
export function learnTypeLifts(
  catalogue: Catalogue,
  histories: Histories,
  typePoints: Float32Array | undefined,
  categoryShares: Float32Array,
): Float32Array {
  const opened = new Float32Array(categoryShares.length * TYPES);
  const perType = new Float64Array(TYPES);
  for (let reader = 0; reader < histories.readers && typePoints; reader += 1) {
    const shares = typeShares(typePoints.subarray(reader * TYPES, (reader + 1) * TYPES));
    if (!shares) continue;
    for (let row = histories.start[reader]!; row < histories.start[reader + 1]!; row += 1) {
      const category = catalogue.category[histories.item[row]!]!;
      for (let type = 0; type < TYPES; type += 1) {
        opened[category * TYPES + type]! += shares[type]!;
        perType[type]! += shares[type]!;
      }
    }
  }
  return opened.map((count, index) => {
    const [category, type] = [Math.floor(index / TYPES), index % TYPES];
    const share = categoryShares[category]!;
    const expectation = expectedShare(catalogue.categories.names[category]!, type, share);
    return Math.log((count + EXPECTATION * expectation) / ((perType[type]! + EXPECTATION) * share));
  });
}

function expectedShare(category: string, type: number, share: number): number {
  const known = ARTICLE_CATEGORIES.find((name) => name === category);
  return known ? (EXPECTED_SHARES[READER_TYPES[type]!][known] ?? 0.05) : share;
}
