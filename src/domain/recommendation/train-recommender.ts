import { learnBlend } from './blend';
import { learnCalibration, type Calibration } from './calibration';
import { Catalogue } from './catalogue';
import { Content } from './content';
import { searchFactorOptions } from './factor-search';
import { buildHistories, filterHistories, type Histories } from './histories';
import { collectEvidence, planCalibration, type Shown } from './impressions';
import { learnParts } from './learn-parts';
import { Pacer } from './pause';
import { DAY, type Progress, type TrainingData } from './reading-data';
import { Recommender } from './recommender';
import { collectChoices, noChoices, planValidation, Replay, type Held, type Split } from './validation';

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
  const [trial, ...moreTrials] = planTrials(all, data, split, seed);
  const base = { dim, iterations, seed, unobserved: 20, lambda: 0.01 };
  const factorOptions = await searchFactorOptions(all, trial!.seen, trial!.held, base, pacer);
  const learn = (histories: Histories) =>
    learnParts(catalogue, content, histories, data.typePoints, factorOptions, pacer);
  const choices = noChoices();
  const collect = async ({ held, seen }: TrialRound) => {
    const parts = await learn(seen);
    await collectChoices(choices, parts, all, seen, held, data.typePoints, pacer, seed);
    return parts;
  };
  const trialParts = await collect(trial!);
  for (const another of moreTrials) await collect(another);
  const blend = await learnBlend(choices, pacer);
  const dailyReads = readsADay(all);
  let calibration: Calibration = learnCalibration([], dailyReads);
  if (trial!.shown.length > 0) {
    const trialModel = new Recommender(trialParts, blend, calibration, 0);
    const shown = await collectEvidence(trialModel, trial!.shown, all, trial!.seen, data.typePoints, pacer);
    calibration = learnCalibration(shown, dailyReads);
  }
  const parts = await learn(all);
  new Replay(all, parts).until(Infinity);
  const trainedAt = options.trainedAt ?? Math.max(parts.popularity.newest, 0);
  options.onProgress?.('done', 1);
  return new Recommender(parts, blend, calibration, trainedAt);
}

interface TrialRound {
  held: Held[];
  seen: Histories;
  shown: Shown[];
}

/** The validation rounds with what their components may see; the impressions go with the first one. */
function planTrials(all: Histories, data: TrainingData, split: Split, seed: number): TrialRound[] {
  const { shown, seenUntil } = planCalibration(all, data.impressions, seed);
  const rounds = planValidation(all, split, seed);
  return rounds.map(({ held, cut }) => {
    const heldRows = new Set(held.map(({ row }) => row));
    const visible = (row: number, reader: number) =>
      all.at[row]! < cut && !heldRows.has(row) && all.at[row]! < seenUntil(reader);
    return { held, seen: filterHistories(all, visible), shown };
  });
}

function readsADay({ readers, at }: Histories): number {
  let [first, last] = [Infinity, -Infinity];
  for (const time of at) [first, last] = [Math.min(first, time), Math.max(last, time)];
  return at.length / Math.max(readers, 1) / Math.max((last - first) / DAY, 1) || READS_A_DAY;
}
