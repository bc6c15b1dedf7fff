import { probability } from '../../src/domain/recommendation/model/calibration';
import { HALF_LIVES, Popularity } from '../../src/domain/recommendation/model/popularity';
import { DAY, HOUR } from '../../src/domain/recommendation/model/reading-data';
import { buildHistories, type Histories } from '../../src/domain/recommendation/training/histories';
import {
  areaUnderCurve,
  collectEvidence,
  listsBetween,
} from '../../src/domain/recommendation/training/learn-calibration';
import { outcomesOf, settlingTime, type Outcomes } from '../../src/domain/recommendation/training/outcomes';
import {
  trainRecommender,
  type TrainingOptions,
} from '../../src/domain/recommendation/training/train-recommender';
import type { Dataset } from './dataset';
import { impressionsWhere, rowsWhere } from './protocol';

type OnProgress = TrainingOptions['onProgress'];

/** How well what is opened is told from the rest of what is shown. */
export interface Area {
  /** Of everything that was shown to anybody. */
  all: number;
  /** Mean of the lists in which something was opened and something not; null without any. */
  list: number | null;
}

export interface AmongShown {
  shown: number;
  opened: number;
  model: Area;
  /** Openings of the item per showing until then, with twenty showings of the overall rate as prior. */
  clickRate: Area;
  /** Openings of the item until then, the half-life with the greatest area of all. */
  popularity: Area;
  /** Expected calibration error of the model's probabilities. */
  ece: number;
}

const PERIOD = 0.75;
const BINS = 10;
const PRIOR_SHOWN = 20;

/**
 * The model is trained on what happened before three quarters of the impressions and predicts, for what was shown afterwards,
 * whether it is opened within 24 h. What happens meanwhile reaches it as it does when serving. Null without impressions, or
 * when nothing or everything that follows was opened.
 */
export function amongShown(dataset: Dataset, seed: number, onProgress?: OnProgress): AmongShown | null {
  const from = momentOf(dataset);
  return from === undefined
    ? null
    : predict(dataset, { since: -Infinity, from, until: Infinity }, seed, onProgress);
}

/**
 * The same in the first 24 h of impressions: `hours` of them are known when the model is trained, and what is shown in the
 * rest of the day is predicted.
 */
export function inTheFirstDay(
  dataset: Dataset,
  hours: number,
  seed: number,
  onProgress?: OnProgress,
): AmongShown | null {
  const from = momentOf(dataset);
  if (from === undefined) return null;
  const since = from - hours * HOUR;
  return predict(dataset, { since, from, until: since + DAY }, seed, onProgress);
}

function momentOf({ impressions }: Dataset): number | undefined {
  return impressions?.at.slice().sort()[Math.floor(impressions.at.length * PERIOD)];
}

interface Period {
  /** Nothing is known of what was shown before. */
  since: number;
  /** When the model is trained. */
  from: number;
  /** What is shown until then is predicted. */
  until: number;
}

function predict(
  { impressions, ...dataset }: Dataset,
  { since, from, until }: Period,
  seed: number,
  onProgress: OnProgress,
): AmongShown | null {
  const known = impressionsWhere(impressions!, (_, at) => at >= since);
  const histories = buildHistories(dataset.log, dataset.readers, dataset.items.length);
  const outcomes = outcomesOf(known, histories);
  const settled = (outcomes.at.at(-1) ?? 0) - settlingTime(outcomes);
  const lists = listsBetween(outcomes, from, Math.min(until, settled), seed);
  const training = {
    ...dataset,
    log: rowsWhere(dataset.log, (_, __, at) => at < from),
    impressions: impressionsWhere(known, (_, at) => at < from),
  };
  const model = trainRecommender(training, { seed, trainedAt: from, ...(onProgress && { onProgress }) });
  const shown = collectEvidence(model, lists, from, histories, outcomes, dataset.typePoints);
  const opened = shown.map((one) => (one.opened ? 1 : 0));
  const positives = opened.reduce<number>((sum, one) => sum + one, 0);
  if (positives === 0 || positives === shown.length) return null;
  const area = (scores: readonly number[]) =>
    areaOf(
      scores,
      opened,
      lists.map(({ rows }) => rows.length),
    );
  const chances = shown.map(({ evidence }) => probability(model.calibration, evidence));
  const counted = countSoFar(outcomes, histories, lists);
  const popularities = HALF_LIVES.map((_, h) => area(counted.map(({ popularity }) => popularity[h]!)));
  return {
    shown: shown.length,
    opened: positives,
    model: area(chances),
    clickRate: area(counted.map(({ clickRate }) => clickRate)),
    popularity: popularities.reduce((best, one) => (one.all > best.all ? one : best)),
    ece: expectedCalibrationError(chances.map((chance, index) => ({ chance, opened: opened[index]! }))),
  };
}

/** Of each row of the lists, which are in the order of time, by what happened before its list. */
function countSoFar(
  { item, at, openedAt }: Outcomes,
  histories: Histories,
  lists: readonly { at: number; rows: readonly number[] }[],
): { clickRate: number; popularity: number[] }[] {
  const [shown, opened] = [new Float64Array(histories.items), new Float64Array(histories.items)];
  const popularity = new Popularity(new Float32Array(histories.items));
  const [clicks, openings] = [inOrder(openedAt), inOrder(histories.at)];
  let [nextShown, nextClick, nextOpening, everShown, everOpened] = [0, 0, 0, 0, 0];
  return lists.flatMap((list) => {
    for (; nextShown < at.length && at[nextShown]! < list.at; nextShown += 1, everShown += 1)
      shown[item[nextShown]!]! += 1;
    for (; openedAt[clicks[nextClick]!]! < list.at; nextClick += 1, everOpened += 1)
      opened[item[clicks[nextClick]!]!]! += 1;
    for (; histories.at[openings[nextOpening]!]! < list.at; nextOpening += 1) {
      const row = openings[nextOpening]!;
      popularity.decay(histories.item[row]!, histories.at[row]!);
    }
    const overall = (everOpened + 1) / (everShown + PRIOR_SHOWN);
    return list.rows.map((row) => {
      const place = item[row]!;
      return {
        clickRate: (opened[place]! + PRIOR_SHOWN * overall) / (shown[place]! + PRIOR_SHOWN),
        popularity: HALF_LIVES.map((_, h) => popularity.sums[h]![place]! * popularity.factor(h, list.at)),
      };
    });
  });
}

function inOrder(times: Float64Array): Uint32Array {
  const rows = Uint32Array.from(times, (_, row) => row);
  return rows.sort((left, right) => times[left]! - times[right]! || left - right);
}

function areaOf(scores: readonly number[], opened: readonly number[], lengths: readonly number[]): Area {
  const areas: number[] = [];
  let from = 0;
  for (const length of lengths) {
    const area = areaUnderCurve(scores.slice(from, from + length), opened.slice(from, from + length));
    if (!Number.isNaN(area)) areas.push(area);
    from += length;
  }
  const sum = areas.reduce((total, area) => total + area, 0);
  return { all: areaUnderCurve(scores, opened), list: areas.length > 0 ? sum / areas.length : null };
}

/** Σ n_b / n · |mean prediction − share opened| over ten bins of equal size (Naeini et al. 2015). */
export function expectedCalibrationError(predictions: readonly { chance: number; opened: number }[]): number {
  const ordered = predictions.toSorted((left, right) => left.chance - right.chance);
  const size = Math.ceil(ordered.length / BINS);
  let error = 0;
  for (let from = 0; from < ordered.length; from += size)
    error += Math.abs(
      ordered.slice(from, from + size).reduce((sum, { chance, opened }) => sum + chance - opened, 0),
    );
  return error / Math.max(ordered.length, 1);
}
