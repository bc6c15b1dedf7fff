import type { Catalogue } from './catalogue';
import type { Content } from './content';
import { openingsByItem, type Histories } from './histories';
import { trainItemFactors, type FactorOptions } from './item-factors';
import type { ModelParts } from './model-parts';
import { NEIGHBOURS, trainNeighbours } from './neighbours';
import type { Pacer } from './pause';
import { Popularity } from './popularity';
import { learnTypeTaste, sharesOf } from './taste';
import { trainTransitions } from './transitions';

/** Learns every component from the openings; the decayed popularity is left empty, see `observeAll`. */
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
  const popularity = new Popularity(catalogue.size);
  for (const item of histories.item) popularity.total[item]! += 1;
  const categoryShares = sharesOf(catalogue.category, catalogue.categories.names.length, histories);
  const publisherShares = sharesOf(catalogue.publisher, catalogue.publishers.names.length, histories);
  const taste = learnTypeTaste(catalogue, histories, typePoints, categoryShares);
  const bornAt = birthTimes(catalogue, histories);
  return {
    catalogue,
    factors,
    neighbours,
    transitions,
    popularity,
    content,
    taste,
    categoryShares,
    publisherShares,
    bornAt,
  };
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
