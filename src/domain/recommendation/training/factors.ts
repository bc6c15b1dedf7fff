import { FoldIn, gramOf, RowSolver, type ItemFactors } from '../numeric/item-factors';
import { gaussian, sample, seededRandom } from '../numeric/random';
import { filterHistories, openingsByItem, type Histories, type Openings } from './histories';
import type { Held } from './validation';

export interface FactorOptions {
  dim: number;
  /** Weight of the pairs that were not observed, as a multiple of the share of pairs that were. */
  unobserved: number;
  /** λ of the frequency-scaled regularisation. */
  lambda: number;
  iterations: number;
  seed: number;
  /** Factors of the same items from an earlier training; random ones without. */
  start?: Float32Array;
}

const STEPS = 3;

/**
 * Implicit ALS. Hu, Koren and Volinsky 2008, Collaborative filtering for implicit feedback datasets, with the loss and
 * the frequency-scaled regularisation of Rendle et al. 2022, Revisiting the performance of iALS:
 *   Σ c_ui (1 − x_u·y_i)² + α0 Σ (x_u·y_i)² + λ (Σ_u (|I_u| + α0 |I|) ‖x_u‖² + Σ_i (|U_i| + α0 |U|) ‖y_i‖²).
 * Every row is improved by a few conjugate-gradient steps (Takács, Pilászy and Tikk 2011).
 */
export function trainItemFactors(
  histories: Histories,
  openings: Openings,
  options: FactorOptions,
): ItemFactors {
  const { dim, lambda, iterations } = options;
  const { readers, items } = histories;
  const density = histories.item.length / Math.max(readers * items, 1);
  const alpha = Math.min(options.unobserved * density, 1);
  const random = seededRandom(options.seed);
  const x = new Float32Array(readers * dim);
  const y =
    options.start?.slice() ??
    Float32Array.from({ length: items * dim }, () => (0.3 * gaussian(random)) / Math.sqrt(dim));
  const solver = new RowSolver(dim);
  const weights = openings.row.length > 0 ? gather(histories.confidence, openings.row) : new Float32Array(0);
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    solver.gram = gramOf(y, dim, alpha);
    for (let reader = 0; reader < readers; reader += 1) {
      const [from, to] = [histories.start[reader]!, histories.start[reader + 1]!];
      if (from === to) continue;
      const ridge = lambda * (to - from + alpha * items);
      solver.solve(x, reader * dim, y, histories.item, histories.confidence, from, to, ridge, STEPS);
    }
    solver.gram = gramOf(x, dim, alpha);
    for (let item = 0; item < items; item += 1) {
      const [from, to] = [openings.start[item]!, openings.start[item + 1]!];
      const ridge = lambda * (to - from + alpha * readers);
      if (from === to) y.fill(0, item * dim, (item + 1) * dim);
      else solver.solve(y, item * dim, x, openings.reader, weights, from, to, ridge, STEPS);
    }
  }
  return { dim, alpha, lambda, trainedItems: items, values: y, gram: gramOf(y, dim, alpha) };
}

function gather(values: Float32Array, rows: Uint32Array): Float32Array {
  const gathered = new Float32Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) gathered[index] = values[rows[index]!]!;
  return gathered;
}

const SEARCH_READERS = 6_000;
const ASKED = 500;
const SEARCH_DIM = 32;
const SEARCH_ITERATIONS = 6;
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
): FactorOptions {
  const random = seededRandom(base.seed);
  const chosen = new Uint8Array(all.readers);
  const asked = [...sample(held.length, ASKED, random)].map((place) => held[place]!);
  for (const { reader } of asked) chosen[reader] = 1;
  for (const reader of sample(all.readers, SEARCH_READERS, random)) chosen[reader] = 1;
  const small = filterHistories(seen, (_, reader) => chosen[reader] === 1);
  const openings = openingsByItem(small);
  const quality = (options: FactorOptions) => {
    const trial = { ...options, dim: SEARCH_DIM, iterations: SEARCH_ITERATIONS };
    return meanGain(trainItemFactors(small, openings, trial), all, asked);
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
