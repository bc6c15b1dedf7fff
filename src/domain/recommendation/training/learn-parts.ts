import type { Catalogue } from '../model/catalogue';
import type { Content } from '../model/content';
import { openingsByItem, type Histories } from './histories';
import { trainItemFactors, type FactorOptions } from '../numeric/item-factors';
import type { ModelParts } from '../model/model-parts';
import { guessFactor } from '../model/new-items';
import { NEIGHBOURS, trainNeighbours } from './neighbours';
import type { Pacer } from './pause';
import { Popularity } from '../model/popularity';
import { learnTypeTaste, sharesOf } from './taste';
import { trainTransitions } from './transitions';

/** Guesses at most; a guess compares with every text. */
const MAX_GUESSED = 2_000;

/** Learns every component from the openings; the decayed popularity is left empty, see `Replay`. */
export async function learnParts(
  catalogue: Catalogue,
  content: Content,
  histories: Histories,
  typePoints: Float32Array | undefined,
  factorOptions: FactorOptions,
  pacer: Pacer,
): Promise<ModelParts> {
  const openings = openingsByItem(histories);
  const factors = await trainItemFactors(histories, openings, factorOptions, pacer);
  const neighbours = await trainNeighbours(histories, openings, NEIGHBOURS, pacer);
  const transitions = await trainTransitions(histories, openings, pacer);
  const total = new Float32Array(catalogue.size);
  for (const item of histories.item) total[item]! += 1;
  const categoryShares = sharesOf(catalogue.category, catalogue.categories.names.length, histories);
  const publisherShares = sharesOf(catalogue.publisher, catalogue.publishers.names.length, histories);
  const taste = learnTypeTaste(catalogue, histories, typePoints, categoryShares);
  const bornAt = birthTimes(catalogue, histories);
  const parts = {
    catalogue,
    factors,
    neighbours,
    transitions,
    popularity: new Popularity(total),
    content,
    taste,
    categoryShares,
    publisherShares,
    bornAt,
  };
  await guessUnread(parts, pacer);
  return parts;
}

/** Items that nobody has opened yet get the factors that they would get if they were published now. */
async function guessUnread(parts: ModelParts, pacer: Pacer): Promise<void> {
  const unread = Array.from(parts.popularity.total, (count, item) => (count === 0 ? item : -1))
    .filter((item) => item >= 0)
    .slice(-MAX_GUESSED);
  for (const [index, item] of unread.entries()) {
    if (pacer.due()) await pacer.pause('unread items', index / unread.length);
    guessFactor(parts, item, parts.catalogue.size);
  }
}

function birthTimes(catalogue: Catalogue, histories: Histories): Float64Array {
  const firstOpened = new Float64Array(catalogue.size).fill(Infinity);
  histories.item.forEach((item, row) => {
    if (histories.at[row]! < firstOpened[item]!) firstOpened[item] = histories.at[row]!;
  });
  return firstOpened.map((first, item) => {
    const published = catalogue.publishedAt[item]!;
    return Number.isNaN(published) ? first : published;
  });
}
