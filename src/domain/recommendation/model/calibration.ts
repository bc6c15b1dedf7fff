import { solveSystem } from '../numeric/linear-system';

/** What a probability is computed from. */
export interface Evidence {
  /** ln P of this item among the reader's candidates, by the blend. */
  logShare: number;
  /** Openings known of the reader. */
  reads: number;
  /** Openings in the last seven days. */
  readsOfWeek: number;
}

/** Learnt from impressions; `null` weights mean that there were none. */
export interface Calibration {
  weights: Float64Array | null;
  /** Isotonic correction: predicted and true probability at ascending knots; empty without. */
  predicted: Float64Array;
  observed: Float64Array;
  /** Openings of an average reader a day. */
  dailyReads: number;
}

const PRIOR_DAYS = 3;
const BINS = 25;
const LEAST_IN_BIN = 40;
const RIDGE = 1e-3;
const NEWTON_STEPS = 25;

function inputs({ logShare, reads, readsOfWeek }: Evidence): number[] {
  return [1, Math.max(logShare, -20), Math.log1p(readsOfWeek), Math.log1p(reads), reads === 0 ? 1 : 0];
}

/**
 * Probability that the item is opened within 24 h of being shown. With impressions: logistic regression on the evidence
 * (Platt 1999) corrected by isotonic regression (Zadrozny and Elkan 2002). Without: 1 − exp(−openings a day · P), openings
 * being the reader's own rate with three days of the average reader as prior.
 */
export function probability(calibration: Calibration, evidence: Evidence): number {
  const { weights, dailyReads, predicted, observed } = calibration;
  if (weights === null) {
    const rate = (evidence.readsOfWeek + PRIOR_DAYS * dailyReads) / (7 + PRIOR_DAYS);
    return 1 - Math.exp(-rate * Math.exp(evidence.logShare));
  }
  const chance = logistic(inputs(evidence).reduce((sum, input, index) => sum + input * weights[index]!, 0));
  return predicted.length > 0 ? interpolate(predicted, observed, chance) : chance;
}

/** Learns from what was shown and whether it was opened within 24 h; too little of either leaves the fallback. */
export function learnCalibration(
  shown: readonly { evidence: Evidence; opened: boolean }[],
  dailyReads: number,
): Calibration {
  const none = { weights: null, predicted: new Float64Array(0), observed: new Float64Array(0), dailyReads };
  const positives = shown.filter(({ opened }) => opened).length;
  if (positives < 20 || shown.length - positives < 20) return none;
  const rows = shown.map(({ evidence }) => inputs(evidence));
  const opened = shown.map((impression) => (impression.opened ? 1 : 0));
  const weights = fitLogistic(rows, opened);
  // A better rank must never have a lower probability.
  if (weights[1]! < 0) return none;
  const chances = rows.map((row) => logistic(row.reduce((sum, x, index) => sum + x * weights[index]!, 0)));
  return { weights, ...isotonic(chances, opened), dailyReads };
}

/** Newton's method with a small ridge. */
function fitLogistic(rows: readonly number[][], opened: readonly number[]): Float64Array {
  const size = rows[0]!.length;
  const weights = new Float64Array(size);
  weights[0] = Math.log(opened.filter(Boolean).length / opened.filter((value) => !value).length);
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const gradient = Array.from(weights, (weight) => -RIDGE * rows.length * weight);
    gradient[0] = 0;
    const curvature = gradient.map((_, row) =>
      gradient.map((__, column) => (row === column ? RIDGE * rows.length : 0)),
    );
    for (const [index, row] of rows.entries()) {
      const chance = logistic(row.reduce((sum, x, place) => sum + x * weights[place]!, 0));
      for (let left = 0; left < size; left += 1) {
        gradient[left]! += (opened[index]! - chance) * row[left]!;
        for (let right = 0; right < size; right += 1)
          curvature[left]![right]! += chance * (1 - chance) * row[left]! * row[right]!;
      }
    }
    const change = solveSystem(curvature, gradient);
    change.forEach((amount, place) => (weights[place]! += amount));
    if (change.every((amount) => Math.abs(amount) < 1e-6)) break;
  }
  return weights;
}

/** Pool adjacent violators (Ayer et al. 1955) over bins of equal size. */
function isotonic(
  chances: readonly number[],
  opened: readonly number[],
): { predicted: Float64Array; observed: Float64Array } {
  const order = chances.map((_, index) => index).sort((left, right) => chances[left]! - chances[right]!);
  const size = Math.max(Math.ceil(order.length / BINS), LEAST_IN_BIN);
  const pools: { weight: number; predicted: number; observed: number }[] = [];
  for (let from = 0; from < order.length; from += size) {
    const bin = order.slice(from, from + size);
    let pool = { weight: bin.length, predicted: meanOf(bin, chances), observed: meanOf(bin, opened) };
    while (pools.length > 0 && pools.at(-1)!.observed >= pool.observed) {
      const { weight, predicted, observed } = pools.pop()!;
      const sum = weight + pool.weight;
      pool = {
        weight: sum,
        predicted: (weight * predicted + pool.weight * pool.predicted) / sum,
        observed: (weight * observed + pool.weight * pool.observed) / sum,
      };
    }
    pools.push(pool);
  }
  return {
    predicted: Float64Array.from(pools, (pool) => pool.predicted),
    observed: Float64Array.from(pools, (pool) => pool.observed),
  };
}

function meanOf(places: readonly number[], values: readonly number[]): number {
  return places.reduce((sum, place) => sum + values[place]!, 0) / places.length;
}

/** Linear between the knots and from (0, 0) to the first; beyond the last one halfway to the prediction itself. */
function interpolate(xs: Float64Array, ys: Float64Array, x: number): number {
  let place = 0;
  while (place < xs.length && xs[place]! < x) place += 1;
  if (place === xs.length) return Math.min(ys[place - 1]! + (x - xs[place - 1]!) / 2, 1);
  const [x0, y0] = place === 0 ? [0, 0] : [xs[place - 1]!, ys[place - 1]!];
  const span = xs[place]! - x0;
  return span > 0 ? y0 + ((ys[place]! - y0) * (x - x0)) / span : ys[place]!;
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
