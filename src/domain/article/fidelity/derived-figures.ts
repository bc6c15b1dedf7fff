import type { Figure } from './figure';
import type { Measure } from './figure-units';
import { differencesOf, means, meansOtherwise, sumsOf } from './figure-values';

/** More figures of one measure than an article has are not combined with one another. */
const MAX_COMBINED = 60;
const MAX_PAIRED = 240;
const FEW = 12;
const FEW_PERCENTS = 4;
/** A figure of this many parts of its last digit is not the sum or difference of others by chance. */
const TELLING_AMONG_FEW = 100;
const TELLING = 1_000;
const SMALL_NUMBER = 10;
const NEAR = 24;
/** How far behind a change it is told which way it went. */
const DIRECTION_WITHIN = 16;

const SUM =
  /합치|합쳐|합하|합해|합친|합한|더하|더한|더해|모두|(?<!시)총(?![재리장선회괄무파기])|통틀|전체|합계|합산|아울러/;
const CLEAR_SUM =
  /합치|합쳐|합하|합해|합친|합한|더하|더한|더해|모두|(?<!시)총(?![재리장선회괄무파기])|통틀|합계/;
const DIFFERENCE =
  /차이|격차|차를|보다|더 |덜 |높|낮|늘|줄|올[라랐려리린]|오르|오른|내[려렸리린]|커|커졌|많|적[어은게]|뛰|떨어|비싸|싸졌|증가|감소|인상|인하|상승|하락|나머지|남은|않|못 |싸게|싼|뺀|빼|제외|제하|벌어|반대|찬성|만에|동안|더하|빠졌|깎|얹|불어|앞[서섰선]|뒤[처졌]|만회|되찾|나아|나빠|아닌|말고|밖에|이외|모자라|부족|빨[라리랐]|빠르|늦|짧|길[어었다]|당[겨기긴]|미[뤄룬루]|가벼|무거|얇|두꺼|좁|넓|달라|다르/;
const CLEAR_DIFFERENCE = /차이|격차|더 |나머지|남은|뺀|반대|찬성|보다|아닌|말고|제외|빼고/;
/** What was before a change. */
const BEFORE =
  /[달해주년월일] 전|분기 전|전날|앞달|앞선|앞서|직전|지난[달주해]|작년|종전|어제|그제|예전|이전|원래|기존|전에는|였던|이던|였다가|에서|있던|때보다/;
const REST = /나머지|않|못 ?[하해한되]|못한|아닌|없[다는어]|이외|반대|빼[고면]|말고|제외/;
const CHEAPER = /싸|싼|저렴|할인|깎|낮/;
/** What is left, and what is gone. */
const LESS = /나머지|않|못|아닌|없|줄|빠[졌지진]|잃|깎|떠[났난나]|싸|싼|저렴/;
const HALF = /절반|반반|반씩|반으로|반값|반토막/;
const TOTAL =
  /합치|합하|모두|(?<!시)총(?![재리장선회괄무파기])|통틀|전체|다 합|이면|동안|최대|많게는|1년|한 해|다 더|전부|이나 /;
const EACH = /당|씩|평균|꼴|나누|나눠|한 (?:명|사람|곳|대|개|채|집|달|해)|1인|하루/;
const UP =
  /^[^.!?]{0,10}?(?:올[랐라린]|오르|오른|상승|늘|증가|인상|뛰|↑|불어|커졌|확대|개선|높|많|비싸|급등|더 )/;
const DOWN =
  /^[^.!?]{0,10}?(?:내[렸려린]|내리|하락|줄|감소|인하|떨어|↓|빠졌|낮|축소|적[은었]|밀[렸려]|급락|깎|싸졌|덜 )/;
const SENTENCE_END = /[.!?…](?=\s|$|["”])|\n/g;
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
const TIMES: readonly Measure[] = ['months', 'weeks', 'minutes', 'quarters', 'times'];
const AMOUNTS: readonly Measure[] = ['won', 'dollars', 'yen', 'euros', 'yuan', 'pounds', 'grams', 'litres', 'watts', 'people', 'count', 'metres', 'area']; // prettier-ignore

/** Months of a year, days of a month and of a year, and the other way round. */
const CALENDAR = [12, 30, 365, 1 / 12, 1 / 30, 1 / 365];
const SPAN_OF_TIME =
  /하루|[한1] ?달|매[달월일년]|[달날해]마다|[한1] ?(?:해|년)|(?:^|[\s(])[월연] |연간|월평균|일평균/;
const MAX_BEFORE = 30;

const OF = /중|가운데|에서|의 |이며|이고|인데/;

/** A figure of the original that others may be computed from. */
interface Known {
  value: number;
  figure: Figure;
  sentence: number;
}

/** What can be computed from the figures of an original. */
export class DerivedFigures {
  private readonly sentenceEnds: number[];
  private readonly halvedSentences: ReadonlySet<number>;
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

  /** `things` are the original's figures that count what the figure counts; `sentence` is what stands around it. */
  supports(figure: Figure, value: number, things: readonly Figure[], sentence: string): boolean {
    const { measure, place } = figure;
    if (measure === 'days') return false;
    const own = this.of(things);
    const is = (known: number) => known > 0 && means(figure, value, known);
    const rounds = (known: number) =>
      is(known) || (value / place >= 10 && Math.abs(known - value) <= 0.5001 * place);
    if (measure === 'multiple') return this.ratios().some((ratio) => roundsMultiple(figure, value, ratio));
    if (measure === 'fraction') return this.isFractionOf(figure, value, sentence);
    if (measure === 'points') return this.isPointsOf(own, is, sentence);
    if (measure === 'percent') return this.isPercentOf(figure, value, own, sentence);
    if (measure === 'rank') return BEFORE.test(sentence) && this.ranksBefore().some(is);
    return (
      this.isSumOrDifference(figure, value, own, sentence) ||
      this.isHalf(own, is, sentence) ||
      (AMOUNTS.includes(measure) &&
        (this.isPart(own, rounds) ||
          this.isProduct(own, is, sentence) ||
          this.isQuotient(own, rounds, sentence)))
    );
  }

  private isSumOrDifference(figure: Figure, value: number, own: readonly Known[], sentence: string): boolean {
    const is = (known: number) => known > 0 && means(figure, value, known);
    const { measure, counter, place, factor } = figure;
    const isSmall =
      Number.isInteger(value / factor) &&
      value / factor < SMALL_NUMBER &&
      ['people', 'count', 'bare', 'times', 'rank', 'age'].includes(measure);
    if (isPast(figure, sentence) && this.before(own).length > 0) return this.before(own).some(is);
    const telling = value / place >= (own.length <= FEW ? TELLING_AMONG_FEW : TELLING);
    if (
      ((isSmall ? CLEAR_SUM : SUM).test(sentence) || value / place >= TELLING) &&
      sumsOf(this.summands(own)).some(is)
    )
      return true;
    if (
      !TIMES.includes(measure) &&
      BEFORE.test(sentence) &&
      (this.before(own).some(is) || (figure.mark !== null && this.beforePercents(own).some(is)))
    )
      return true;
    if (counter === '계단') {
      return DIFFERENCE.test(sentence) && this.steps(own).some(is);
    }
    if (figure.mark !== null && DIFFERENCE.test(sentence) && this.changesInAmount(own).some(is)) return true;
    const context = isSmall && measure !== 'age' ? CLEAR_DIFFERENCE : DIFFERENCE;
    return (telling || context.test(sentence)) && differencesOf(own.map(({ value: one }) => one)).some(is);
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
    return own.flatMap(({ value, figure: { start, text } }) =>
      this.text.startsWith('씩', start + text.length) ? [value, value] : [value],
    );
  }

  private isPointsOf(own: readonly Known[], is: (known: number) => boolean, sentence: string): boolean {
    const percents = this.measured('percent');
    const isBeside = (one: Known, other: Known) => percents.length <= FEW_PERCENTS || isNear(one, other);
    const differs = percents.some((one) =>
      percents.some((other) => isBeside(one, other) && is(one.value - other.value)),
    );
    if (differs) return true;
    return (
      (BEFORE.test(sentence) && this.before(own).some(is)) ||
      (DIFFERENCE.test(sentence) && differencesOf(own.map(({ value }) => value)).some(is))
    );
  }

  /** 3분의 1 넘게 줄어 for 65% of what was. */
  private isFractionOf(figure: Figure, value: number, sentence: string): boolean {
    const rest = LESS.test(sentence) ? this.measured('percent').map((one) => 1 - one.value / 100) : [];
    return rest.some((known) => meansOtherwise(figure, value, known));
  }

  private isPercentOf(figure: Figure, value: number, own: readonly Known[], sentence: string): boolean {
    const is = (known: number) => known > 0 && means(figure, value, known);
    const percents = own.map(({ value: percent }) => percent);
    if (CLEAR_SUM.test(sentence) && sumsOf(this.summands(own)).some(is)) return true;
    if (REST.test(sentence) && [...percents, ...sumsOf(percents)].some((percent) => is(100 - percent)))
      return true;
    if (CHEAPER.test(sentence) && own.some((level) => this.isLevel(level) && is(100 - level.value)))
      return true;
    if (BEFORE.test(sentence) && this.stepsBefore(percents).some(is)) return true;
    const place = Math.min(figure.place, 1);
    const isNearly = (part: number) =>
      Math.abs(100 * part - value) <= 0.5001 * place || (figure.mark !== null && is(100 * part));
    return this.changes().some(isNearly) || this.partsOfWholes().some(isNearly);
  }

  /** 시세의 60% 수준. */
  private isLevel({ figure: { start, text } }: Known): boolean {
    return /^ ?(?:수준|선|가격|값|정도|에 )/.test(
      this.text.slice(start + text.length, start + text.length + 4),
    );
  }

  /** 37.6% after a rise by 3.5%포인트 was 34.1%. */
  private stepsBefore(percents: readonly number[]): number[] {
    return this.measured('points').flatMap((step) =>
      percents.flatMap((percent) => this.undone(percent, step)),
    );
  }

  /** 27위 after a fall by 7계단 was 20위. */
  private ranksBefore(): number[] {
    const steps = this.known.filter(({ figure }) => figure.counter === '계단').slice(0, MAX_COMBINED);
    return this.measured('rank').flatMap(({ value }) =>
      steps.flatMap((step) => [value - step.value, value + step.value]),
    );
  }

  /** What each was before one of the others changed it. */
  private before(own: readonly Known[]): number[] {
    return own.flatMap((now) =>
      own.flatMap((change) => (change.value < now.value ? this.undone(now.value, change) : [])),
    );
  }

  /** Some 5만2000원 for 6만2000원 after a rise by 18.4%. */
  private beforePercents(own: readonly Known[]): number[] {
    return this.measured('percent').flatMap((change) =>
      own
        .filter((now) => isNear(now, change))
        .flatMap(({ value }) => [value / (1 + change.value / 100), value / (1 - change.value / 100)]),
    );
  }

  /** Some 9000원 for a fall by 3.2% to 27만1500원. */
  private changesInAmount(own: readonly Known[]): number[] {
    return this.measured('percent').flatMap(({ value: percent, sentence }) =>
      own
        .filter((now) => now.sentence === sentence)
        .flatMap(({ value }) => [(value * percent) / (100 + percent), (value * percent) / (100 - percent)]),
    );
  }

  private undone(now: number, { value, figure: { start, text } }: Known): number[] {
    const after = this.text.slice(start + text.length, start + text.length + DIRECTION_WITHIN);
    const [up, down] = [UP.test(after), DOWN.test(after)];
    if (up && !down) return [now - value];
    return down && !up ? [now + value] : [now - value, now + value];
  }

  private isHalf(own: readonly Known[], is: (known: number) => boolean, sentence: string): boolean {
    const isTold = /절반|반으로|나머지|반반|반씩/.test(sentence);
    return own.some((one) => (isTold || this.halvedSentences.has(one.sentence)) && is(one.value / 2));
  }

  /** 390억 for 1300억 of which 30% is told. */
  private isPart(own: readonly Known[], rounds: (known: number) => boolean): boolean {
    const shares = [
      ...this.measured('percent').map((one) => ({ ...one, value: one.value / 100 })),
      ...this.measured('fraction'),
      ...this.measured('share'),
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
    const times = TIMES_OF.flatMap((measure) => this.measured(measure)).filter(({ value }) => value > 1);
    return own.some((one) =>
      times.some((many) => many.figure !== one.figure && isNear(one, many) && is(one.value * many.value)),
    );
  }

  /** 32만5000원 each month for 390만원 a year. */
  private isOfAnotherTime(own: readonly Known[], is: (known: number) => boolean): boolean {
    return own.some(({ value, sentence, figure: { start } }) => {
      const from = this.sentenceEnds[sentence - 1] ?? 0;
      return (
        SPAN_OF_TIME.test(this.text.slice(Math.max(from, start - MAX_BEFORE), start)) &&
        CALENDAR.some((factor) => is(value * factor))
      );
    });
  }

  private isQuotient(own: readonly Known[], rounds: (known: number) => boolean, sentence: string): boolean {
    if (!EACH.test(sentence)) return false;
    const parts = TIMES_OF.flatMap((measure) => this.measured(measure)).filter(({ value }) => value > 1);
    return own.some((whole) =>
      parts.some(
        (part) => part.figure !== whole.figure && isNear(whole, part) && rounds(whole.value / part.value),
      ),
    );
  }

  /** Of amounts of one kind that stand beside each other, the greater by the less. */
  private ratios(): number[] {
    return this.pairs().map(
      ([first, second]) => Math.max(first.value, second.value) / Math.min(first.value, second.value),
    );
  }

  /** Of amounts of one kind that stand beside each other, the less as a share of the greater. */
  shares(): number[] {
    return this.ratios().map((ratio) => 1 / ratio);
  }

  /** By what share of itself an amount changed, where the original does not say it. */
  private changes(): number[] {
    const told = new Set(this.measured('percent').map(({ sentence }) => sentence));
    return this.pairs()
      .filter(([first, second]) => first.sentence === second.sentence && !told.has(first.sentence))
      .flatMap(([first, second]) => [
        Math.abs(second.value - first.value) / first.value,
        ...(second.value < first.value ? [second.value / first.value] : []),
      ]);
  }

  /** Of 4만2,479명 중 3만6,208명. */
  private partsOfWholes(): number[] {
    return this.pairs()
      .filter(([whole, part]) => {
        const between = this.text.slice(whole.figure.start + whole.figure.text.length, part.figure.start);
        return (
          part.value < whole.value && between.length < NEAR && /^ ?(?:중|가운데)(?![가-힣])/.test(between)
        );
      })
      .map(([whole, part]) => part.value / whole.value);
  }

  private pairs(): [Known, Known][] {
    const last = new Map<string, Known>();
    return this.known.slice(0, MAX_PAIRED).flatMap((second): [Known, Known][] => {
      const { measure, counter = '' } = second.figure;
      if (!AMOUNTS.includes(measure) || second.value <= 0) return [];
      const key = `${measure} ${counter}`;
      const first = last.get(key);
      last.set(key, second);
      return first && isNear(first, second) && first.value !== second.value ? [[first, second]] : [];
    });
  }

  private measured(measure: Measure): Known[] {
    return this.known.filter(({ figure }) => figure.measure === measure).slice(0, MAX_COMBINED);
  }

  private of(things: readonly Figure[]): Known[] {
    return things
      .filter(({ low, high }) => low === high)
      .slice(0, MAX_COMBINED)
      .map((figure) => ({ value: figure.low, figure, sentence: this.sentenceOf(figure.start) }));
  }

  private sentenceOf(at: number): number {
    let [from, to] = [0, this.sentenceEnds.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.sentenceEnds[middle]! < at) from = middle + 1;
      else to = middle;
    }
    return from;
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

function isNear(one: Known, other: Known): boolean {
  return Math.abs(one.sentence - other.sentence) <= 1;
}

function roundsMultiple(figure: Figure, value: number, ratio: number): boolean {
  if (figure.place < 1)
    return Math.abs(ratio - value) <= 0.5001 * figure.place || means(figure, value, ratio);
  return means(figure, value, ratio, 0.02);
}
