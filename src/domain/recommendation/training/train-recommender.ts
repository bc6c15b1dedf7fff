import { COMPONENTS, FEATURE_COUNT, type Feature } from '../model/blend';
import { uncalibrated } from '../model/calibration';
import { Catalogue } from '../model/catalogue';
import { Content } from '../model/content';
import { guessFactor, type ModelParts } from '../model/model-parts';
import { DAY, type CatalogueItem, type TrainingData } from '../model/reading-data';
import { Recommender } from '../model/recommender';
import { Showings } from '../model/showings';
import { Choices } from './choice-model';
import { searchFactorOptions, trainItemFactors, type FactorOptions } from './factors';
import { buildHistories, openingsByItem, popularityOf, Replay, type Histories } from './histories';
import { trainNeighbours, trainTransitions } from './item-neighbours';
import { learnBlend } from './learn-blend';
import { collectEvidence, learnCalibration, listsBetween } from './learn-calibration';
import { outcomesOf, settlingTime } from './outcomes';
import { categorySharesOf, learnTypeLifts } from './category-shares';
import { collectChoices, planValidation, type Split } from './validation';

export interface TrainingOptions {
  seed?: number;
  /** `live`, the default, is right for serving; the others fit the protocols of an evaluation. */
  split?: Split;
  /** Unix seconds; the newest opening by default. */
  trainedAt?: number;
  /** Features that an ablation leaves out. */
  without?: readonly Feature[];
  /** Told what begins, and how much of the steps is done, 0 to 1. What it throws ends the training. */
  onProgress?: (phase: string, fraction: number) => void;
}

/** Factors an item. */
const DIM = 48;
const ITERATIONS = 8;
const WARM_ITERATIONS = 3;
/** Phases that `onProgress` is told of, without those of the rounds of the validation. */
const PHASES = 8;
const PHASES_A_ROUND = 5;
/** Openings of an average reader a day, as long as nobody has read anything. */
const READS_A_DAY = 1;

/**
 * Learns a recommender from openings. First the components are trained without some openings, which then teach the
 * weights of the blend and the calibration; then the components are trained again on everything. Computes
 * for seconds to minutes without a pause: a matter for a thread of its own.
 */
export function trainRecommender(data: TrainingData, options: TrainingOptions = {}): Recommender {
  const { seed = 1, split = 'live' } = options;
  const catalogue = new Catalogue();
  if (catalogue.add(data.items).length !== data.items.length) throw new Error('two items have the same id');
  const all = buildHistories(data.log, data.readers, data.items.length);
  const outcomes = outcomesOf(data.impressions, all);
  const without = [...(options.without ?? []), ...(isTimed(all) ? [] : TIMED)];
  const rounds = planValidation(all, split, seed);
  const trial = rounds[0]!;
  let begun = 0;
  const progress = (phase: string) =>
    options.onProgress?.(phase, begun++ / (PHASES + PHASES_A_ROUND * rounds.length));
  progress('content');
  const content = Content.learn(data.items.map(({ text }) => text));
  progress('factor search');
  const base = { dim: DIM, iterations: ITERATIONS, seed, unobserved: 20, lambda: 0.01 };
  const factorOptions = searchFactorOptions(all, trial.seen, trial.held, base);
  const learn = (histories: Histories, factors = factorOptions) =>
    learnParts(catalogue, content, histories, data.typePoints, factors, progress);
  const none = () => new Choices(FEATURE_COUNT);
  const choices = { cold: none(), short: none(), long: none() };
  const [trialParts] = rounds.map((round) => {
    const parts = learn(round.seen);
    progress('validation');
    collectChoices(choices, parts, all, round, outcomes, data.typePoints, seed);
    return parts;
  });
  progress('blend');
  const blend = learnBlend(choices, without);
  const dailyReads = readsADay(all);
  progress('calibration');
  let calibration = uncalibrated(dailyReads);
  const settled = (outcomes.at.at(-1) ?? 0) - settlingTime(outcomes);
  const lists = split === 'live' && trial.live ? listsBetween(outcomes, trial.cut, settled, seed) : [];
  if (lists.length > 0) {
    const trialModel = new Recommender(trialParts!, blend, calibration, trial.cut);
    const shown = collectEvidence(trialModel, lists, trial.cut, all, outcomes, data.typePoints);
    calibration = learnCalibration(shown, dailyReads);
  }
  // The trial saw nearly the same openings: from its factors a few iterations are enough.
  const parts = learn(all, {
    ...factorOptions,
    start: trialParts!.factors.values,
    iterations: WARM_ITERATIONS,
  });
  const trainedAt = options.trainedAt ?? all.at.reduce((latest, at) => Math.max(latest, at), 0);
  new Replay(all, parts, Infinity, outcomes).until(trainedAt);
  return new Recommender(parts, blend, calibration, trainedAt);
}

/** What serves until the first training: what is new, and what fits a reader's last articles. */
export function untrainedModel(items: readonly CatalogueItem[]): Recommender {
  const nothing = { reader: new Uint32Array(), item: new Uint32Array(), at: new Float64Array() };
  return trainRecommender({ readers: 0, items, log: { ...nothing, dwell: new Float32Array() } });
}

function readsADay({ readers, at }: Histories): number {
  let [first, last] = [Infinity, -Infinity];
  for (const time of at) [first, last] = [Math.min(first, time), Math.max(last, time)];
  return at.length / Math.max(readers, 1) / Math.max((last - first) / DAY, 1) || READS_A_DAY;
}

/** What depends on when something happened. */
const TIMED: readonly Feature[] = [...COMPONENTS.popular.slice(1), ...COMPONENTS.shown, ...COMPONENTS.fresh];

/** Whether the openings have times that tell one from another; before the first opening they will have. */
function isTimed({ at }: Histories): boolean {
  if (at.length === 0) return true;
  const times = at.slice().sort();
  const [early, late] = [0.1, 0.9].map((share) => times[Math.floor(share * times.length)]!);
  return early! < late!;
}

/** Guesses at most; a guess compares with every text. */
const MAX_GUESSED = 2_000;

/** Learns every component from the openings; the decayed popularity is left empty, see `Replay`. */
function learnParts(
  catalogue: Catalogue,
  content: Content,
  histories: Histories,
  typePoints: Float32Array | undefined,
  factorOptions: FactorOptions,
  progress: (phase: string) => void,
): ModelParts {
  const openings = openingsByItem(histories);
  progress('factors');
  const factors = trainItemFactors(histories, openings, factorOptions);
  progress('neighbours');
  const neighbours = trainNeighbours(histories, openings);
  progress('transitions');
  const transitions = trainTransitions(histories, openings);
  const categoryShares = categorySharesOf(catalogue, histories);
  const parts = {
    catalogue,
    factors,
    neighbours,
    transitions,
    popularity: popularityOf(histories, catalogue.size),
    showings: Showings.none(catalogue),
    content,
    typeLifts: learnTypeLifts(catalogue, histories, typePoints, categoryShares),
    categoryShares,
    bornAt: birthTimes(catalogue, histories),
  };
  progress('unread items');
  guessUnread(parts);
  return parts;
}

/** Items that nobody has opened yet get the factors that they would get if they were published now. */
function guessUnread(parts: ModelParts): void {
  const unread = Array.from(parts.popularity.total, (count, item) => (count === 0 ? item : -1))
    .filter((item) => item >= 0)
    .slice(-MAX_GUESSED);
  for (const item of unread) guessFactor(parts, item, parts.catalogue.size);
}

function birthTimes(catalogue: Catalogue, histories: Histories): Float64Array {
  const firstOpened = new Float64Array(catalogue.size).fill(Infinity);
  histories.item.forEach((item, row) => {
    if (histories.at[row]! < firstOpened[item]!) firstOpened[item] = histories.at[row]!;
  });
  return firstOpened.map((first, item) => {
    const published = catalogue.publishedAt[item]!;
    return Number.isNaN(published) ? first : published;
  });
}
