import {
  ADDED,
  BEFORE,
  CHEAPER,
  CLEAR_DIFFERENCE,
  CLEAR_SUM,
  DIFFERENCE,
  RATE,
  REST,
  TOGETHER,
} from './derivation-words';
import type { Figure } from './figure';
import { differencesOf, means, near, sumsOf } from './figure-values';
import type { FormerValues } from './former-values';
import { isNear, type Known, type KnownFigures } from './known-figures';
import { isDifferenceAtHand, isSumOfNext } from './sums-at-hand';

const FEW_PERCENTS = 4;
/** A difference of less is between any two percents. */
const MANY_POINTS = 2;

/** Percents and points that can be computed from the figures of an original. */
export class DerivedPercents {
  constructor(
    private readonly text: string,
    private readonly known: KnownFigures,
    private readonly former: FormerValues,
  ) {}

  supportsPoints(own: readonly Known[], is: (known: number) => boolean, sentence: string): boolean {
    const percents = this.known.measured('percent');
    const isBeside = (one: Known, other: Known) => percents.length <= FEW_PERCENTS || isNear(one, other);
    const differs = percents.some((one) =>
      percents.some((other) => isBeside(one, other) && is(one.value - other.value)),
    );
    if (differs || (DIFFERENCE.test(sentence) && isDifferenceAtHand(sentence, percents, is))) return true;
    const isTold = CLEAR_DIFFERENCE.test(sentence);
    if (
      isTold &&
      differencesOf(percents.map(({ value }) => value)).some((one) => one >= MANY_POINTS && is(one))
    )
      return true;
    if (ADDED.test(sentence) && sumsOf(own.map(({ value }) => value)).some(is)) return true;
    return (
      (BEFORE.test(sentence) && this.former.amounts(own).some(is)) ||
      (DIFFERENCE.test(sentence) && differencesOf(own.map(({ value }) => value)).some(is))
    );
  }

  supports(
    figure: Figure,
    value: number,
    own: readonly Known[],
    sentence: string,
    atHand: readonly number[],
  ): boolean {
    const is = (known: number) => known > 0 && means(figure, value, known);
    const percents = own.map(({ value: percent }) => percent);
    if (CLEAR_SUM.test(sentence) && sumsOf(summandsOf(this.text, own)).some(is)) return true;
    if (ADDED.test(sentence) && this.isOfFew(own, value)) return true;
    if (TOGETHER.test(sentence) && isSumOfNext(own, is)) return true;
    if (REST.test(sentence) && [...percents, ...sumsOf(percents)].some((percent) => is(100 - percent)))
      return true;
    if (DIFFERENCE.test(sentence) && own.some((level) => this.isLevel(level) && is(level.value - 100)))
      return true;
    if (CHEAPER.test(sentence) && own.some((level) => this.isLevel(level) && is(100 - level.value)))
      return true;
    if (BEFORE.test(sentence) && this.former.percents(percents).some(is)) return true;
    const place = Math.min(figure.place, 1);
    const isNearly = (part: number) =>
      Math.abs(100 * part - value) <= 0.5001 * place || (figure.mark !== null && is(100 * part));
    return (
      (DIFFERENCE.test(sentence) && this.known.changes().some(isNearly)) ||
      [...this.known.partsOfWholes(), ...atHand, ...(RATE.test(sentence) ? this.known.shares() : [])].some(
        isNearly,
      )
    );
  }

  /** 80% once 10% are added to 70%. */
  private isOfFew(own: readonly Known[], value: number): boolean {
    return own.some((first, index) =>
      own
        .slice(index + 1)
        .some(
          (second) =>
            (own.length <= FEW_PERCENTS || isNear(first, second)) && near(first.value + second.value, value),
        ),
    );
  }

  /** 시세의 60% 수준. */
  private isLevel({ figure: { start, text } }: Known): boolean {
    const after = this.text.slice(start + text.length, start + text.length + 4);
    return (
      /^ ?(?:수준|선|가격|값|정도|에 )/.test(after) ||
      /의 $/.test(this.text.slice(Math.max(0, start - 2), start))
    );
  }
}

/** 15%씩 is told of two. */
export function summandsOf(text: string, own: readonly Known[]): number[] {
  const isOfEach = ({ figure }: Known) => text.startsWith('씩', figure.start + figure.text.length);
  return [
    ...own.flatMap((one) => (isOfEach(one) ? [one.value, one.value] : [one.value])),
    ...own.filter(isOfEach).map(({ value }) => 2 * value),
  ];
}
