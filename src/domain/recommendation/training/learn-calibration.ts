import {
  type Calibration, type Evidence, FIRST_SHARE, FIRST_WEIGHTS, INPUTS, inputs, logistic, READER_INPUTS, SHOWN_FEATURES, uncalibrated, weighed,
} from '../model/calibration'; // prettier-ignore
import type { Recommender } from '../model/recommender';
import { sample, seededRandom } from '../numeric/random';
import { Choices, fitChoices } from './choice-model';
import { Replay, type Histories } from './histories';
import type { Outcomes } from './outcomes';
import { viewOf } from './validation';

const BINS = 25;
const LEAST_IN_BIN = 40;

/** Lists, and rows of them, at most that are learnt from. */
const MAX_LISTS = 8_000;
const MAX_SHOWN = 20_000;
/** What is shown to a reader within so many seconds is one list. */
const TOGETHER = 300;

/** Rows of the outcomes that were shown to one reader at about one moment, in the order of time. */
export interface ShownList {
  reader: number;
  at: number;
  rows: number[];
}

/** The lists shown from a moment on that the components know nothing of: their scores are as honest as when serving. */
export function listsBetween(outcomes: Outcomes, from: number, until: number, seed: number): ShownList[] {
  const { reader, at } = outcomes;
  const open = new Map<number, ShownList>();
  const lists: ShownList[] = [];
  for (let row = 0; row < at.length; row += 1) {
    if (at[row]! < from || at[row]! > until) continue;
    const known = open.get(reader[row]!);
    if (known && at[row]! <= known.at + TOGETHER) known.rows.push(row);
    else {
      const list = { reader: reader[row]!, at: at[row]!, rows: [row] };
      open.set(list.reader, list);
      lists.push(list);
    }
  }
  const drawn: ShownList[] = [];
  let rows = 0;
  for (const place of sample(lists.length, MAX_LISTS, seededRandom(seed))) {
    if (rows >= MAX_SHOWN) break;
    drawn.push(lists[place]!);
    rows += lists[place]!.rows.length;
  }
  return drawn.sort((left, right) => left.at - right.at);
}

export interface Shown {
  reader: number;
  item: number;
  at: number;
  evidence: Evidence;
  opened: boolean;
}

/**
 * Scores what was shown as the reader stood at that moment. Views since the cut reach the model as they do when serving:
 * as the history of the reader and as popularity.
 */
export function collectEvidence(
  model: Recommender,
  lists: readonly ShownList[],
  cut: number,
  all: Histories,
  outcomes: Outcomes,
  typePoints: Float32Array | undefined,
): Shown[] {
  const replay = new Replay(all, model.parts, cut, outcomes);
  return lists.flatMap(({ reader, at, rows }) => {
    replay.until(at - 1);
    let historyEnd = all.start[reader]!;
    while (historyEnd < all.start[reader + 1]! && all.at[historyEnd]! < at) historyEnd += 1;
    const view = viewOf(all, reader, historyEnd, typePoints);
    const items = Uint32Array.from(rows, (row) => outcomes.item[row]!);
    return model.evidenceOf(view, items, at).map((evidence, place) => {
      const row = rows[place]!;
      return {
        reader,
        item: items[place]!,
        at: outcomes.at[row]!,
        evidence,
        opened: outcomes.openedAt[row]! < Infinity,
      };
    });
  });
}

/** Where the weights stay when little was shown is what counts before anything was learnt. */
const PRIOR_STRENGTH = 60;
const LEAST = 20;
/** Fewer openings cannot tell that readers turn away from what they like, nor that their taste does not matter. */
const ENOUGH = 500;
/** The share, then the features. */
const FIRST = [FIRST_SHARE, ...FIRST_WEIGHTS];
const TASTE = [
  READER_INPUTS,
  ...SHOWN_FEATURES.flatMap((feature, index) =>
    ['content', 'category', 'type'].includes(feature) ? [READER_INPUTS + 1 + index] : [],
  ),
];

type Learnable = Pick<Shown, 'evidence' | 'opened'>;

/** Learns from what was shown, in the order of time, and whether it was opened; too little of either leaves the fallback. */
export function learnCalibration(shown: readonly Learnable[], dailyReads: number): Calibration {
  const opened = shown.map((impression) => (impression.opened ? 1 : 0));
  const positives = opened.filter((one) => one === 1).length;
  if (positives < LEAST || shown.length - positives < LEAST) return uncalibrated(dailyReads);
  const rows = shown.map(({ evidence }) => inputs(evidence));
  const leading = leadingInputs(rows, opened);
  const fitted = fitLogistic(rows, opened, leading);
  const isAlone = positives < ENOUGH && !leading.some((input) => TASTE.includes(input));
  const weights = isAlone ? heedingTaste(fitted, rows, opened) : fitted;
  const chances = rows.map((row) => logistic(weighed(weights, row)));
  return { weights, ...isotonic(chances, opened), dailyReads };
}

const ALL_INPUTS = Array.from({ length: INPUTS }, (_, input) => input);

/** All inputs, unless one of an item alone tells the later half better than weights of the earlier half do. */
function leadingInputs(rows: readonly number[][], opened: readonly number[]): readonly number[] {
  const half = rows.length >> 1;
  const [later, openedLater] = [rows.slice(half), opened.slice(half)];
  const weights = fitLogistic(rows.slice(0, half), opened.slice(0, half), ALL_INPUTS);
  const quality = (scoreOf: (row: number[]) => number) => areaUnderCurve(later.map(scoreOf), openedLater);
  let best = { inputs: ALL_INPUTS, area: quality((row) => weighed(weights, row)) };
  for (const input of ALL_INPUTS.slice(READER_INPUTS)) {
    const area = quality((row) => row[input]!);
    if (area > best.area) best = { inputs: [0, input], area };
  }
  return best.inputs;
}

/** With the taste as before anything was learnt, unless the later half is told worse by that. */
function heedingTaste(
  weights: Float32Array,
  rows: readonly number[][],
  opened: readonly number[],
): Float32Array {
  const heeding = weights.map((weight, input) =>
    TASTE.includes(input) ? FIRST[input - READER_INPUTS]! : weight,
  );
  const half = rows.length >> 1;
  const quality = (by: Float32Array) =>
    areaUnderCurve(
      rows.slice(half).map((row) => weighed(by, row)),
      opened.slice(half),
    );
  return quality(heeding) >= quality(weights) ? heeding : weights;
}

/** Probability that what was opened scores higher than what was not (Hanley and McNeil 1982), ties by halves. */
export function areaUnderCurve(scores: readonly number[], opened: readonly number[]): number {
  const order = [...scores.keys()].sort((left, right) => scores[left]! - scores[right]!);
  let [positives, ranks] = [0, 0];
  for (let from = 0, end = 0; from < order.length; from = end) {
    while (end < order.length && scores[order[end]!] === scores[order[from]!]) end += 1;
    for (const place of order.slice(from, end))
      if (opened[place]) [positives, ranks] = [positives + 1, ranks + (from + 1 + end) / 2];
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (scores.length - positives));
}

/** A logistic regression is the choice between opening, which has the inputs for features, and not opening, without any. */
function fitLogistic(
  rows: readonly number[][],
  opened: readonly number[],
  features: readonly number[],
): Float32Array {
  const neither = new Array<number>(INPUTS).fill(0);
  const choices = new Choices(INPUTS);
  rows.forEach((row, index) => {
    const taken = opened[index] ? [...row, ...neither] : [...neither, ...row];
    choices.append(Float32Array.from(taken), Float32Array.of(1, 1));
  });
  const prior = new Float32Array(INPUTS);
  const positives = opened.reduce((sum, one) => sum + one, 0);
  const rate = (positives + 1) / (rows.length + 2);
  prior[0] = Math.log(rate / (1 - rate));
  FIRST.forEach((weight, index) => {
    const input = READER_INPUTS + index;
    prior[input] = weight;
    prior[0]! -= (weight * rows.reduce((sum, row) => sum + row[input]!, 0)) / rows.length;
  });
  return fitChoices(choices, Uint32Array.from(rows.keys()), {
    prior,
    strength: PRIOR_STRENGTH,
    features,
    neverNegative: positives < ENOUGH ? TASTE : [],
  });
}

/** Pool adjacent violators (Ayer et al. 1955) over bins of equal size. */
function isotonic(
  chances: readonly number[],
  opened: readonly number[],
): { predicted: Float64Array; observed: Float64Array } {
  const order = chances.map((_, index) => index).sort((left, right) => chances[left]! - chances[right]!);
  const size = Math.max(Math.ceil(order.length / BINS), LEAST_IN_BIN);
  const pools: { weight: number; predicted: number; observed: number }[] = [];
  for (let from = 0; from < order.length;) {
    // What is left over is too little for a bin of its own.
    const end = order.length - from < 2 * size ? order.length : from + size;
    const bin = order.slice(from, end);
    from = end;
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
