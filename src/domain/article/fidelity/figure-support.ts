import { DateSupport } from './date-support';
import type { Figure } from './figure';
import { readFigures } from './figures';
import type { OriginalText } from './original-text';
import type { Measure } from './figure-units';
import { differencesOf, EPSILON, means, near, ROUNDING, sumsOf } from './figure-values';

/** More than an article has; what stands behind them supports nothing. */
const MAX_FIGURES = 1_000;
/** More figures of one measure than an article has are not combined with one another. */
const MAX_COMBINED = 60;
const SMALL_NUMBER = 10;
const NEAR = 40;
const TELLING = 1_000;

const SUM =
  /합치|합쳐|합하|합해|합친|합한|더하|더한|더해|모두|총|통틀|전체|합계|합산|이전|원래|작년|지난해|기존|전에는|였던|이던/;
const DIFFERENCE =
  /차이|격차|차를|보다|더 |덜 |높|낮|늘|줄|올[라랐려리린]|오르|내[려렸리린]|커|커졌|많|적[어은게]|뛰|떨어|비싸|싸졌|증가|감소|인상|인하|상승|하락|나머지|남은|않|못 |싸게|싼|뺀|빼|제외|제하|벌어|반대|찬성|만에|동안|더하|이전|원래|작년|지난해|기존|전에는|였던|이던|빠졌|깎|얹|불어|앞[서섰]|뒤[처졌]/;
const CLEAR_DIFFERENCE = /차이|격차|더 |나머지|남은|뺀|반대|찬성|보다/;
/** Measures whose differences are in another one. */
const DIFFERENCE_OF: Partial<Record<Measure, Measure>> = { points: 'percent', bare: 'bare' };
const PRICED: readonly Measure[] = [
  'grams',
  'litres',
  'metres',
  'area',
  'watt-hours',
  'dollars',
  'euros',
  'yen',
  'yuan',
  'pounds',
  'other money',
];
/** What is counted, whatever is counted by. */
const COUNTED: readonly Measure[] = ['count', 'bare', 'times', 'rank', 'age'];

/** What an original supports: its own figures in any writing, marked roundings, sums, differences and halves of them. */
export class FigureSupport {
  private readonly byMeasure = new Map<Measure, Figure[]>();
  private readonly dates: DateSupport;
  private readonly halved: boolean;
  private readonly parts: number[];
  private readonly doubles: number[];

  constructor(
    private readonly original: OriginalText,
    publishedAt: Date | null,
  ) {
    const figures = readFigures(original.text).slice(0, MAX_FIGURES);
    for (const figure of figures) {
      const same = this.byMeasure.get(figure.measure);
      if (same) same.push(figure);
      else this.byMeasure.set(figure.measure, [figure]);
    }
    this.dates = new DateSupport(original, figures, publishedAt);
    this.parts = this.readParts();
    this.doubles = this.readDoubles();
    this.halved = original.says(/절반|반값|반토막|반으로/);
  }

  /** `sentence` is what stands around the figure: what it says the figure to be, a sum or a difference. */
  supports(figure: Figure, sentence: string): boolean {
    if (figure.date) return this.dates.supports(figure.date);
    const { measure, low, high } = figure;
    if (measure === 'ratio') return this.hasRatio(low, high);
    if (measure === 'half') return this.supportsHalf(figure);
    if (low !== high) return this.supportsRange(figure, sentence);
    return this.supportsValue(figure, low, sentence);
  }

  /** 열 명 중 일곱 명 넘게 for 75.8%. */
  supportsShare(whole: Figure, part: Figure): boolean {
    const wanted = part.low / whole.low;
    const [from, to] =
      part.mark === 'over'
        ? [0, 1 / whole.low]
        : part.mark === 'under'
          ? [-1 / whole.low, 0]
          : part.mark === 'about'
            ? [-0.5 / whole.low, 0.5 / whole.low]
            : [-ROUNDING * wanted, ROUNDING * wanted];
    const percents = (this.byMeasure.get('percent') ?? []).map(({ low }) => low);
    return percents.some(
      (percent) => percent / 100 - wanted >= from - EPSILON && percent / 100 - wanted <= to + EPSILON,
    );
  }

  private supportsRange(figure: Figure, sentence: string): boolean {
    const { low, high, measure } = figure;
    if (this.of(measure).some((own) => near(own.low, low) && near(own.high, high))) return true;
    if (this.dates.supportsDays(low, high)) return true;
    return [low, high].every((value) =>
      this.supportsValue({ ...figure, low: value, high: value, mark: null }, value, sentence),
    );
  }

  private supportsValue(figure: Figure, value: number, sentence: string): boolean {
    const own = this.sameThings(figure).flatMap(({ low, high }) => (low === high ? [low] : [low, high]));
    if (own.some((known) => means(figure, value, known))) return true;
    if (this.otherWriting(figure, value).some((known) => means(figure, value, known, 0.01))) return true;
    if (
      this.dates.supportsDuration(figure, value) ||
      this.isUnit(figure, value) ||
      this.isRankInWords(figure)
    )
      return true;
    return this.isDerived(figure, value, sentence);
  }

  /** The figures of a measure and of those that mean the same. */
  private of(measure: Measure): Figure[] {
    const measures: readonly Measure[] = COUNTED.includes(measure) ? COUNTED : [measure];
    return measures.flatMap((name) => this.byMeasure.get(name) ?? []);
  }

  /** Those that count what the figure counts, as far as their counters tell. */
  private sameThings({ measure, counter, place, factor }: Figure): Figure[] {
    const known = this.of(measure);
    // 5조 and 4600억 leave their unit to the reader.
    const short =
      measure === 'bare' && place >= 1e4
        ? (['won', 'dollars', 'people'] as const).flatMap((name) => this.byMeasure.get(name) ?? [])
        : [];
    const bare = factor === 1 ? (this.byMeasure.get('bare') ?? []).filter((other) => other.place >= 1e4) : [];
    const things = known.filter((other) => other.counter === counter || !other.counter || !counter);
    return [...things, ...short, ...bare];
  }

  /** One of what prices are told for: 1리터에, 1달러를, 한 시간. */
  private isUnit({ measure, factor }: Figure, value: number): boolean {
    if (value / factor !== 1) return false;
    if (measure === 'people' || measure === 'count') return true;
    if (measure === 'minutes') return this.original.says(factor === 60 ? /시간당|시급|시간/ : /분당|분에/);
    return PRICED.includes(measure);
  }

  /** 1위 for 가장, 2위 for 뒤를 이었다. */
  private isRankInWords({ measure, low }: Figure): boolean {
    if (measure !== 'rank') return false;
    if (low <= 5 && this.original.says(/ 순(?:이[다었]|으로|서)/)) return true;
    if (low === 1) return this.original.says(/가장|최[대고다초]|선두|처음|사상 첫/);
    return low === 2 && this.original.says(/뒤를 이|다음으로|그다음/);
  }

  /** 2배 for 100%, 30% for 10명 중 3명, 3분의 1 for 33.3%, 시간 for 분. */
  private otherWriting({ measure }: Figure, value: number): number[] {
    const values = (name: Measure) =>
      (this.byMeasure.get(name) ?? []).flatMap(({ low, high }) => [low, high]);
    switch (measure) {
      case 'multiple':
        return [
          ...values('percent').flatMap((percent) => [percent / 100, 1 + percent / 100]),
          ...(this.halved ? [2] : []),
          ...this.doubles,
        ];
      case 'percent':
        return [
          ...values('multiple').flatMap((times) => [100 * times, 100 * (times - 1)]),
          ...[...values('fraction'), ...values('half')].flatMap((part) => [100 * part, 100 * (1 - part)]),
          ...this.parts,
        ];
      case 'fraction':
        return [
          ...values('percent').map((percent) => percent / 100),
          ...values('half'),
          ...this.parts.map((part) => part / 100),
        ];
      case 'digits':
        return [...values('percent'), ...values('bare')]
          .filter((number) => number >= 1)
          .map((number) => String(Math.trunc(number)).length);
      case 'quarters':
        return values('months').map((months) => months / 3);
      case 'months':
        return values('quarters').map((quarters) => 3 * quarters);
      case 'days':
        return [
          ...values('minutes').map((minutes) => minutes / 1_440),
          ...values('weeks').map((weeks) => 7 * weeks),
        ];
      case 'weeks':
        return values('days').map((days) => days / 7);
      case 'minutes':
        return [
          ...values('days').map((days) => 1_440 * days),
          ...values('seconds').map((seconds) => seconds / 60),
        ];
      case 'points':
        return value < 1 ? [] : values('bare');
      case 'people':
        return [...values('bare'), ...values('ratio')];
      default:
        return [];
    }
  }

  /** 12명 중 10명, in percent. */
  private readParts(): number[] {
    return (['people', 'count'] as const).flatMap((measure) => {
      const own = this.byMeasure.get(measure) ?? [];
      return own.slice(1).flatMap((part, index) => {
        const whole = own[index]!;
        const between = this.original.text.slice(whole.start + whole.text.length, part.start);
        return /^ ?(?:중|가운데)/.test(between) && between.length < NEAR
          ? [(100 * part.low) / whole.low]
          : [];
      });
    });
  }

  /** Whether two amounts that stand beside each other are one twice the other. */
  private readDoubles(): number[] {
    const found = [...this.byMeasure.values()].some((figures) =>
      figures.slice(1).some(({ low }, index) => {
        const before = figures[index]!.low;
        return low > SMALL_NUMBER && (near(low, 2 * before) || near(before, 2 * low));
      }),
    );
    return found ? [2] : [];
  }

  private hasRatio(low: number, high: number): boolean {
    const same = (a: number, b: number) => near(low * b, high * a);
    return this.of('ratio').some((ratio) => same(ratio.low, ratio.high) || same(ratio.high, ratio.low));
  }

  private supportsHalf({ mark }: Figure): boolean {
    if (this.halved) return true;
    const percents = [
      ...(this.byMeasure.get('percent') ?? []).flatMap(({ low, high }) => [low, high]),
      ...this.parts,
    ];
    const [from, to] = mark === 'over' ? [50, 60] : mark === 'under' ? [45, 50] : [47.5, 52.5];
    if (percents.some((percent) => percent >= from && percent <= to)) return true;
    if ((this.byMeasure.get('fraction') ?? []).some(({ low }) => near(low, 0.5))) return true;
    return [...this.byMeasure.values()].some((figures) =>
      figures.slice(1).some(({ low }, index) => {
        const other = figures[index]!.low;
        const part = Math.min(low, other) / Math.max(low, other);
        return Math.max(low, other) > SMALL_NUMBER && 100 * part >= from && 100 * part <= to;
      }),
    );
  }

  private isDerived(figure: Figure, value: number, sentence: string): boolean {
    const { measure } = figure;
    if (measure === 'days' || measure === 'multiple') return false;
    const isSmall =
      Number.isInteger(value / figure.factor) &&
      value / figure.factor < SMALL_NUMBER &&
      COUNTED.concat('people').includes(measure);
    const things = figure.counter === '계단' ? (this.byMeasure.get('rank') ?? []) : this.sameThings(figure);
    const own = things
      .filter(({ low, high }) => low === high)
      .slice(0, MAX_COMBINED)
      .flatMap(({ low, start, text }) =>
        this.original.text.startsWith('씩', start + text.length) ? [low, low] : [low],
      );
    const wanted = (known: number) => known > 0 && means(figure, value, known);
    if (SUM.test(sentence) && !isSmall && sumsOf(own).some(wanted)) return true;
    if (/절반|반으로|나머지/.test(sentence) && own.some((known) => wanted(known / 2))) return true;
    // Figures of four digits are not the difference of two others by chance.
    if (value / figure.place >= TELLING && differencesOf(own).some(wanted)) return true;
    if (
      !(isSmall && figure.counter !== '계단' && measure !== 'age' ? CLEAR_DIFFERENCE : DIFFERENCE).test(
        sentence,
      )
    )
      return false;
    if (measure === 'percent' && figure.place < 1 && this.before(own).some(wanted)) return true;
    const from = DIFFERENCE_OF[measure];
    const minuends =
      from && from !== measure
        ? this.of(from)
            .flatMap(({ low, high }) => (low === high ? [low] : [low, high]))
            .slice(0, MAX_COMBINED)
        : own;
    if (figure.counter === '계단')
      return minuends.slice(1).some((second, index) => wanted(Math.abs(second - minuends[index]!)));
    return differencesOf(minuends).some(wanted);
  }

  /** 37.6% after a rise by 3.5%포인트 was 34.1%. */
  private before(percents: readonly number[]): number[] {
    const steps = (this.byMeasure.get('points') ?? []).slice(0, MAX_COMBINED).map(({ low }) => low);
    return percents.flatMap((percent) => steps.flatMap((step) => [percent - step, percent + step]));
  }
}
