import {
  ADDED,
  BEFORE,
  CHEAPER,
  CLEAR_DIFFERENCE,
  CLEAR_SUM,
  DIFFERENCE,
  EACH,
  LESS,
  OF,
  REST,
  SPAN_OF_TIME,
  SUM,
  SO_TO_SAY,
  TOTAL,
  WHOLE,
} from './derivation-words';
import type { Figure } from './figure';
import type { Measure } from './figure-units';
import { differencesOf, means, meansOtherwise, near, SMALL_NUMBER, sumsOf } from './figure-values';
import { FormerValues } from './former-values';
import { AMOUNTS, isNear, KnownFigures, NEAR, type Known } from './known-figures';
import { PlainSums } from './plain-sums';
import { isDifferenceAtHand, isSumAtHand } from './sums-at-hand';

const FEW = 12;
const FEW_PERCENTS = 4;
/** A figure of this many parts of its last digit is not the sum or difference of others by chance. */
const TELLING_AMONG_FEW = 100;
const TELLING = 1_000;

const TIMES: readonly Measure[] = ['months', 'weeks', 'minutes', 'quarters', 'times'];

/** What is compared with, and tells of no span. */
const AGO = /(?:한|1) ?(?:달|해|년) ?(?:전|새|사이|만에)/g;
/** Months of a year, days of a month and of a year, and the other way round. */
const CALENDAR = [12, 30, 365, 1 / 12, 1 / 30, 1 / 365];
const MAX_BEFORE = 60;

/** The sentence that a figure stands in, and it with what is before it. */
export interface Around {
  sentence: string;
  context: string;
}

/** What can be computed from the figures of an original. */
export class DerivedFigures {
  private readonly known: KnownFigures;
  private readonly former: FormerValues;

  constructor(
    private readonly text: string,
    figures: readonly Figure[],
  ) {
    this.known = new KnownFigures(text, figures);
    this.former = new FormerValues(text, this.known);
  }

  /** Of amounts of one kind that stand beside each other, the less as a share of the greater. */
  shares(): number[] {
    return this.known.shares();
  }

  /** What the amounts of a rewrite's sentence are of others, where it tells a share. */
  sharesAtHand(sentence: string): number[] {
    return WHOLE.test(sentence) ? this.known.ratiosAtHand(sentence).map((ratio) => 1 / ratio) : [];
  }

  /** `things` are the original's figures that count what the figure counts; `sentence` is what stands around it. */
  supports(figure: Figure, value: number, things: readonly Figure[], { sentence, context }: Around): boolean {
    const { measure, place } = figure;
    const own = this.known.of(things);
    if (measure === 'days') return isSumAtHand(figure, value, own, sentence);
    const is = (known: number) => known > 0 && means(figure, value, known);
    const rounds = (known: number) =>
      is(known) || (value / place >= 10 && Math.abs(known - value) <= 0.5001 * place);
    if (measure === 'multiple')
      return [
        ...this.known.ratios(),
        ...this.known.percentRatios(),
        ...this.known.ratiosAtHand(SO_TO_SAY.test(sentence) ? context : sentence),
      ].some((ratio) => roundsMultiple(figure, value, ratio));
    if (measure === 'fraction') return this.isFractionOf(figure, value, sentence);
    if (measure === 'points') return this.isPointsOf(own, is, sentence);
    if (measure === 'percent') return this.isPercentOf(figure, value, own, sentence);
    if (measure === 'rank') return BEFORE.test(sentence) && this.former.ranks().some(is);
    return (
      this.isSumOrDifference(figure, value, own, sentence) ||
      this.isHalf(own, is, sentence) ||
      (AMOUNTS.includes(measure) &&
        (this.isPart(own, rounds) ||
          this.isProduct(own, is, sentence.replace(AGO, '')) ||
          this.isQuotient(own, rounds, sentence.replace(AGO, ''))))
    );
  }

  private isSumOrDifference(figure: Figure, value: number, own: readonly Known[], sentence: string): boolean {
    const is = (known: number) => known > 0 && means(figure, value, known);
    const { measure, counter, place, factor } = figure;
    const isSmall =
      Number.isInteger(value / factor) &&
      value / factor < SMALL_NUMBER &&
      ['people', 'count', 'bare', 'times', 'rank', 'age'].includes(measure);
    if (isPast(figure, sentence)) {
      const former = [...this.former.amounts(own), ...this.former.amountsByMultiples(own)];
      if (former.length > 0) return former.some(is);
    }
    if (AMOUNTS.includes(measure) && new PlainSums(this.text, own).supports(figure, value, sentence))
      return true;
    const telling = value / place >= (own.length <= FEW ? TELLING_AMONG_FEW : TELLING);
    if (
      ((isSmall ? CLEAR_SUM : SUM).test(sentence) || (value / place >= TELLING && measure !== 'bare')) &&
      sumsOf(this.summands(own)).some(is)
    )
      return true;
    if (
      !TIMES.includes(measure) &&
      BEFORE.test(sentence) &&
      ([...this.former.amounts(own), ...this.former.amountsByMultiples(own)].some(is) ||
        (figure.mark !== null && this.former.amountsByPercents(own).some(is)))
    )
      return true;
    if (counter === '계단') {
      return DIFFERENCE.test(sentence) && this.steps(own).some(is);
    }
    if (figure.mark !== null && DIFFERENCE.test(sentence) && this.former.changes(own).some(is)) return true;
    const isTime = TIMES.includes(measure);
    const context = (isSmall && measure !== 'age') || isTime ? CLEAR_DIFFERENCE : DIFFERENCE;
    if ((telling || context.test(sentence)) && differencesOf(own.map(({ value: one }) => one)).some(is))
      return true;
    return isSumAtHand(figure, value, own, sentence) || this.isYearsBetweenAges(figure, is, sentence);
  }

  /** 4년 for 60세에서 64세로. */
  private isYearsBetweenAges(
    { measure, factor }: Figure,
    is: (known: number) => boolean,
    sentence: string,
  ): boolean {
    if (measure !== 'months' || factor !== 12 || !DIFFERENCE.test(sentence)) return false;
    return differencesOf(this.known.measured('age').map(({ value }) => 12 * value)).some(is);
  }

  /** Between ranks that stand beside each other: 16위에서 11위로. */
  private steps(ranks: readonly Known[]): number[] {
    return ranks.slice(1).flatMap((second, index) => {
      const first = ranks[index]!;
      const isBeside = second.figure.start - first.figure.start < NEAR && first.sentence === second.sentence;
      return isBeside ? [Math.abs(second.value - first.value)] : [];
    });
  }

  /** 15%씩 is told of two. */
  private summands(own: readonly Known[]): number[] {
    const isOfEach = ({ figure: { start, text } }: Known) => this.text.startsWith('씩', start + text.length);
    return [
      ...own.flatMap((one) => (isOfEach(one) ? [one.value, one.value] : [one.value])),
      ...own.filter(isOfEach).map(({ value }) => 2 * value),
    ];
  }

  private isPointsOf(own: readonly Known[], is: (known: number) => boolean, sentence: string): boolean {
    const percents = this.known.measured('percent');
    const isBeside = (one: Known, other: Known) => percents.length <= FEW_PERCENTS || isNear(one, other);
    const differs = percents.some((one) =>
      percents.some((other) => isBeside(one, other) && is(one.value - other.value)),
    );
    if (differs || (DIFFERENCE.test(sentence) && isDifferenceAtHand(sentence, percents, is))) return true;
    if (ADDED.test(sentence) && sumsOf(own.map(({ value }) => value)).some(is)) return true;
    return (
      (BEFORE.test(sentence) && this.former.amounts(own).some(is)) ||
      (DIFFERENCE.test(sentence) && differencesOf(own.map(({ value }) => value)).some(is))
    );
  }

  /** 3분의 1 넘게 줄어 for 65% of what was; 10분의 1 for 12억 beside 120억. */
  private isFractionOf(figure: Figure, value: number, sentence: string): boolean {
    const rest = LESS.test(sentence) ? this.known.measured('percent').map((one) => 1 - one.value / 100) : [];
    return [...rest, ...this.known.shares(), ...this.sharesAtHand(sentence)].some((known) =>
      meansOtherwise(figure, value, known),
    );
  }

  private isPercentOf(figure: Figure, value: number, own: readonly Known[], sentence: string): boolean {
    const is = (known: number) => known > 0 && means(figure, value, known);
    const percents = own.map(({ value: percent }) => percent);
    if (CLEAR_SUM.test(sentence) && sumsOf(this.summands(own)).some(is)) return true;
    if (ADDED.test(sentence) && this.isOfFew(own, value)) return true;
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
      [...this.known.partsOfWholes(), ...this.sharesAtHand(sentence)].some(isNearly)
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

  private isHalf(own: readonly Known[], is: (known: number) => boolean, sentence: string): boolean {
    const isTold = /절반|반으로|나머지|반반|반씩/.test(sentence);
    return own.some((one) => (isTold || this.known.halvedSentences.has(one.sentence)) && is(one.value / 2));
  }

  /** 390억 for 1300억 of which 30% is told. */
  private isPart(own: readonly Known[], rounds: (known: number) => boolean): boolean {
    const shares = [
      ...this.known.measured('percent').map((one) => ({ ...one, value: one.value / 100 })),
      ...this.known.measured('fraction'),
      ...this.known.measured('share'),
    ];
    return own.some((whole) =>
      shares.some(
        (share) =>
          this.isOf(whole, share) &&
          [share.value, 1 - share.value].some((part) => rounds(whole.value * part)),
      ),
    );
  }

  /** 600억원 가운데 30%, 1300억원이며 국비가 3분의 1. */
  private isOf(whole: Known, share: Known): boolean {
    if (whole.sentence !== share.sentence || share.value >= 1) return false;
    const between = this.text.slice(whole.figure.start + whole.figure.text.length, share.figure.start);
    return between.length < NEAR && OF.test(between);
  }

  /** 480만 for 20만 in each of 24 months. */
  private isProduct(own: readonly Known[], is: (known: number) => boolean, sentence: string): boolean {
    if (SPAN_OF_TIME.test(sentence) && this.isOfAnotherTime(own, is)) return true;
    if (!TOTAL.test(sentence)) return false;
    const times = this.known.divisors();
    return own.some((one) =>
      times.some((many) => many.figure !== one.figure && isNear(one, many) && is(one.value * many.value)),
    );
  }

  /** 32만5000원 each month for 390만원 a year. */
  private isOfAnotherTime(own: readonly Known[], is: (known: number) => boolean): boolean {
    return own.some(({ value, sentence, figure: { start } }) => {
      const from = this.known.sentenceEnds[sentence - 2] ?? 0;
      return (
        SPAN_OF_TIME.test(this.text.slice(Math.max(from, start - MAX_BEFORE), start)) &&
        CALENDAR.some((factor) => is(value * factor))
      );
    });
  }

  private isQuotient(own: readonly Known[], rounds: (known: number) => boolean, sentence: string): boolean {
    if (!EACH.test(sentence)) return false;
    const parts = this.known.divisors();
    return own.some((whole) =>
      parts.some(
        (part) => part.figure !== whole.figure && isNear(whole, part) && rounds(whole.value / part.value),
      ),
    );
  }
}

/** 6500원에서 올랐다, 96.1이던: what was, and no sum or difference. */
function isPast({ text }: Figure, sentence: string): boolean {
  const at = sentence.lastIndexOf(text);
  return (
    at >= 0 &&
    /^ ?(?:에서|이던|였던|이었|였다가|이었다가)/.test(sentence.slice(at + text.length, at + text.length + 6))
  );
}

function roundsMultiple(figure: Figure, value: number, ratio: number): boolean {
  if (figure.place < 1)
    return Math.abs(ratio - value) <= 0.5001 * figure.place || means(figure, value, ratio);
  return means(figure, value, ratio, 0.02);
}
