import { buildHistories } from '../../src/domain/recommendation/training/histories';
import { openingOf } from '../../src/domain/recommendation/training/learn-calibration';
import { sample, seededRandom } from '../../src/domain/recommendation/numeric/random';
import { probability } from '../../src/domain/recommendation/model/calibration';
import { DAY, type Progress } from '../../src/domain/recommendation/model/reading-data';
import { trainRecommender } from '../../src/domain/recommendation/training/train-recommender';
import { Replay } from '../../src/domain/recommendation/training/histories';
import { viewOf } from '../../src/domain/recommendation/training/validation';
import type { Dataset } from './dataset';
import { rowsWhere } from './protocol';

const PERIOD = 0.75;
const MAX_SHOWN = 10_000;
const BINS = 10;

/**
 * Expected calibration error (Naeini et al. 2015, bins of equal size): the model is trained on what happened before one
 * moment and predicts, for what was shown afterwards, whether it is opened within 24 h. Views that follow reach it as
 * they do when serving: as the reader's history and as popularity. Null without impressions or without a full day.
 */
export async function calibrationError(
  dataset: Dataset,
  seed: number,
  onProgress: Progress,
): Promise<number | null> {
  const { impressions, log, items, readers } = dataset;
  if (!impressions || impressions.at.length === 0) return null;
  const times = impressions.at.slice().sort();
  const cut = times[Math.floor(times.length * PERIOD)]!;
  const histories = buildHistories(log, readers, items.length);
  const rows = Uint32Array.from(times, (_, row) => row);
  const test = rows.filter((row) => {
    const at = impressions.at[row]!;
    if (at < cut || at > times.at(-1)! - DAY) return false;
    return openingOf(histories, impressions.reader[row]!, impressions.item[row]!) >= at;
  });
  if (test.length === 0) return null;
  const before = rows.filter((row) => impressions.at[row]! < cut);
  const model = await trainRecommender(
    {
      ...dataset,
      log: rowsWhere(log, (_, __, at) => at < cut),
      impressions: {
        reader: before.map((row) => impressions.reader[row]!),
        item: before.map((row) => impressions.item[row]!),
        at: Float64Array.from(before, (row) => impressions.at[row]!),
      },
    },
    { seed, onProgress },
  );
  const replay = new Replay(histories, model.parts, cut);
  const chosen = [...sample(test.length, MAX_SHOWN, seededRandom(seed))].map((place) => test[place]!);
  chosen.sort((left, right) => impressions.at[left]! - impressions.at[right]!);
  const predictions = chosen.map((row) => {
    const [reader, item, at] = [impressions.reader[row]!, impressions.item[row]!, impressions.at[row]!];
    // A view in the very second of the impression is what is to be predicted.
    replay.until(at - 1);
    let historyEnd = histories.start[reader]!;
    while (historyEnd < histories.start[reader + 1]! && histories.at[historyEnd]! < at) historyEnd += 1;
    const view = viewOf(histories, reader, historyEnd, dataset.typePoints);
    const chance = probability(model.calibration, model.evidenceOf(view, item, at));
    return { chance, opened: openingOf(histories, reader, item) <= at + DAY ? 1 : 0 };
  });
  return expectedCalibrationError(predictions);
}

/** Σ n_b / n · |mean prediction − share opened| over ten bins of equal size. */
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
