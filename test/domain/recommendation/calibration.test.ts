import { expectedCalibrationError } from '../../../bench/recommend/calibration-error';
import { evaluate } from '../../../bench/recommend/evaluation';
import { simulateNews } from '../../../bench/recommend/newsroom';
import { probability, type Evidence } from '../../../src/domain/recommendation/model/calibration';
import { learnCalibration } from '../../../src/domain/recommendation/training/learn-calibration';
import { seededRandom } from '../../../src/domain/recommendation/numeric/random';

/** Impressions that are opened with a known probability, not a logistic one. */
function shown(count: number, seed: number) {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const evidence: Evidence = { logShare: -8 * random(), reads: 10, readsOfWeek: Math.floor(4 * random()) };
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

  it('is never lower for a better rank', () => {
    const calibration = learnCalibration(shown(4_000, 3), 1);
    const chances = Array.from({ length: 100 }, (_, index) =>
      probability(calibration, { logShare: -12 + index * 0.12, reads: 10, readsOfWeek: 1 }),
    );
    expect(chances).toEqual(chances.toSorted((left, right) => left - right));
    expect(chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
  });

  it('without impressions is the share of what the reader opens in a day', () => {
    const calibration = learnCalibration([], 2);
    const chance = (readsOfWeek: number) =>
      probability(calibration, { logShare: Math.log(0.1), reads: 40, readsOfWeek });
    expect(chance(0)).toBeCloseTo(1 - Math.exp(-0.06));
    expect(chance(14)).toBeCloseTo(1 - Math.exp(-0.2));
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
