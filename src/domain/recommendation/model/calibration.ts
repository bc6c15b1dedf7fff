/** What a probability is computed from. */
export interface Evidence {
  /** ln P of this item among the reader's candidates, by the blend. */
  logShare: number;
  /** Openings known of the reader. */
  reads: number;
  /** Openings in the last seven days. */
  readsOfWeek: number;
}

/** Learnt from impressions; `null` weights mean that there were none. */
export interface Calibration {
  weights: Float32Array | null;
  /** Isotonic correction: predicted and true probability at ascending knots; empty without. */
  predicted: Float64Array;
  observed: Float64Array;
  /** Openings of an average reader a day. */
  dailyReads: number;
}

const PRIOR_DAYS = 3;

export function inputs({ logShare, reads, readsOfWeek }: Evidence): number[] {
  return [1, Math.max(logShare, -20), Math.log1p(readsOfWeek), Math.log1p(reads), reads === 0 ? 1 : 0];
}

/**
 * Probability that the item is opened within 24 h of being shown. With impressions: logistic regression on the evidence
 * (Platt 1999) corrected by isotonic regression (Zadrozny and Elkan 2002). Without: 1 − exp(−openings a day · P), openings
 * being the reader's own rate with three days of the average reader as prior.
 */
export function probability(calibration: Calibration, evidence: Evidence): number {
  const { weights, dailyReads, predicted, observed } = calibration;
  if (weights === null) {
    const rate = (evidence.readsOfWeek + PRIOR_DAYS * dailyReads) / (7 + PRIOR_DAYS);
    return 1 - Math.exp(-rate * Math.exp(evidence.logShare));
  }
  const chance = logistic(inputs(evidence).reduce((sum, input, index) => sum + input * weights[index]!, 0));
  return predicted.length > 0 ? interpolate(predicted, observed, chance) : chance;
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
