import {
  calibrationError,
  contendersOf,
  firstPages,
  tally,
  type FirstPage,
} from '../../../bench/recommend/first-day';
import { simulateNews } from '../../../bench/recommend/newsroom';
import { untrainedModel } from '../../../src/domain/recommendation/training/train-recommender';

describe('On the first day, before any training,', () => {
  const model = untrainedModel([]);
  const contenders = contendersOf(model);
  const pages = firstPages(simulateNews({ readers: 1_500, days: 2, perHour: 4, seed: 33 }), 1, 400);
  const ndcg = (part: readonly FirstPage[], name: string) => tally(part, contenders[name]!).ndcg;

  it.each([
    ['who has opened something', ({ known }: FirstPage) => known.includes('openings')],
    ['who is known or not', () => true],
  ])('a reader %s is shown what suits them better than what knows no reader', (_, isPart) => {
    const part = pages.filter(isPart);
    for (const name of ['recent popularity', 'click rate so far', 'untrained model without reader'])
      expect(ndcg(part, 'untrained model')).toBeGreaterThan(ndcg(part, name));
  });

  it('a reader of whom nothing is known is shown what suits everybody', () => {
    const part = pages.filter(({ known }) => known === 'nothing');
    expect(ndcg(part, 'untrained model')).toBe(ndcg(part, 'untrained model without reader'));
  });

  it('a score is near the probability', () => {
    expect(calibrationError(pages, model)).toBeLessThan(0.05);
  });
});
