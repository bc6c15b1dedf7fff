import type { TrainingData } from '../../src/domain/recommendation/model/reading-data';
import { splitDataset } from './protocol';
import { Quality } from './quality';
import type { ContenderOptions, Ranker } from './ranker';

const MAX_ASKED = 500;

/**
 * The setting with the best NDCG@10 on a part of the training that is held back as the evaluation holds back its own.
 * Without such a part the first one.
 */
export function bestSetting(
  training: TrainingData,
  { protocol, seed }: ContenderOptions,
  settings: readonly number[],
  train: (part: TrainingData, setting: number) => Ranker,
): number {
  let [best, most] = [settings[0]!, -1];
  const trial = splitDataset(training, protocol, MAX_ASKED, seed).at(-1);
  for (const setting of trial ? settings : []) {
    const quality = new Quality();
    const ranker = train(trial!.training, setting);
    for (const question of trial!.questions) quality.ask(ranker, question);
    if (quality.ndcg > most) [best, most] = [setting, quality.ndcg];
  }
  return best;
}
