import { DAY, HOUR, type TrainingData } from '../../src/domain/recommendation/model/reading-data';
import { historiesOf, rankerBy, type Contender, type Ranker } from './ranker';
import { bestSetting } from './tuned';

const HALF_LIVES = [2 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY, 21 * DAY];

/** Openings until the moment of the question, those of one half-life ago counting half; the best half-life of seven. */
export const recentPopularity: Contender = {
  name: 'recent popularity',
  knowsNoReader: true,
  train: (training, options) => rankerWith(training, bestSetting(training, options, HALF_LIVES, rankerWith)),
};

function rankerWith(training: TrainingData, halfLife: number): Ranker {
  const histories = historiesOf(training);
  const { item, at } = histories;
  const rows = Uint32Array.from(item, (_, row) => row).sort((left, right) => at[left]! - at[right]!);
  const counts = new DecayedCounts(histories.items, halfLife);
  let next = 0;
  const scoresAt = (now: number) => {
    for (; next < rows.length && at[rows[next]!]! <= now; next += 1)
      counts.add(item[rows[next]!]!, at[rows[next]!]!);
    return counts.counts;
  };
  const setting = halfLife < DAY ? `${halfLife / HOUR} h` : `${halfLife / DAY} d`;
  return rankerBy(histories, (_, now) => scoresAt(now), `half-life ${setting}`);
}

/** Counts that halve in a half-life, all by the same factor: how they are ordered needs no clock. */
export class DecayedCounts {
  counts: Float64Array;
  private since = 0;

  constructor(
    items: number,
    private readonly halfLife: number,
  ) {
    this.counts = new Float64Array(items);
  }

  /** In the order of time. */
  add(item: number, at: number, count = 1): void {
    // As weights grow by 2^40 the counts are taken back, so that nothing overflows.
    if (at - this.since > 40 * this.halfLife) {
      const kept = 2 ** ((this.since - at) / this.halfLife);
      this.counts.forEach((sum, index) => (this.counts[index] = sum * kept));
      this.since = at;
    }
    this.counts[item]! += count * 2 ** ((at - this.since) / this.halfLife);
  }
}
