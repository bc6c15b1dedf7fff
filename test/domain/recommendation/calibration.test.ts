import { expectedCalibrationError } from '../../../bench/recommend/among-shown';
import { evaluate } from '../../../bench/recommend/evaluation';
import { simulateNews } from '../../../bench/recommend/newsroom';
import { FEATURE_COUNT, featureIndex } from '../../../src/domain/recommendation/model/blend';
import { preference, probability, type Evidence } from '../../../src/domain/recommendation/model/calibration';
import {
  areaUnderCurve,
  learnCalibration,
} from '../../../src/domain/recommendation/training/learn-calibration';
import { seededRandom } from '../../../src/domain/recommendation/numeric/random';

const NOTHING_SHOWN: Evidence = {
  logShare: -4,
  reads: 10,
  readsOfWeek: 1,
  lead: -2,
  openingRate: null,
  features: new Float32Array(FEATURE_COUNT),
};

/** Impressions that are opened with a known probability, not a logistic one. */
function shown(count: number, seed: number) {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const evidence = { ...NOTHING_SHOWN, logShare: -8 * random(), readsOfWeek: Math.floor(4 * random()) };
    const truth = 0.4 * Math.exp(evidence.logShare / 2) + 0.02 * evidence.readsOfWeek;
    return { evidence, truth, opened: random() < truth };
  });
}

describe('The probability that an article is opened', () => {
  it('agrees with how often such articles were opened', () => {
    const calibration = learnCalibration(shown(6_000, 1), 1);
    const predictions = shown(6_000, 2).map(({ evidence, truth }) => ({
      chance: probability(calibration, evidence),
      opened: truth,
    }));
    expect(expectedCalibrationError(predictions)).toBeLessThan(0.015);
  });

  it('is never lower for what is preferred', () => {
    const calibration = learnCalibration(shown(4_000, 3), 1);
    const evidences = shown(500, 4).map(({ evidence }) => evidence);
    evidences.sort((left, right) => preference(calibration, left) - preference(calibration, right));
    const chances = evidences.map((evidence) => probability(calibration, evidence));
    expect(chances).toEqual(chances.toSorted((left, right) => left - right));
    expect(chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
  });

  it('without impressions is the share of what the reader opens in a day', () => {
    const calibration = learnCalibration([], 2);
    const chance = (readsOfWeek: number) =>
      probability(calibration, { ...NOTHING_SHOWN, logShare: Math.log(0.1), readsOfWeek });
    expect(chance(0)).toBeCloseTo(1 - Math.exp(-0.06));
    expect(chance(14)).toBeCloseTo(1 - Math.exp(-0.2));
  });

  it('is near the share of everything shown that is opened before more is learnt, in the order of the shares', () => {
    const calibration = learnCalibration([], 2);
    const chance = (lead: number) => probability(calibration, { ...NOTHING_SHOWN, lead, openingRate: 0.04 });
    expect(chance(0)).toBeCloseTo(0.04);
    expect(chance(1)).toBeGreaterThan(chance(0));
    expect(chance(3)).toBeLessThan(0.07);
  });

  it('rests on one feature alone where that tells better than all of them', () => {
    const random = seededRandom(5);
    const rate = featureIndex('clickRate');
    const few = Array.from({ length: 260 }, (_, index) => {
      const features = Float32Array.from({ length: FEATURE_COUNT }, () => 2 * random() - 1);
      // What went with it by chance, and has nothing to do with it later.
      if (index < 130) features[featureIndex('content')] = features[rate]! + 0.1 * random();
      const opened = random() < 1 / (1 + Math.exp(1 - 3 * features[rate]!));
      return { evidence: { ...NOTHING_SHOWN, features }, opened };
    });
    const calibration = learnCalibration(few, 1);
    const later = few.slice(130);
    const opened = later.map((one) => (one.opened ? 1 : 0));
    const area = areaUnderCurve(
      later.map(({ evidence }) => preference(calibration, evidence)),
      opened,
    );
    const alone = areaUnderCurve(
      later.map(({ evidence }) => evidence.features[rate]!),
      opened,
    );
    expect(area).toBeGreaterThanOrEqual(alone);
  });

  it('is right on simulated impressions, by a model that beats every baseline', async () => {
    const news = simulateNews({ readers: 300, days: 8, perHour: 2, seed: 6 });
    const { results } = await evaluate(news, { protocol: 'last-out', seed: 1, maxReaders: 300 });
    const [shipped, ...baselines] = results.toReversed();
    expect(shipped!.ece).toBeLessThan(0.06);
    for (const baseline of baselines) {
      expect(baseline.ece).toBeNull();
      expect(shipped!.recall).toBeGreaterThan(baseline.recall);
      expect(shipped!.ndcg).toBeGreaterThan(baseline.ndcg);
    }
  });
});
