import { probability } from '../../src/domain/recommendation/model/calibration';
import { buildHistories } from '../../src/domain/recommendation/training/histories';
import {
  collectEvidence,
  impressionsSince,
} from '../../src/domain/recommendation/training/learn-calibration';
import { trainRecommender } from '../../src/domain/recommendation/training/train-recommender';
import type { OnProgress } from './contenders';
import type { Dataset } from './dataset';
import { impressionsWhere, rowsWhere } from './protocol';

const PERIOD = 0.75;
const BINS = 10;

/**
 * Expected calibration error (Naeini et al. 2015, bins of equal size): the model is trained on what happened before one
 * moment and predicts, for what was shown afterwards, whether it is opened within 24 h. Views that follow reach it as
 * they do when serving: as the reader's history and as popularity. Null without impressions or without a full day.
 */
export function calibrationError(dataset: Dataset, seed: number, onProgress: OnProgress): number | null {
  const { impressions, log, items, readers, typePoints } = dataset;
  if (!impressions || impressions.at.length === 0) return null;
  const cut = impressions.at.slice().sort()[Math.floor(impressions.at.length * PERIOD)]!;
  const histories = buildHistories(log, readers, items.length);
  const shown = impressionsSince(cut, histories, impressions, seed);
  if (shown.length === 0) return null;
  const model = trainRecommender(
    {
      ...dataset,
      log: rowsWhere(log, (_, __, at) => at < cut),
      impressions: impressionsWhere(impressions, (_, at) => at < cut),
    },
    { seed, onProgress },
  );
  const evidences = collectEvidence(model, shown, cut, histories, typePoints);
  return expectedCalibrationError(
    evidences.map(({ evidence, opened }) => ({
      chance: probability(model.calibration, evidence),
      opened: opened ? 1 : 0,
    })),
  );
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
