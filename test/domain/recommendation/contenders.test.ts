import { LogBuilder, bareItem } from '../../../bench/recommend/dataset';
import { easeRanker, invert } from '../../../bench/recommend/ease';
import { splitDataset } from '../../../bench/recommend/protocol';
import { recentPopularity } from '../../../bench/recommend/recent-popularity';
import { shop } from '../../../bench/recommend/shapes';
import { DAY, HOUR } from '../../../src/domain/recommendation/model/reading-data';
import { seededRandom } from '../../../src/domain/recommendation/numeric/random';

function logOf(rows: readonly (readonly [reader: number, item: number, at: number])[]) {
  const log = new LogBuilder();
  for (const [reader, item, at] of rows) log.add(reader, item, at);
  return log.build();
}

describe('EASE', () => {
  it('inverts a matrix in its place', () => {
    const [size, random] = [7, seededRandom(1)];
    const root = Array.from({ length: size * size }, () => random() - 0.5);
    const dot = (left: number[], right: number[]) => left.reduce((sum, x, k) => sum + x * right[k]!, 0);
    const row = (values: ArrayLike<number>, n: number) =>
      Array.from({ length: size }, (_, k) => values[n * size + k]!);
    const matrix = Float64Array.from(root, (_, place) => {
      const [n, m] = [Math.floor(place / size), place % size];
      return dot(row(root, n), row(root, m)) + (n === m ? 1 : 0);
    });
    const inverse = matrix.slice();
    invert(inverse, size);
    for (let n = 0; n < size; n += 1)
      for (let m = 0; m < size; m += 1)
        expect(dot(row(matrix, n), row(inverse, m))).toBeCloseTo(n === m ? 1 : 0, 9);
  });

  it('recommends what is opened together, and says what it left out', () => {
    const together = Array.from({ length: 12 }, (_, reader) => {
      const item = reader % 2 === 0 ? 0 : 2;
      return [[reader, item, 1], [reader, item + 1, 2]] as const; // prettier-ignore
    });
    const training = {
      readers: 14,
      items: ['a', 'b', 'c', 'd', 'e'].map(bareItem),
      log: logOf([...together.flat(), [12, 2, 3], [13, 4, 3]]),
    };
    const all = easeRanker(training, 1, 5, () => undefined);
    expect(all.top(12, 4, 1)).toEqual([3]);
    expect(all.setting).toBe('λ 1');
    expect(easeRanker(training, 1, 4, () => undefined).setting).toBe('λ 1, the 4 most opened of 5 items');
  });
});

describe('Recent popularity', () => {
  it('counts nothing that is opened after the question, and forgets', () => {
    const opened = (item: number, day: number) =>
      Array.from({ length: 40 }, (_, n) => [n, item, day * DAY + n * 60] as const);
    const training = {
      readers: 41,
      items: ['old', 'new', 'never'].map(bareItem),
      log: logOf([...opened(0, 1), ...opened(0, 2), ...opened(1, 9)]),
    };
    const options = { protocol: 'last-out', seed: 1, onProgress: () => undefined } as const;
    const ranker = recentPopularity.train(training, options);
    expect(ranker.top(40, 5 * DAY, 1)).toEqual([0]);
    expect(ranker.top(40, 9 * DAY + HOUR, 1)).toEqual([1]);
  });
});

describe('The temporal protocol', () => {
  const data = shop({ readers: 200, items: 100, reads: 6, seed: 4 });

  it('asks at five moments, knowing nothing of what came after, and for each opening once', () => {
    const trials = splitDataset(data, 'temporal', 10_000, 1);
    expect(trials).toHaveLength(5);
    const asked = trials.flatMap(({ questions }) =>
      questions.flatMap(({ reader, opened }) => opened.map((item) => `${reader} ${item}`)),
    );
    expect(new Set(asked).size).toBe(asked.length);
    for (const { training, questions } of trials) {
      const [now] = new Set(questions.map((question) => question.now));
      expect(questions.every((question) => question.now === now)).toBe(true);
      expect(Math.max(...training.log.at)).toBeLessThan(now!);
    }
  });

  it('takes a sample of all questions', () => {
    const trials = splitDataset(data, 'temporal', 50, 1);
    expect(trials.reduce((sum, { questions }) => sum + questions.length, 0)).toBe(50);
  });
});
