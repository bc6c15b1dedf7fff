import { FEATURE_COUNT, FEATURES } from './feature';
import type { Pacer } from './pause';
import { sample, seededRandom } from './random';

// Bound here: in compiled code an imported name is a property access, and the inner loops use this one.
const WIDTH = FEATURE_COUNT;

/** Choices that were made: in each, the first row was opened and the others were not. */
export class Choices {
  rows = new Float32Array(1024 * WIDTH);
  /** How many items a row stands for: 1, or more when it was drawn at random. */
  stands = new Float32Array(1024);
  readonly start: number[] = [0];

  get count(): number {
    return this.start.length - 1;
  }

  append(rows: Float32Array, stands: Float32Array): void {
    const from = this.start.at(-1)!;
    const end = from + stands.length;
    if (end > this.stands.length) {
      const larger = new Float32Array(Math.ceil(end * 1.4) * WIDTH);
      larger.set(this.rows.subarray(0, from * WIDTH));
      this.rows = larger;
      const longer = new Float32Array(Math.ceil(end * 1.4));
      longer.set(this.stands.subarray(0, from));
      this.stands = longer;
    }
    this.rows.set(rows, from * WIDTH);
    this.stands.set(stands, from);
    this.start.push(end);
  }
}

export interface FitOptions {
  /** Where the weights stay when the choices say nothing. */
  prior: Float32Array;
  /** How many choices the prior weighs as much as. */
  strength: number;
  /** 0 keeps a feature out. */
  mask: Uint8Array;
  seed: number;
}

const BATCH = 32;
const MIN_STEPS = 500;
const MAX_EPOCHS = 30;
const RATE = 0.04;

/**
 * Weights of a conditional logit over the candidates (McFadden 1974): P(i) = exp(w·f_i) / Σ_j n_j exp(w·f_j), with n_j
 * for the items that a sampled row stands for; a Gaussian prior; minimised by Adam (Kingma and Ba 2015) on features of
 * unit variance.
 */
export async function fitChoices(
  choices: Choices,
  which: Uint32Array,
  { prior, strength, mask, seed }: FitOptions,
  pacer: Pacer,
): Promise<Float32Array> {
  const scale = deviations(choices, which);
  const weights = Float64Array.from(prior, (weight, f) => (mask[f] ? weight * scale[f]! : 0));
  const centre = weights.slice();
  if (which.length === 0) return prior.map((weight, f) => (mask[f] ? weight : 0));
  const [mean, square] = [new Float64Array(WIDTH), new Float64Array(WIDTH)];
  const gradient = new Float64Array(WIDTH);
  const random = seededRandom(seed);
  const perEpoch = Math.ceil(which.length / BATCH);
  const epochs = Math.max(Math.ceil(MIN_STEPS / perEpoch), Math.min(MAX_EPOCHS, 12));
  const averaged = new Float64Array(WIDTH);
  let [step, averages] = [0, 0];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = sample(which.length, which.length, random);
    for (let from = 0; from < which.length; from += BATCH) {
      if (pacer.due()) await pacer.pause('blend', epoch / epochs);
      const batch = Math.min(BATCH, which.length - from);
      for (let f = 0; f < WIDTH; f += 1) gradient[f] = (strength / which.length) * (weights[f]! - centre[f]!);
      for (let index = from; index < from + batch; index += 1)
        addGradient(choices, which[order[index]!]!, weights, scale, gradient, 1 / batch);
      step += 1;
      const rate = RATE * Math.min(1, 3 * (1 - epoch / epochs));
      for (let f = 0; f < WIDTH; f += 1) {
        if (!mask[f]) continue;
        mean[f] = 0.9 * mean[f]! + 0.1 * gradient[f]!;
        square[f] = 0.99 * square[f]! + 0.01 * gradient[f]! ** 2;
        const rms = Math.sqrt(square[f]! / (1 - 0.99 ** step));
        weights[f]! -= (rate * mean[f]!) / (1 - 0.9 ** step) / (rms + 1e-6);
      }
    }
    if (epoch < epochs * 0.75) continue;
    averages += 1;
    for (let f = 0; f < WIDTH; f += 1) averaged[f]! += weights[f]!;
  }
  return Float32Array.from(averaged, (sum, f) => (mask[f] ? sum / averages / scale[f]! : 0));
}

let scores = new Float64Array(1024);

function addGradient(
  choices: Choices,
  choice: number,
  weights: Float64Array,
  scale: Float64Array,
  gradient: Float64Array,
  share: number,
): void {
  const [from, to] = [choices.start[choice]!, choices.start[choice + 1]!];
  if (to - from > scores.length) scores = new Float64Array(2 * (to - from));
  const raw = weights.map((weight, f) => weight / scale[f]!);
  const { rows, stands } = choices;
  let greatest = -Infinity;
  for (let row = from; row < to; row += 1) {
    const score = dot(rows, row, raw);
    scores[row - from] = score;
    if (score > greatest) greatest = score;
  }
  let sum = 0;
  for (let row = from; row < to; row += 1) {
    scores[row - from] = stands[row]! * Math.exp(scores[row - from]! - greatest);
    sum += scores[row - from]!;
  }
  scores[0]! -= sum;
  const factor = share / sum;
  const step = new Float64Array(WIDTH);
  for (let row = from; row < to; row += 1) {
    const amount = factor * scores[row - from]!;
    const base = row * WIDTH;
    if (Math.abs(amount) > 1e-9) for (let f = 0; f < WIDTH; f += 1) step[f]! += amount * rows[base + f]!;
  }
  for (let f = 0; f < WIDTH; f += 1) gradient[f]! += step[f]! / scale[f]!;
}

/** Where the opened item ends up: how many of the others are before it, ties by halves. */
export function rankOfOpened(choices: Choices, choice: number, weights: ArrayLike<number>): number {
  const [from, to] = [choices.start[choice]!, choices.start[choice + 1]!];
  const opened = dot(choices.rows, from, weights);
  let before = 0;
  for (let row = from + 1; row < to; row += 1) {
    const score = dot(choices.rows, row, weights);
    if (score > opened) before += choices.stands[row]!;
    else if (score === opened) before += choices.stands[row]! / 2;
  }
  return before;
}

/** Mean of NDCG@10 and half of Recall@10 of each choice: what the blend and its rivals are compared by. */
export function qualities(choices: Choices, which: Uint32Array, weights: ArrayLike<number>): Float64Array {
  return Float64Array.from(which, (choice) => {
    const rank = rankOfOpened(choices, choice, weights);
    return rank < 10 ? 1 / Math.log2(rank + 2) + 0.5 : 0;
  });
}

/** Mean −ln P of the opened items. */
export function surprise(choices: Choices, which: Uint32Array, weights: ArrayLike<number>): number {
  let total = 0;
  for (const choice of which) {
    const [from, to] = [choices.start[choice]!, choices.start[choice + 1]!];
    const opened = dot(choices.rows, from, weights);
    let sum = 0;
    for (let row = from; row < to; row += 1)
      sum += choices.stands[row]! * Math.exp(Math.min(dot(choices.rows, row, weights) - opened, 50));
    total += Math.log(sum);
  }
  return total / Math.max(which.length, 1);
}

function dot(rows: Float32Array, row: number, weights: ArrayLike<number>): number {
  const base = row * WIDTH;
  let sum = 0;
  for (let f = 0; f < WIDTH; f += 1) sum += weights[f]! * rows[base + f]!;
  return sum;
}

function deviations(choices: Choices, which: Uint32Array): Float64Array {
  const [sums, squares] = [new Float64Array(WIDTH), new Float64Array(WIDTH)];
  let rows = 0;
  for (const choice of which)
    for (let row = choices.start[choice]!; row < choices.start[choice + 1]!; row += 1, rows += 1)
      for (let f = 0; f < WIDTH; f += 1) {
        const value = choices.rows[row * WIDTH + f]!;
        sums[f]! += value;
        squares[f]! += value * value;
      }
  return Float64Array.from(FEATURES, (_, f) => {
    const variance = squares[f]! / rows - (sums[f]! / rows) ** 2;
    return variance > 1e-8 ? Math.sqrt(variance) : 1;
  });
}
