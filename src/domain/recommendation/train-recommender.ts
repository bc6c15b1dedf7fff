import { learnBlend } from './blend';
import { learnCalibration, type Calibration } from './calibration';
import { Catalogue } from './catalogue';
import { Content } from './content';
import { searchFactorOptions } from './factor-search';
import { buildHistories, filterHistories, type Histories } from './histories';
import { collectEvidence, planCalibration } from './impressions';
import { learnParts } from './learn-parts';
import { Pacer } from './pause';
import { DAY, type Progress, type TrainingData } from './reading-data';
import { Recommender } from './recommender';
import { collectChoices, planValidation, Replay, type Split } from './validation';

export interface TrainingOptions {
  /** Factors an item. */
  dim?: number;
  iterations?: number;
  seed?: number;
  /** How the weights are learnt: from the newest opening of each reader, or from what follows one moment. */
  split?: Split;
  /** Unix seconds; the newest opening by default. */
  trainedAt?: number;
  onProgress?: Progress;
  signal?: AbortSignal;
}

/** Of an average reader, as long as nobody has read anything. */
const READS_A_DAY = 1;

/**
 * Learns a recommender from openings. First the components are trained without some openings, which then teach the
 * weights of the blend and the calibration; then the components are trained again on everything. Gives the event loop a
 * turn every 50 ms; throws the signal's reason when aborted.
 */
export async function trainRecommender(
  data: TrainingData,
  options: TrainingOptions = {},
): Promise<Recommender> {
  const { dim = 48, iterations = 8, seed = 1, split = 'last' } = options;
  const pacer = new Pacer(options.onProgress, options.signal);
  const catalogue = new Catalogue();
  if (catalogue.add(data.items).length !== data.items.length) throw new Error('two items have the same id');
  const content = await Content.learn(
    data.items.map(({ text }) => text),
    pacer,
  );
  const all = buildHistories(data.log, data.readers, data.items.length);
  const trial = planTrial(all, data, split, seed);
  const base = { dim, iterations, seed, unobserved: 20, lambda: 0.01 };
  const factorOptions = await searchFactorOptions(all, trial.seen, trial.held, base, pacer);
  const learn = (histories: Histories) =>
    learnParts(catalogue, content, histories, data.typePoints, factorOptions, pacer);
  const trialParts = await learn(trial.seen);
  const choices = await collectChoices(trialParts, all, trial.seen, trial.held, data.typePoints, pacer, seed);
  const blend = await learnBlend(choices, pacer, seed);
  const dailyReads = readsADay(all);
  let calibration: Calibration = learnCalibration([], dailyReads);
  if (trial.shown.length > 0) {
    const trialModel = new Recommender(trialParts, blend, calibration, 0);
    const shown = await collectEvidence(trialModel, trial.shown, all, trial.seen, data.typePoints, pacer);
    calibration = learnCalibration(shown, dailyReads);
  }
  const parts = await learn(all);
  new Replay(all, parts).until(Infinity);
  const trainedAt = options.trainedAt ?? Math.max(parts.popularity.newest, 0);
  options.onProgress?.('done', 1);
  return new Recommender(parts, blend, calibration, trainedAt);
}

function planTrial(all: Histories, data: TrainingData, split: Split, seed: number) {
  const { held, cut } = planValidation(all, split, seed);
  const calibration = planCalibration(all, data.impressions, seed);
  const heldRows = new Set(held.map(({ row }) => row));
  const seen = filterHistories(
    all,
    (row, reader) => all.at[row]! < cut && !heldRows.has(row) && all.at[row]! < calibration.seenUntil(reader),
  );
  return { held, seen, shown: calibration.shown };
}

function readsADay({ readers, at }: Histories): number {
  let [first, last] = [Infinity, -Infinity];
  for (const time of at) [first, last] = [Math.min(first, time), Math.max(last, time)];
  return at.length / Math.max(readers, 1) / Math.max((last - first) / DAY, 1) || READS_A_DAY;
}
