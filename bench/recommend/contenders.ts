import { openingsByItem, Replay, type Histories } from '../../src/domain/recommendation/training/histories';
import { FoldIn } from '../../src/domain/recommendation/numeric/item-factors';
import { trainItemFactors } from '../../src/domain/recommendation/training/factors';
import { trainNeighbours } from '../../src/domain/recommendation/training/item-neighbours';
import { COMPONENTS, type Component, type Feature } from '../../src/domain/recommendation/model/blend';
import type { TrainingData } from '../../src/domain/recommendation/model/reading-data';
import { READER_TYPES } from '../../src/domain/user/questionnaire';
import { SparseSums } from '../../src/domain/recommendation/numeric/sparse-rows';
import { trainRecommender } from '../../src/domain/recommendation/training/train-recommender';
import { outcomesOf } from '../../src/domain/recommendation/training/outcomes';
import { viewOf } from '../../src/domain/recommendation/training/validation';
import { ease } from './ease';
import { historiesOf, rankerBy, type Contender } from './ranker';
import { recentPopularity } from './recent-popularity';

const GROUP_FACTORS = 5;
const STRONGEST = 3;
const GROUP_CONFIDENCE = 40;

export const popularity: Contender = {
  name: 'popularity',
  knowsNoReader: true,
  train: (training) => {
    const histories = historiesOf(training);
    const counts = new Float64Array(histories.items);
    for (const item of histories.item) counts[item]! += 1;
    return rankerBy(histories, () => counts);
  },
};

/** Sum of the cosines to every opened item, 100 neighbours an item. */
export const itemKnn: Contender = {
  name: 'item-kNN',
  train: (training) => {
    const histories = historiesOf(training);
    const rows = trainNeighbours(histories, openingsByItem(histories));
    const sums = new SparseSums(histories.items);
    return rankerBy(histories, (reader) => {
      sums.clear();
      for (let row = histories.start[reader]!; row < histories.start[reader + 1]!; row += 1)
        sums.addRow(rows, histories.item[row]!, 1);
      return sums.sum;
    });
  },
};

/**
 * What the former FastAPI service did: implicit ALS with five factors over groups of readers that share their three
 * strongest types. Data without types are grouped by the three categories a reader opened most, data without categories
 * by how much was opened, in tenths.
 */
export const groupAls: Contender = {
  name: 'group ALS',
  train: (training, { seed }) => {
    const histories = historiesOf(training);
    const groups = groupsOf(training, histories);
    const grouped = groupHistories(histories, groups);
    const options = { dim: GROUP_FACTORS, unobserved: Infinity, lambda: 0.01, iterations: 15, seed };
    const factors = trainItemFactors(grouped, openingsByItem(grouped), options);
    const foldIn = new FoldIn(factors);
    const scores = Array.from({ length: grouped.readers }, (_, group) => {
      const factor = new Float32Array(GROUP_FACTORS);
      const [from, to] = [grouped.start[group]!, grouped.start[group + 1]!];
      foldIn.solve(factor, grouped.item.subarray(from, to), grouped.confidence.subarray(from, to));
      return Float32Array.from({ length: histories.items }, (_, item) => {
        let dot = 0;
        for (let k = 0; k < GROUP_FACTORS; k += 1)
          dot += factor[k]! * factors.values[item * GROUP_FACTORS + k]!;
        return dot;
      });
    });
    return rankerBy(histories, (reader) => scores[groups[reader]!]!);
  },
};

/** The model that serves. Under `last-out` its popularity is replayed, so that it never counts what came later. */
export const shippedWithout = (name: string, without: readonly Feature[]): Contender => ({
  name,
  train: (training, { protocol, seed, onProgress }) => {
    const split = protocol === 'last-out' ? 'last' : 'cut';
    const model = trainRecommender(training, { seed, split, without, onProgress });
    const histories = historiesOf(training);
    const replay = new Replay(histories, model.parts, Infinity, outcomesOf(training.impressions, histories));
    return {
      model,
      top: (reader, now, limit) => {
        replay.until(now);
        const view = viewOf(histories, reader, histories.start[reader + 1]!, training.typePoints);
        return model.rankView(view, now, limit);
      },
    };
  },
});

export const shipped = shippedWithout('shipped model', []);

const IMPERSONAL: readonly string[] = ['popular', 'shown', 'fresh'] satisfies Component[];

/** What the shipped model is worth when it learns and knows nothing of who asks. */
export const shippedForNobody: Contender = {
  ...shippedWithout(
    'model without reader',
    Object.entries(COMPONENTS).flatMap(([name, features]) => (IMPERSONAL.includes(name) ? [] : features)),
  ),
  knowsNoReader: true,
};

export const CONTENDERS = [popularity, recentPopularity, itemKnn, ease, groupAls, shippedForNobody, shipped];

function groupsOf(training: TrainingData, histories: Histories): Uint32Array {
  const numbers = new Map<string, number>();
  const numberOf = (key: string) => numbers.get(key) ?? numbers.set(key, numbers.size).get(key)!;
  const names = [...new Set(training.items.map(({ category }) => category ?? ''))];
  const category = training.items.map((item) => names.indexOf(item.category ?? ''));
  const { typePoints } = training;
  return Uint32Array.from({ length: histories.readers }, (_, reader) => {
    const items = histories.item.subarray(histories.start[reader], histories.start[reader + 1]);
    if (typePoints?.some((points) => points > 0))
      return numberOf(
        strongest(typePoints.subarray(reader * READER_TYPES.length, (reader + 1) * READER_TYPES.length)),
      );
    if (names.length === 1) return numberOf(`${Math.floor(Math.log2(items.length + 1))}`);
    const counts = new Float32Array(names.length);
    for (const item of items) counts[category[item]!]! += 1;
    return numberOf(strongest(counts));
  });
}

function strongest(weights: Float32Array): string {
  const order = Array.from(weights, (_, index) => index).filter((index) => weights[index]! > 0);
  order.sort((left, right) => weights[right]! - weights[left]! || left - right);
  return order.slice(0, STRONGEST).join();
}

function groupHistories(histories: Histories, groups: Uint32Array): Histories {
  const readers = groups.reduce((most, group) => Math.max(most, group + 1), 1);
  const sums = Array.from({ length: readers }, () => new Map<number, number>());
  groups.forEach((group, reader) => {
    for (let row = histories.start[reader]!; row < histories.start[reader + 1]!; row += 1) {
      const item = histories.item[row]!;
      sums[group]!.set(item, (sums[group]!.get(item) ?? 0) + histories.confidence[row]!);
    }
  });
  const start = new Uint32Array(readers + 1);
  sums.forEach((items, group) => (start[group + 1] = start[group]! + items.size));
  const most = sums.reduce((greatest, items) => Math.max(greatest, ...items.values()), 1);
  return {
    readers,
    items: histories.items,
    start,
    item: Uint32Array.from(sums.flatMap((items) => [...items.keys()])),
    at: new Float64Array(start[readers]!),
    confidence: Float32Array.from(
      sums.flatMap((items) => [...items.values()].map((sum) => (GROUP_CONFIDENCE * sum) / most)),
    ),
  };
}
