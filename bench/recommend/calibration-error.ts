import { amongShown } from './among-shown';
import type { OnProgress } from './contenders';
import type { Dataset } from './dataset';

export { expectedCalibrationError } from './among-shown';

/** Of the probabilities for what is shown after three quarters of the impressions; null without impressions. */
export function calibrationError(dataset: Dataset, seed: number, onProgress: OnProgress): number | null {
  return amongShown(dataset, seed, onProgress)?.ece ?? null;
}
