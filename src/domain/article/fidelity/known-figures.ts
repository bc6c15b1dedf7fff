import type { Figure } from './figure';
import type { Measure } from './figure-units';
import { HALF, SENTENCE_END } from './derivation-words';
import { means, near } from './figure-values';
import { readFigures } from './figures';

/** More figures of one measure than an article has are not combined with one another. */
const MAX_COMBINED = 60;
const MAX_PAIRED = 240;
/** How near to one another figures stand that are told of one thing. */
export const NEAR = 24;
export const AMOUNTS: readonly Measure[] = ['won', 'dollars', 'yen', 'euros', 'yuan', 'pounds', 'grams', 'litres', 'watts', 'people', 'count', 'metres', 'area']; // prettier-ignore

/** Of these only what stands close together is compared: 60일분에서 180일분으로. */
const LENGTHS: readonly Measure[] = ['days', 'months', 'minutes'];
const MAX_TOLD = 12;

/** What an amount is taken so many times of. */
const TIMES_OF: readonly Measure[] = [
  'months',
  'people',
  'count',
  'days',
  'times',
  'weeks',
  'bare',
  'quarters',
];

/** A figure of the original that others may be computed from. */
export interface Known {
  value: number;
  figure: Figure;
  sentence: number;
}

/** The figures of an original by the sentences they stand in. */
export class KnownFigures {
  readonly sentenceEnds: number[];
  readonly halvedSentences: ReadonlySet<number>;
  private readonly known: Known[];

  constructor(
    private readonly text: string,
    figures: readonly Figure[],
  ) {
    this.sentenceEnds = [...text.matchAll(SENTENCE_END)].map(({ index }) => index);
    this.known = figures
      .filter(({ date, low, high }) => !date && low === high)
      .map((figure) => ({ value: figure.low, figure, sentence: this.sentenceOf(figure.start) }));
    const halves = [...text.matchAll(new RegExp(HALF, 'g'))].flatMap(({ index }) => {
      const sentence = this.sentenceOf(index);
      return [sentence, sentence - 1];
    });
    this.halvedSentences = new Set(halves);
  }

  /** Of amounts of one kind that stand beside each other, or with one between them, the greater by the less. */
  ratios(): number[] {
    return this.pairs(2).map(
      ([first, second]) => Math.max(first.value, second.value) / Math.min(first.value, second.value),
    );
  }

  /** Of amounts of one kind that stand beside each other, the less as a share of the greater. */
  shares(): number[] {
    return this.ratios().map((ratio) => 1 / ratio);
  }

  /** Of each amount that a rewrite's own words tell and any other of the original: the greater by the less. */
  ratiosAtHand(words: string): number[] {
    const told = readFigures(words, MAX_TOLD).filter(
      ({ measure, low, high }) => AMOUNTS.includes(measure) && low === high,
    );
    return told.flatMap((figure) => {
      const { measure, counter, low } = figure;
      const same = this.measured(measure).filter(
        (known) => known.figure.counter === counter && known.value > 0,
      );
      if (!same.some(({ value }) => means(figure, low, value))) return [];
      return same.flatMap(({ value }) =>
        near(value, low) ? [] : Math.max(value, low) / Math.min(value, low),
      );
    });
  }

  /** By what share of itself an amount changed, where the original does not say it. */
  changes(): number[] {
    const told = new Set(this.measured('percent').map(({ sentence }) => sentence));
    return this.pairs()
      .filter(
        (pair) =>
          pair[0].sentence === pair[1].sentence && !told.has(pair[0].sentence) && !this.isPartOf(pair),
      )
      .flatMap(([first, second]) => [
        Math.abs(second.value - first.value) / first.value,
        ...(second.value < first.value ? [second.value / first.value] : []),
      ]);
  }

  /** Of 4만2,479명 중 3만6,208명. */
  partsOfWholes(): number[] {
    return this.pairs()
      .filter((pair) => this.isPartOf(pair))
      .map(([whole, part]) => part.value / whole.value);
  }

  private isPartOf([whole, part]: [Known, Known]): boolean {
    const between = this.text.slice(whole.figure.start + whole.figure.text.length, part.figure.start);
    return part.value < whole.value && between.length < NEAR && /^ ?(?:중|가운데)(?![가-힣])/.test(between);
  }

  /** Of percents that stand beside each other, the greater by the less. */
  percentRatios(): number[] {
    const percents = this.measured('percent').filter(({ value }) => value > 0);
    return percents.slice(1).flatMap((second, index) => {
      const first = percents[index]!;
      if (first.sentence !== second.sentence) return [];
      return [Math.max(first.value, second.value) / Math.min(first.value, second.value)];
    });
  }

  /** Of one kind, up to so many places apart. */
  pairs(apart = 1): [Known, Known][] {
    const last = new Map<string, Known[]>();
    return this.known.slice(0, MAX_PAIRED).flatMap((second): [Known, Known][] => {
      const { measure, counter = '' } = second.figure;
      if (![...AMOUNTS, ...LENGTHS].includes(measure) || second.value <= 0) return [];
      const key = `${measure} ${counter}`;
      const before = last.get(key) ?? [];
      last.set(key, [...before, second].slice(-apart));
      return before
        .filter(
          (first) =>
            isNear(first, second) &&
            first.value !== second.value &&
            (!LENGTHS.includes(measure) || second.figure.start - first.figure.start < NEAR),
        )
        .map((first): [Known, Known] => [first, second]);
    });
  }

  /** How many parts or times there are of an amount: of 48 months also four years. */
  divisors(): Known[] {
    return TIMES_OF.flatMap((measure) => this.measured(measure))
      .flatMap((one) =>
        one.figure.measure === 'months' && one.value % 12 === 0
          ? [one, { ...one, value: one.value / 12 }]
          : [one],
      )
      .filter(({ value }) => value > 1);
  }

  /** By how many ranks something rose or fell. */
  steps(): Known[] {
    return this.known.filter(({ figure }) => figure.counter === '계단').slice(0, MAX_COMBINED);
  }

  measured(measure: Measure): Known[] {
    return this.known.filter(({ figure }) => figure.measure === measure).slice(0, MAX_COMBINED);
  }

  of(things: readonly Figure[]): Known[] {
    return things
      .filter(({ low, high }) => low === high)
      .slice(0, MAX_COMBINED)
      .map((figure) => ({ value: figure.low, figure, sentence: this.sentenceOf(figure.start) }));
  }

  sentenceOf(at: number): number {
    let [from, to] = [0, this.sentenceEnds.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.sentenceEnds[middle]! < at) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

export function isNear(one: Known, other: Known): boolean {
  return Math.abs(one.sentence - other.sentence) <= 1;
}
