import { Popularity } from '../../src/domain/recommendation/model/popularity';
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
  const popularity = new Popularity(new Float32Array(histories.items), [halfLife]);
  let next = 0;
  const scoresAt = (now: number) => {
    for (; next < rows.length && at[rows[next]!]! <= now; next += 1)
      popularity.decay(item[rows[next]!]!, at[rows[next]!]!);
    return popularity.sums[0]!;
  };
  const setting = halfLife < DAY ? `${halfLife / HOUR} h` : `${halfLife / DAY} d`;
  return rankerBy(histories, (_, now) => scoresAt(now), `half-life ${setting}`);
}
