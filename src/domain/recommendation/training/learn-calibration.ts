import { inputs, logistic, uncalibrated, type Calibration, type Evidence } from '../model/calibration';
import { DAY, type ImpressionLog } from '../model/reading-data';
import type { Recommender } from '../model/recommender';
import { sample, seededRandom } from '../numeric/random';
import { Choices, fitChoices } from './choice-model';
import { Replay, type Histories } from './histories';
import { viewOf } from './validation';

const BINS = 25;
const LEAST_IN_BIN = 40;

export interface Shown {
  reader: number;
  item: number;
  at: number;
  opened: boolean;
}

const MAX_SHOWN = 8_000;

/**
 * What was shown from a moment on that the components know nothing of: their scores are as honest as when serving. The
 * last 24 h are left out, since what was shown then may still be opened. A seeded sample when there is much.
 */
export function impressionsSince(
  cut: number,
  histories: Histories,
  impressions: ImpressionLog | undefined,
  seed: number,
): Shown[] {
  if (!impressions) return [];
  const until = impressions.at.reduce((latest, at) => Math.max(latest, at), -Infinity) - DAY;
  const shown: Shown[] = [];
  for (let row = 0; row < impressions.at.length; row += 1) {
    const [reader, item, at] = [impressions.reader[row]!, impressions.item[row]!, impressions.at[row]!];
    if (at < cut || at > until) continue;
    const openedAt = openingOf(histories, reader, item);
    // Shown again after it was read: no longer something that would be recommended.
    if (openedAt < at) continue;
    shown.push({ reader, item, at, opened: openedAt <= at + DAY });
  }
  return [...sample(shown.length, MAX_SHOWN, seededRandom(seed))].map((place) => shown[place]!);
}

/** When the reader first opened the item; Infinity when never. */
function openingOf(histories: Histories, reader: number, item: number): number {
  const [start, end] = [histories.start[reader]!, histories.start[reader + 1]!];
  const place = histories.item.subarray(start, end).indexOf(item);
  return place < 0 ? Infinity : histories.at[start + place]!;
}

/**
 * Scores what was shown as the reader stood at that moment. Views since the cut reach the model as they do when serving:
 * as the history of the reader and as popularity.
 */
export function collectEvidence(
  model: Recommender,
  shown: readonly Shown[],
  cut: number,
  all: Histories,
  typePoints: Float32Array | undefined,
): { evidence: Evidence; opened: boolean }[] {
  const replay = new Replay(all, model.parts, cut);
  const ordered = shown.toSorted((left, right) => left.at - right.at);
  return ordered.map(({ reader, item, at, opened }) => {
    replay.until(at - 1);
    let historyEnd = all.start[reader]!;
    while (historyEnd < all.start[reader + 1]! && all.at[historyEnd]! < at) historyEnd += 1;
    const view = viewOf(all, reader, historyEnd, typePoints);
    return { evidence: model.evidenceOf(view, item, at), opened };
  });
}

/** Learns from what was shown and whether it was opened within 24 h; too little of either leaves the fallback. */
export function learnCalibration(
  shown: readonly { evidence: Evidence; opened: boolean }[],
  dailyReads: number,
): Calibration {
  const none = uncalibrated(dailyReads);
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

/** A logistic regression is the choice between opening, which has the inputs for features, and not opening, without any. */
function fitLogistic(rows: readonly number[][], opened: readonly number[]): Float32Array {
  const width = rows[0]!.length;
  const neither = new Array<number>(width).fill(0);
  const choices = new Choices(width);
  rows.forEach((row, index) => {
    const taken = opened[index] ? [...row, ...neither] : [...neither, ...row];
    choices.append(Float32Array.from(taken), Float32Array.of(1, 1));
  });
  const features = [...neither.keys()];
  return fitChoices(choices, Uint32Array.from(rows.keys()), {
    prior: new Float32Array(width),
    strength: 1,
    features,
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
