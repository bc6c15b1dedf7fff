import { FEATURE_COUNT, FEATURES } from './feature';
import { solveSystem } from './linear-system';
import type { Pacer } from './pause';

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
}

const NEWTON_STEPS = 8;
const HALVINGS = 6;
const CONVERGED = 1e-4;
/** Less likely items than this have next to no say in the curvature. */
const NEGLIGIBLE = 1e-3;
/** The Hessian is costly and needs not be exact: it is taken from so many choices. */
const CURVATURE_CHOICES = 200;

/**
 * Weights of a conditional logit over the candidates (McFadden 1974): P(i) = n_i exp(w·f_i) / Σ_j n_j exp(w·f_j), with
 * n for the items that a sampled row stands for, and a Gaussian prior on features of unit variance. The loss is convex:
 * Newton's method with step halving.
 */
export async function fitChoices(
  choices: Choices,
  which: Uint32Array,
  { prior, strength, mask }: FitOptions,
  pacer: Pacer,
): Promise<Float32Array> {
  const centre = Float64Array.from(prior, (weight, f) => (mask[f] ? weight : 0));
  if (which.length === 0) return Float32Array.from(centre);
  const ridge = deviations(choices, which).map((deviation) => strength * deviation ** 2);
  const active = Array.from(mask, (on, f) => (on ? f : -1)).filter((f) => f >= 0);
  let weights = centre;
  let tangent = await tangentAt(choices, which, weights, pacer);
  const penalty = (at: Float64Array) =>
    at.reduce((sum, weight, f) => sum + 0.5 * ridge[f]! * (weight - centre[f]!) ** 2, 0);
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const gradient = active.map((f) => tangent.gradient[f]! + ridge[f]! * (weights[f]! - centre[f]!));
    const curvature = active.map((row) =>
      active.map(
        (column) => tangent.curvature[row * WIDTH + column]! + (row === column ? ridge[row]! + 1e-9 : 0),
      ),
    );
    const change = solveSystem(curvature, gradient);
    const current = tangent.loss + penalty(weights);
    let improved = false;
    for (let halving = 0; halving < HALVINGS && !improved; halving += 1) {
      const next = weights.slice();
      active.forEach((f, index) => (next[f]! -= change[index]! / 2 ** halving));
      const there = await tangentAt(choices, which, next, pacer);
      improved = there.loss + penalty(next) < current;
      if (improved) [weights, tangent] = [next, there];
    }
    if (!improved || current - (tangent.loss + penalty(weights)) < CONVERGED * which.length) break;
  }
  return Float32Array.from(weights);
}

interface Tangent {
  loss: number;
  gradient: Float64Array;
  curvature: Float64Array;
}

/** Loss, gradient and Hessian: Σ −ln P, Σ (E f − f_opened) and Σ cov f. */
async function tangentAt(
  choices: Choices,
  which: Uint32Array,
  weights: Float64Array,
  pacer: Pacer,
): Promise<Tangent> {
  const tangent = { loss: 0, gradient: new Float64Array(WIDTH), curvature: new Float64Array(WIDTH * WIDTH) };
  const every = Math.ceil(which.length / CURVATURE_CHOICES);
  for (const [index, choice] of which.entries()) {
    if ((index & 15) === 0 && pacer.due()) await pacer.pause('blend', index / which.length);
    addChoice(choices, choice, weights, tangent, index % every === 0);
  }
  for (let place = 0; place < WIDTH * WIDTH; place += 1) tangent.curvature[place]! *= every;
  for (let row = 0; row < WIDTH; row += 1)
    for (let column = 0; column < row; column += 1)
      tangent.curvature[column * WIDTH + row] = tangent.curvature[row * WIDTH + column]!;
  return tangent;
}

let chances = new Float64Array(1024);

function addChoice(
  choices: Choices,
  choice: number,
  weights: Float64Array,
  tangent: Tangent,
  bends: boolean,
): void {
  const [from, to] = [choices.start[choice]!, choices.start[choice + 1]!];
  if (to - from > chances.length) chances = new Float64Array(2 * (to - from));
  const { rows, stands } = choices;
  const { gradient, curvature } = tangent;
  let greatest = -Infinity;
  for (let row = from; row < to; row += 1) {
    const score = dot(rows, row, weights);
    chances[row - from] = score;
    if (score > greatest) greatest = score;
  }
  const opened = chances[0]!;
  let sum = 0;
  for (let row = from; row < to; row += 1) {
    chances[row - from] = stands[row]! * Math.exp(chances[row - from]! - greatest);
    sum += chances[row - from]!;
  }
  tangent.loss += Math.log(sum) + greatest - opened;
  const mean = new Float64Array(WIDTH);
  for (let row = from; row < to; row += 1) {
    const chance = chances[row - from]! / sum;
    const base = row * WIDTH;
    if (chance < 1e-6) continue;
    for (let f = 0; f < WIDTH; f += 1) mean[f]! += chance * rows[base + f]!;
    if (!bends || chance < NEGLIGIBLE) continue;
    for (let f = 0; f < WIDTH; f += 1) {
      const scaled = chance * rows[base + f]!;
      if (scaled !== 0) for (let g = 0; g <= f; g += 1) curvature[f * WIDTH + g]! += scaled * rows[base + g]!;
    }
  }
  for (let f = 0; f < WIDTH; f += 1) {
    gradient[f]! += mean[f]! - rows[from * WIDTH + f]!;
    if (bends) for (let g = 0; g <= f; g += 1) curvature[f * WIDTH + g]! -= mean[f]! * mean[g]!;
  }
}

/** Where the opened item ends up: how many of the others are before it, ties by halves. */
export function rankOfOpened(choices: Choices, choice: number, weights: Float64Array): number {
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
export function qualities(choices: Choices, which: Uint32Array, weights: Float64Array): Float64Array {
  return Float64Array.from(which, (choice) => {
    const rank = rankOfOpened(choices, choice, weights);
    return rank < 10 ? 1 / Math.log2(rank + 2) + 0.5 : 0;
  });
}

/** Mean −ln P of the opened items. */
export function surprise(choices: Choices, which: Uint32Array, weights: Float64Array): number {
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

function dot(rows: Float32Array, row: number, weights: Float64Array): number {
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
