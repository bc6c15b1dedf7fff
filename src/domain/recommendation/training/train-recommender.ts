import { learnBlend } from '../model/blend';
import { learnCalibration } from '../model/calibration';
import { Catalogue } from '../model/catalogue';
import { Content } from '../model/content';
import { searchFactorOptions } from './factor-search';
import { buildHistories, filterHistories, type Histories } from './histories';
import { collectEvidence, impressionsSince } from './impressions';
import { learnParts } from './learn-parts';
import { Pacer } from './pause';
import { DAY, type Progress, type TrainingData } from '../model/reading-data';
import { Recommender } from '../model/recommender';
import { Replay } from './replay';
import { collectChoices, noChoices, planValidation, type Split, type TrialRound } from './validation';

export interface TrainingOptions {
  /** Factors an item. */
  dim?: number;
  iterations?: number;
  seed?: number;
  /** `live`, the default, is right for serving; the others fit the protocols of an evaluation. */
  split?: Split;
  /** Unix seconds; the newest opening by default. */
  trainedAt?: number;
  onProgress?: Progress;
  signal?: AbortSignal;
}

const WARM_ITERATIONS = 3;

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
  const { dim = 48, iterations = 8, seed = 1, split = 'live' } = options;
  const pacer = new Pacer(options.onProgress, options.signal);
  const catalogue = new Catalogue();
  if (catalogue.add(data.items).length !== data.items.length) throw new Error('two items have the same id');
  const content = await Content.learn(
    data.items.map(({ text }) => text),
    pacer,
  );
  const all = buildHistories(data.log, data.readers, data.items.length);
  const [trial, ...moreTrials] = planTrials(all, split, seed);
  const base = { dim, iterations, seed, unobserved: 20, lambda: 0.01 };
  const factorOptions = await searchFactorOptions(all, trial!.seen, trial!.held, base, pacer);
  const learn = (histories: Histories, factors = factorOptions) =>
    learnParts(catalogue, content, histories, data.typePoints, factors, pacer);
  const choices = noChoices();
  const collect = async (round: TrialRound) => {
    const parts = await learn(round.seen);
    await collectChoices(choices, parts, all, round, data.typePoints, pacer, seed);
    return parts;
  };
  const trialParts = await collect(trial!);
  for (const another of moreTrials) await collect(another);
  const blend = await learnBlend(choices, pacer);
  const dailyReads = readsADay(all);
  let calibration = learnCalibration([], dailyReads);
  const shown = trial!.live ? impressionsSince(trial!.cut, all, data.impressions, seed) : [];
  if (shown.length > 0) {
    const trialModel = new Recommender(trialParts, blend, calibration, trial!.cut);
    const evidence = await collectEvidence(trialModel, shown, trial!.cut, all, data.typePoints, pacer);
    calibration = learnCalibration(evidence, dailyReads);
  }
  // The trial saw nearly the same openings: from its factors a few iterations are enough.
  const parts = await learn(all, {
    ...factorOptions,
    start: trialParts.factors.values,
    iterations: Math.min(iterations, WARM_ITERATIONS),
  });
  new Replay(all, parts).until(Infinity);
  const trainedAt = options.trainedAt ?? Math.max(parts.popularity.newest, 0);
  options.onProgress?.('done', 1);
  return new Recommender(parts, blend, calibration, trainedAt);
}

/** The validation rounds with what their components may see. */
function planTrials(all: Histories, split: Split, seed: number): TrialRound[] {
  return planValidation(all, split, seed).map(({ held, cut }) => {
    const heldRows = new Set(held.map(({ row }) => row));
    const seen = filterHistories(all, (row) => all.at[row]! < cut && !heldRows.has(row));
    return { held, cut, seen, live: split === 'live' && cut < Infinity };
  });
}

function readsADay({ readers, at }: Histories): number {
  let [first, last] = [Infinity, -Infinity];
  for (const time of at) [first, last] = [Math.min(first, time), Math.max(last, time)];
  return at.length / Math.max(readers, 1) / Math.max((last - first) / DAY, 1) || READS_A_DAY;
}
