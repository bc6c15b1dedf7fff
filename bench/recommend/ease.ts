import type { TrainingData } from '../../src/domain/recommendation/model/reading-data';
import type { Histories } from '../../src/domain/recommendation/training/histories';
import { historiesOf, rankerBy, type Contender, type OnProgress, type Ranker } from './ranker';
import { bestSetting } from './tuned';

/** A matrix of so many rows takes 200 MB and a minute. */
const MAX_ITEMS = 5_000;
/** λ is searched among fewer items: the inversion takes their cube. */
const MAX_ITEMS_IN_SEARCH = 1_000;
const LAMBDAS = [10, 30, 100, 300, 1_000, 3_000];
/** Orders what the regression says nothing of by how often it was opened. */
const TIE_BREAK = 1e-9;

/**
 * EASE (Steck 2019): every item is regressed on all others, closed form, λ from a held-back part. Knows the most opened
 * items only when there are more than 5,000; the others come after, by popularity.
 */
export const ease: Contender = {
  name: 'EASE',
  train: (training, options) => {
    const lambda = bestSetting(training, options, LAMBDAS, (part, setting) =>
      easeRanker(part, setting, MAX_ITEMS_IN_SEARCH, () => undefined),
    );
    return easeRanker(training, lambda, MAX_ITEMS, options.onProgress);
  },
};

/** λ given; of more than `maxItems` items the most opened. */
export function easeRanker(
  training: TrainingData,
  lambda: number,
  maxItems: number,
  progress: OnProgress,
): Ranker {
  const histories = historiesOf(training);
  const popularity = new Float64Array(histories.items);
  for (const item of histories.item) popularity[item]! += 1;
  const opened = Array.from(popularity.keys()).filter((item) => popularity[item]! > 0);
  const known = opened.sort((left, right) => popularity[right]! - popularity[left]!).slice(0, maxItems);
  const placeOf = new Int32Array(histories.items).fill(-1);
  known.forEach((item, place) => (placeOf[item] = place));
  const inverse = gram(histories, placeOf, known.length, lambda);
  invert(inverse, known.length, progress);
  const [size, sums] = [known.length, new Float64Array(known.length)];
  const scores = new Float64Array(histories.items);
  const scoresOf = (reader: number) => {
    sums.fill(0);
    for (let row = histories.start[reader]!; row < histories.start[reader + 1]!; row += 1) {
      const place = placeOf[histories.item[row]!]!;
      for (let other = 0; place >= 0 && other < size; other += 1)
        sums[other]! -= inverse[place * size + other]!;
    }
    scores.forEach((_, item) => (scores[item] = TIE_BREAK * popularity[item]!));
    known.forEach((item, place) => (scores[item]! += sums[place]! / inverse[place * size + place]!));
    return scores;
  };
  const of = opened.length > size ? `, the ${size} most opened of ${opened.length} items` : '';
  return rankerBy(histories, scoresOf, `λ ${lambda}${of}`);
}

/** How many readers opened both, λ more on the diagonal. */
function gram(histories: Histories, placeOf: Int32Array, size: number, lambda: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let reader = 0; reader < histories.readers; reader += 1) {
    const items = histories.item.subarray(histories.start[reader], histories.start[reader + 1]);
    const places = Array.from(items, (item) => placeOf[item]!).filter((place) => place >= 0);
    for (const row of places) for (const column of places) matrix[row * size + column]! += 1;
  }
  for (let place = 0; place < size; place += 1) matrix[place * size + place]! += lambda;
  return matrix;
}

/** A symmetric positive definite matrix becomes its inverse, by sweeps of one triangle (Goodnight 1979). */
export function invert(matrix: Float64Array, size: number, progress: OnProgress = () => undefined): void {
  const column = new Float64Array(size);
  const at = (row: number, other: number) => (row > other ? row * size + other : other * size + row);
  for (let k = 0; k < size; k += 1) {
    if (k % 100 === 0) progress('inverting', k / size);
    const pivot = matrix[k * size + k]!;
    for (let row = 0; row < size; row += 1) column[row] = row === k ? 0 : matrix[at(row, k)]!;
    for (let row = 0; row < size; row += 1) {
      const factor = column[row]! / pivot;
      if (factor === 0) continue;
      const start = row * size;
      for (let other = 0; other <= row; other += 1) matrix[start + other]! -= factor * column[other]!;
    }
    for (let row = 0; row < size; row += 1) matrix[at(row, k)] = column[row]! / pivot;
    matrix[k * size + k] = -1 / pivot;
  }
  for (let row = 0; row < size; row += 1)
    for (let other = 0; other <= row; other += 1)
      matrix[row * size + other] = matrix[other * size + row] = -matrix[row * size + other]!;
}
