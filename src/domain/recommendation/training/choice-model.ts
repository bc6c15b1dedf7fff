import { grown } from '../numeric/sparse-rows';

// Bound once: a global is looked up at every use where code runs in a context of its own, as in tests.
const { exp, log } = Math;

/** Choices that were made: in each, the first row was opened and the others were not. */
export class Choices {
  rows: Float32Array;
  /** How many items a row stands for: 1, or more when it was drawn at random. */
  stands = new Float32Array(1024);
  readonly start: number[] = [0];

  /** `width` is how many features a row has. */
  constructor(readonly width: number) {
    this.rows = new Float32Array(1024 * width);
  }

  get count(): number {
    return this.start.length - 1;
  }

  append(rows: Float32Array, stands: Float32Array): void {
    const from = this.start.at(-1)!;
    const end = from + stands.length;
    this.rows = grown(this.rows, end * this.width, Float32Array);
    this.stands = grown(this.stands, end, Float32Array);
    this.rows.set(rows, from * this.width);
    this.stands.set(stands, from);
    this.start.push(end);
  }
}

export interface FitOptions {
  /** Where the weights stay when the choices say nothing. */
  prior: Float32Array;
  /** How many choices the prior weighs as much as. */
  strength: number;
  /** Those that are weighed; the others weigh nothing. */
  features: readonly number[];
  /** Those whose weight never falls below zero. */
  neverNegative?: readonly number[];
}

const NEWTON_STEPS = 8;
const HALVINGS = 6;
const CONVERGED = 2e-4;
/** Less likely items than this have next to no say in the curvature, and these in the gradient. */
const FLAT = 2e-3;
const NEGLIGIBLE = 1e-6;
/** The Hessian is costly and needs not be exact: it is taken from choices with so many rows. */
const CURVATURE_ROWS = 30_000;

/**
 * Weights of a conditional logit over the candidates (McFadden 1974): P(i) = n_i exp(w·f_i) / Σ_j n_j exp(w·f_j), with
 * n for the items that a sampled row stands for, and a Gaussian prior on features of unit variance. The loss is convex:
 * Newton's method with step halving, projected on what may not be negative (Bertsekas 1982). Features that never vary stay
 * at the prior.
 */
export function fitChoices(
  choices: Choices,
  which: Uint32Array,
  { prior, strength, features, neverNegative = [] }: FitOptions,
): Float32Array {
  const fitted = prior.map((weight, f) => (features.includes(f) ? weight : 0));
  const deviation = deviations(choices, which);
  const active = features.filter((f) => deviation[f]! > 0);
  if (which.length === 0 || active.length === 0) return fitted;
  const problem = compact(choices, which, active);
  const ridge = active.map((f) => strength * deviation[f]! ** 2);
  const centre = Float64Array.from(active, (f) => prior[f]!);
  const floor = active.map((f) => (neverNegative.includes(f) ? 0 : -Infinity));
  const penalty = (at: Float64Array) =>
    at.reduce((sum, weight, f) => sum + 0.5 * ridge[f]! * (weight - centre[f]!) ** 2, 0);
  let weights = centre.map((weight, f) => Math.max(weight, floor[f]!));
  let tangent = tangentAt(problem, weights);
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const gradient = ridge.map((stiff, f) => tangent.gradient[f]! + stiff * (weights[f]! - centre[f]!));
    const stuck = floor.map((least, f) => weights[f]! <= least && gradient[f]! > 0);
    const curvature = tangent.curvature.map((row, f) =>
      row.map((value, g) => (f === g ? value + ridge[f]! + 1e-9 : stuck[f] || stuck[g] ? 0 : value)),
    );
    const change = solveSystem(
      curvature,
      gradient.map((slope, f) => (stuck[f] ? 0 : slope)),
    );
    const current = tangent.loss + penalty(weights);
    let improved = false;
    for (let halving = 0; halving < HALVINGS && !improved; halving += 1) {
      const next = weights.map((weight, f) => Math.max(weight - change[f]! / 2 ** halving, floor[f]!));
      const there = tangentAt(problem, next);
      improved = there.loss + penalty(next) < current;
      if (improved) [weights, tangent] = [next, there];
    }
    if (!improved || current - (tangent.loss + penalty(weights)) < CONVERGED * which.length) break;
  }
  active.forEach((f, index) => (fitted[f] = weights[index]!));
  return fitted;
}

/** The chosen choices with the features that are fitted only. */
function compact(choices: Choices, which: Uint32Array, active: readonly number[]): Choices {
  const width = active.length;
  const compacted = new Choices(width);
  for (const choice of which) {
    const [from, to] = [choices.start[choice]!, choices.start[choice + 1]!];
    const rows = new Float32Array((to - from) * width);
    for (let row = from; row < to; row += 1)
      for (let f = 0; f < width; f += 1)
        rows[(row - from) * width + f] = choices.rows[row * choices.width + active[f]!]!;
    compacted.append(rows, choices.stands.subarray(from, to));
  }
  return compacted;
}

interface Tangent {
  loss: number;
  gradient: Float64Array;
  curvature: Float64Array[];
}

/** Loss, gradient and Hessian: Σ −ln P, Σ (E f − f_opened) and Σ cov f. */
function tangentAt(problem: Choices, weights: Float64Array): Tangent {
  const { width, start } = problem;
  const curvature = Array.from({ length: width }, () => new Float64Array(width));
  const tangent = { loss: 0, gradient: new Float64Array(width), curvature };
  const every = Math.ceil(start.at(-1)! / CURVATURE_ROWS);
  const chances = new Float64Array(
    start.reduce((most, from, index) => Math.max(most, (start[index + 1] ?? from) - from), 0),
  );
  for (let choice = 0; choice < problem.count; choice += 1)
    addChoice(problem, choice, weights, chances, tangent, choice % every === 0);
  for (let f = 0; f < width; f += 1)
    for (let g = 0; g <= f; g += 1) {
      curvature[f]![g]! *= every;
      curvature[g]![f] = curvature[f]![g]!;
    }
  return tangent;
}

function addChoice(
  { width, start, rows, stands }: Choices,
  choice: number,
  weights: Float64Array,
  chances: Float64Array,
  tangent: Tangent,
  bends: boolean,
): void {
  const [from, to] = [start[choice]!, start[choice + 1]!];
  let greatest = -Infinity;
  for (let row = from; row < to; row += 1) {
    const base = row * width;
    let score = 0;
    for (let f = 0; f < width; f += 1) score += weights[f]! * rows[base + f]!;
    chances[row - from] = score;
    if (score > greatest) greatest = score;
  }
  const opened = chances[0]!;
  let sum = 0;
  for (let row = from; row < to; row += 1) {
    chances[row - from] = stands[row]! * exp(chances[row - from]! - greatest);
    sum += chances[row - from]!;
  }
  tangent.loss += log(sum) + greatest - opened;
  const mean = new Float64Array(width);
  for (let row = from; row < to; row += 1) {
    const chance = chances[row - from]! / sum;
    if (chance < NEGLIGIBLE) continue;
    const base = row * width;
    for (let f = 0; f < width; f += 1) mean[f]! += chance * rows[base + f]!;
  }
  for (let f = 0; f < width; f += 1) tangent.gradient[f]! += mean[f]! - rows[from * width + f]!;
  if (!bends) return;
  const off = new Float64Array(width);
  for (let row = from; row < to; row += 1) {
    const chance = chances[row - from]! / sum;
    if (chance < FLAT) continue;
    for (let f = 0; f < width; f += 1) off[f] = rows[row * width + f]! - mean[f]!;
    for (let f = 0; f < width; f += 1) {
      const scaled = chance * off[f]!;
      const bend = tangent.curvature[f]!;
      for (let g = 0; g <= f; g += 1) bend[g]! += scaled * off[g]!;
    }
  }
}

/** Where the opened item ends up: how many of the others are before it, ties by halves. */
function rankOfOpened(choices: Choices, choice: number, weights: Float64Array): number {
  const [from, to] = [choices.start[choice]!, choices.start[choice + 1]!];
  const opened = scoreOf(choices, from, weights);
  let before = 0;
  for (let row = from + 1; row < to; row += 1) {
    const score = scoreOf(choices, row, weights);
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

function scoreOf({ rows, width }: Choices, row: number, weights: Float64Array): number {
  let sum = 0;
  for (let f = 0; f < width; f += 1) sum += weights[f]! * rows[row * width + f]!;
  return sum;
}

function deviations(choices: Choices, which: Uint32Array): Float64Array {
  const { width } = choices;
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
  let rows = 0;
  for (const choice of which)
    for (let row = choices.start[choice]!; row < choices.start[choice + 1]!; row += 1, rows += 1)
      for (let f = 0; f < width; f += 1) {
        const value = choices.rows[row * width + f]!;
        sums[f]! += value;
        squares[f]! += value * value;
      }
  return sums.map((sum, f) => {
    const variance = squares[f]! / rows - (sum / rows) ** 2;
    return variance > 1e-8 ? Math.sqrt(variance) : 0;
  });
}

/** Solves a positive definite system by Gaussian elimination. */
function solveSystem(matrix: readonly ArrayLike<number>[], right: ArrayLike<number>): number[] {
  const rows = matrix.map((row, index) => [...Array.from(row), right[index]!]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot += 1)
    for (let row = 0; row < size; row += 1) {
      if (row === pivot) continue;
      const factor = rows[row]![pivot]! / rows[pivot]![pivot]!;
      if (factor === 0) continue;
      for (let column = pivot; column <= size; column += 1)
        rows[row]![column]! -= factor * rows[pivot]![column]!;
    }
  return rows.map((row, index) => row[size]! / row[index]!);
}
