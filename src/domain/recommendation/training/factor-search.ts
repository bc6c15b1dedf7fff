import { filterHistories, openingsByItem, type Histories } from './histories';
import { FoldIn, trainItemFactors, type FactorOptions, type ItemFactors } from '../numeric/item-factors';
import type { Progress } from '../model/reading-data';
import { sample, seededRandom } from '../numeric/random';
import type { Held } from './validation';

const READERS = 6_000;
const ASKED = 500;
const DIM = 32;
const ITERATIONS = 6;
const UNOBSERVED = [5, 20, 80];
const LAMBDAS = [0.001, 0.003, 0.01, 0.03, 0.1];

/**
 * Chooses the weight of unobserved pairs and the regularisation by how well a small model ranks held openings: both
 * decide the quality of iALS (Rendle et al. 2022) and depend on the shape of the data.
 */
export function searchFactorOptions(
  all: Histories,
  seen: Histories,
  held: readonly Held[],
  base: FactorOptions,
  progress: Progress,
): FactorOptions {
  const random = seededRandom(base.seed);
  const chosen = new Uint8Array(all.readers);
  const asked = [...sample(held.length, ASKED, random)].map((place) => held[place]!);
  for (const { reader } of asked) chosen[reader] = 1;
  for (const reader of sample(all.readers, READERS, random)) chosen[reader] = 1;
  const small = filterHistories(seen, (_, reader) => chosen[reader] === 1);
  const openings = openingsByItem(small);
  const quality = (options: FactorOptions) => {
    const trial = { ...options, dim: Math.min(DIM, options.dim), iterations: ITERATIONS };
    const factors = trainItemFactors(small, openings, trial, progress, 'factor search');
    return meanGain(factors, all, asked);
  };
  let best = { options: base, gain: quality(base) };
  const consider = (options: FactorOptions) => {
    const gain = quality(options);
    if (gain > best.gain) best = { options, gain };
    return gain === best.gain;
  };
  for (const unobserved of UNOBSERVED) if (unobserved !== base.unobserved) consider({ ...base, unobserved });
  const from = LAMBDAS.indexOf(base.lambda);
  for (const step of [1, -1])
    for (let place = from + step; LAMBDAS[place] !== undefined; place += step)
      if (!consider({ ...best.options, lambda: LAMBDAS[place]! })) break;
  return best.options;
}

/** Mean of 1 / log2(2 + rank), the gain of NDCG without a cut-off, so that every rank counts. */
function meanGain(factors: ItemFactors, all: Histories, asked: readonly Held[]): number {
  const { dim, values } = factors;
  const foldIn = new FoldIn(factors);
  const factor = new Float32Array(dim);
  const scores = new Float32Array(all.items);
  let gain = 0;
  for (const { reader, row, historyEnd } of asked) {
    const start = all.start[reader]!;
    foldIn.solve(factor, all.item.subarray(start, historyEnd), all.confidence.subarray(start, historyEnd));
    for (let item = 0; item < all.items; item += 1) {
      let dot = 0;
      for (let k = 0; k < dim; k += 1) dot += factor[k]! * values[item * dim + k]!;
      scores[item] = dot;
    }
    for (let read = start; read < historyEnd; read += 1) scores[all.item[read]!] = -Infinity;
    const opened = scores[all.item[row]!]!;
    let rank = 0;
    for (const score of scores) rank += score > opened ? 1 : score === opened ? 0.5 : 0;
    gain += 1 / Math.log2(2 + rank);
  }
  return gain / Math.max(asked.length, 1);
}
