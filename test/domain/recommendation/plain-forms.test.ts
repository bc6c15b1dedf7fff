import { FEATURE_COUNT } from '../../../src/domain/recommendation/model/blend';
import {
  INPUTS,
  preference,
  preferences,
  uncalibrated,
  type Calibration,
} from '../../../src/domain/recommendation/model/calibration';
import { ComparedTexts } from '../../../src/domain/recommendation/model/compared-texts';
import { Content } from '../../../src/domain/recommendation/model/content';
import { BestFirst } from '../../../src/domain/recommendation/numeric/best-first';
import { dotRow, dotRows, RowSolver } from '../../../src/domain/recommendation/numeric/item-factors';
import { seededRandom } from '../../../src/domain/recommendation/numeric/random';
import { TopItems } from '../../../src/domain/recommendation/numeric/sparse-rows';
import { SAMPLE_TEXTS } from '../../helpers/sample-texts';

const random = seededRandom(7);
const below = (limit: number) => Math.floor(random() * limit);
const numbers = (length: number) => Float32Array.from({ length }, () => random() * 2 - 1);

/** What is quick must say the same, to the last bit, as what is plain: lists, scores and reasons rest on it. */
describe('The quick form', () => {
  it.each([1, 3, 4, 7, 64])('of many dot products of length %d is that of one', (dim) => {
    const [vector, matrix] = [numbers(dim), numbers(50 * dim)];
    for (const length of [0, 1, 4, 5, 50]) {
      const rows = Uint32Array.from({ length }, () => below(50));
      const out = new Float64Array(length);
      dotRows(vector, matrix, rows, length, out);
      expect([...out]).toEqual([...rows].map((row) => dotRow(vector, matrix, row)));
    }
  });

  it.each([3, 8, 33])('of a fold-in of %d dimensions solves the equations that it is of', (dim) => {
    const [items, ridge] = [numbers(20 * dim), 1];
    const rows = Uint32Array.from({ length: 9 }, () => below(20));
    const weights = Float32Array.from(rows, () => 1 + random());
    const solver = new RowSolver(dim);
    solver.gram = Float64Array.from({ length: dim * dim }, (_, at) => (at % (dim + 1) === 0 ? 2 : 0));
    const found = new Float32Array(dim);
    solver.solve(found, items, rows, weights, ridge, 60);
    for (let k = 0; k < dim; k += 1) {
      let left = (2 + ridge) * found[k]!;
      let right = 0;
      for (const [index, row] of rows.entries()) {
        left += weights[index]! * dotRow(found, items, row) * items[row * dim + k]!;
        right += weights[index]! * items[row * dim + k]!;
      }
      expect(left).toBeCloseTo(right, 4);
    }
  });

  it('of the order of scores is that of a whole ranking, ties as well', () => {
    for (let trial = 0; trial < 200; trial += 1) {
      const scores = Float64Array.from({ length: below(40) }, () => below(12) / 4);
      const limit = below(50);
      const top = new TopItems(Math.min(limit, scores.length));
      scores.forEach((score, place) => top.offer(place, score));
      const best = new BestFirst(scores, limit);
      expect(Array.from({ length: best.length }, (_, rank) => best.at(rank))).toEqual([...top.drain().items]);
    }
  });

  it.each<[string, Calibration, number | null]>([
    ['before anything was shown', uncalibrated(2), null],
    ['before there is enough to learn from', uncalibrated(2), 0.07],
    ['learnt from what was shown', { ...uncalibrated(2), weights: numbers(INPUTS) }, 0.07],
  ])('of the preferences of all candidates is that of each, %s', (_when, calibration, openingRate) => {
    const length = 30;
    const [scores, features] = [Float64Array.from(numbers(length)), numbers(length * FEATURE_COUNT)];
    const reader = { reads: 12, readsOfWeek: 3, openingRate, logSum: 4.2, expected: -3.1 };
    const out = new Float64Array(length);
    preferences(calibration, reader, scores, features, out);
    const plain = Array.from(scores, (score, place) => {
      const logShare = score - reader.logSum;
      const own = features.subarray(place * FEATURE_COUNT, (place + 1) * FEATURE_COUNT);
      return preference(calibration, {
        ...reader,
        logShare,
        lead: logShare - reader.expected,
        features: own,
      });
    });
    expect([...out]).toEqual(plain);
  });

  it('of the likeness of texts is their cosine, also of a table that was cleared', () => {
    const content = Content.learn(SAMPLE_TEXTS.map(({ title, content: text }) => `${title} ${text}`));
    const cosine = (one: number, other: number) => {
      const { buckets, weights } = content.termsOf(one);
      const terms = content.termsOf(other);
      return buckets.reduce((sum, bucket, at) => {
        const place = terms.buckets.indexOf(bucket);
        return place < 0 ? sum : sum + weights[at]! * terms.weights[place]!;
      }, 0);
    };
    const compared = new ComparedTexts(content);
    for (let trial = 0; trial < 30; trial += 1) {
      compared.clear();
      const texts = Array.from({ length: below(12) }, () => below(content.items));
      for (const text of texts) compared.add(text);
      const [item, least] = [below(content.items), random() * 0.5];
      const alike = texts.map((text) => cosine(item, text) >= least);
      expect(compared.countLike(item, least)).toBe(alike.filter(Boolean).length);
      expect(compared.firstLike(item, least)).toBe(alike.indexOf(true));
    }
  });
});
