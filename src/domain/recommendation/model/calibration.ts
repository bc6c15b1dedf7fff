import { FEATURE_COUNT, featureIndex, type Feature } from './blend';

/** What a probability is computed from. */
export interface Evidence {
  /** ln P of this item among the reader's candidates, by the blend. */
  logShare: number;
  /** Openings known of the reader. */
  reads: number;
  /** Openings in the last seven days. */
  readsOfWeek: number;
  /** The share against that of what the reader is expected to choose, ln. */
  lead: number;
  /** Share of everything shown that is opened; null when nothing was shown yet. */
  openingRate: number | null;
  /** Of the item, as the blend weighs them. */
  features: Float32Array;
}

/** What is alike for all of a reader's candidates. */
export interface ReaderEvidence extends Pick<Evidence, 'reads' | 'readsOfWeek' | 'openingRate'> {
  /** ln of the sum of what the blend gives each. */
  logSum: number;
  /** Expected ln of the share of what is chosen. */
  expected: number;
}

/** Learnt from impressions; `null` weights mean that there were too few. */
export interface Calibration {
  weights: Float32Array | null;
  /** Isotonic correction: predicted and true probability at ascending knots; empty without. */
  predicted: Float64Array;
  observed: Float64Array;
  /** Openings of an average reader a day. */
  dailyReads: number;
}

/** What tells the opened from the others among what is shown; the rest speaks through the share. */
export const SHOWN_FEATURES: readonly Feature[] = [
  'content',
  'category',
  'type',
  'popular0',
  'clickRate',
  'clickRateOfDay',
  'ageQuarterDay',
  'ageThreeDays',
  'ageTwoMonths',
];
const PLACES = SHOWN_FEATURES.map(featureIndex);
/** The constant and how much the reader reads: alike for all items. */
export const READER_INPUTS = 4;
/** The first input that differs from item to item. */
export const INPUTS = READER_INPUTS + 1 + PLACES.length;

const PRIOR_DAYS = 3;
/**
 * Before anything was learnt from what was shown: weight of a lead, and of the features. The latter are a regression's on
 * the first day of simulated newsrooms (`npm run recommend:first-hours -- --learn`); docs/recommendations.md says why
 * category has more.
 */
export const FIRST_SHARE = 0.1;
const FIRST: Partial<Record<Feature, number>> = {
  content: 1.4,
  category: 0.8,
  type: 0.3,
  popular0: 0.1,
  clickRate: 1,
  clickRateOfDay: 0.15,
  ageQuarterDay: -0.3,
  ageThreeDays: 0.3,
};
export const FIRST_WEIGHTS = SHOWN_FEATURES.map((feature) => FIRST[feature] ?? 0);

/** Of the reader first, then the share, then the features. */
export function inputs({ logShare, reads, readsOfWeek, features }: Evidence): number[] {
  return [
    1,
    Math.log1p(readsOfWeek),
    Math.log1p(reads),
    reads === 0 ? 1 : 0,
    Math.max(logShare, -20),
    ...PLACES.map((place) => features[place]!),
  ];
}

/** What those that are shown are put in order by; the probability never contradicts it. */
export function preference({ weights }: Calibration, evidence: Evidence): number {
  return weights ? weighed(weights, inputs(evidence)) : unlearnt(evidence);
}

/** The same of all of a reader's candidates, whose features stand one behind the other, into `out`. */
export function preferences(
  { weights }: Calibration,
  { reads, readsOfWeek, openingRate, logSum, expected }: ReaderEvidence,
  scores: Float64Array,
  features: Float32Array,
  out: Float64Array,
): void {
  const beside = weights ? Array.from(weights.subarray(READER_INPUTS + 1)) : FIRST_WEIGHTS;
  const known = { logShare: 0, lead: 0, openingRate, reads, readsOfWeek, features };
  const ofReader = weights ? weighed(weights, inputs(known).slice(0, READER_INPUTS)) : 0;
  const odds = openingRate === null ? 0 : Math.log(openingRate / (1 - openingRate));
  for (let place = 0; place < out.length; place += 1) {
    const logShare = scores[place]! - logSum;
    if (!weights && openingRate === null) {
      out[place] = logShare;
      continue;
    }
    // In the order of `weighed` and `unlearnt`, so that not even the last bit differs.
    let sum = weights ? ofReader + Math.max(logShare, -20) * weights[READER_INPUTS]! : 0;
    for (let input = 0; input < PLACES.length; input += 1)
      sum += beside[input]! * features[place * FEATURE_COUNT + PLACES[input]!]!;
    out[place] = weights ? sum : odds + sum + FIRST_SHARE * (logShare - expected);
  }
}

export function weighed(weights: Float32Array, values: readonly number[]): number {
  return values.reduce((sum, value, index) => sum + value * weights[index]!, 0);
}

/** ln of the odds before there is enough to learn from: as often as so far, more for what leads, is new and suits the reader. */
function unlearnt({ openingRate, logShare, lead, features }: Evidence): number {
  if (openingRate === null) return logShare;
  const known = PLACES.reduce((sum, place, index) => sum + FIRST_WEIGHTS[index]! * features[place]!, 0);
  return Math.log(openingRate / (1 - openingRate)) + known + FIRST_SHARE * lead;
}

/**
 * Probability that the item is opened within 24 h of being shown. With what became of impressions: logistic regression
 * on the evidence (Platt 1999) corrected by isotonic regression (Zadrozny and Elkan 2002), or `unlearnt` while there are
 * few. Without impressions: 1 − exp(−openings a day · P), openings being the reader's own rate with three days of the
 * average reader as prior.
 */
export function probability(calibration: Calibration, evidence: Evidence): number {
  const { weights, dailyReads, predicted, observed } = calibration;
  if (weights || evidence.openingRate !== null) {
    const chance = logistic(preference(calibration, evidence));
    return predicted.length > 0 ? interpolate(predicted, observed, chance) : chance;
  }
  const rate = (evidence.readsOfWeek + PRIOR_DAYS * dailyReads) / (7 + PRIOR_DAYS);
  return 1 - Math.exp(-rate * Math.exp(evidence.logShare));
}

/** Of a model that has not been shown to anybody. */
export function uncalibrated(dailyReads: number): Calibration {
  return { weights: null, predicted: new Float64Array(0), observed: new Float64Array(0), dailyReads };
}

/** Linear between the knots and from (0, 0) to the first; beyond the last one halfway to the prediction itself. */
function interpolate(xs: Float64Array, ys: Float64Array, x: number): number {
  let place = 0;
  while (place < xs.length && xs[place]! < x) place += 1;
  if (place === xs.length) return Math.min(ys[place - 1]! + (x - xs[place - 1]!) / 2, 1);
  const [x0, y0] = place === 0 ? [0, 0] : [xs[place - 1]!, ys[place - 1]!];
  const span = xs[place]! - x0;
  return span > 0 ? y0 + ((ys[place]! - y0) * (x - x0)) / span : ys[place]!;
}

export function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
