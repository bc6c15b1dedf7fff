import { DateSupport } from './date-support';
import type { Figure } from './figure';
import { readFigures } from './figures';
import type { OriginalText } from './original-text';
import type { Measure } from './figure-units';
import { DerivedFigures } from './derived-figures';
import { EPSILON, means, meansOtherwise, near, ROUNDING } from './figure-values';
import { ListedThings } from './listed-things';
import { isToldInWords } from './told-in-words';

/** More than an article has; what stands behind them supports nothing. */
const MAX_FIGURES = 1_000;
const SMALL_NUMBER = 10;
/** How far a share may be from the tenth that it is told as. */
const ROUNDED_TENTH = 0.035;
/** Those that are not spoken of in the original. */
const OTHERS = /않|못|아닌|없|나머지|반대|안 /;
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
/** How near a part stands to its whole. */
const BESIDE = 60;
/** Between ranks, and none of them. */
const STEPS = '계단';
const SMALL_COUNTS: readonly Measure[] = ['count', 'times', 'bare', 'rank'];
const NUMBER = /\d+(?:[,.]\d+)*/g;
/** What is counted, whatever is counted by. */
const COUNTED: readonly Measure[] = ['count', 'bare', 'times', 'rank', 'age'];

/** What an original supports: its own figures in any writing, marked roundings, sums, differences and halves of them. */
export class FigureSupport {
  private readonly byMeasure = new Map<Measure, Figure[]>();
  private readonly dates: DateSupport;
  private readonly derived: DerivedFigures;
  private readonly listed: ListedThings;
  private readonly tokens: ReadonlySet<string>;
  /** Numbers whose unit is not known: 4무, 7전. */
  private readonly unread: ReadonlySet<number>;
  private readonly halved: boolean;
  private readonly parts: number[];
  private readonly doubles: number[];

  constructor(
    private readonly original: OriginalText,
    publishedAt: Date | null,
  ) {
    const figures = readFigures(original.text)
      .slice(0, MAX_FIGURES)
      .flatMap((figure) => [figure, ...(figure.parts ?? [])]);
    for (const figure of figures) {
      const same = this.byMeasure.get(figure.measure);
      if (same) same.push(figure);
      else this.byMeasure.set(figure.measure, [figure]);
    }
    this.dates = new DateSupport(original, figures, publishedAt);
    this.derived = new DerivedFigures(original.text, figures);
    this.listed = new ListedThings(original.text, [...this.of('count'), ...this.of('people')]);
    const tokens = [...original.text.matchAll(NUMBER)].map((match) => ({
      start: match.index,
      value: match[0].replaceAll(',', ''),
    }));
    const read = new Set(figures.flatMap(({ start, text }) => [...text].map((_, index) => start + index)));
    this.tokens = new Set(tokens.map(({ value }) => value));
    this.unread = new Set(tokens.filter(({ start }) => !read.has(start)).map(({ value }) => Number(value)));
    this.parts = this.readParts();
    this.doubles = this.readDoubles();
    this.halved = original.says(/절반|반값|반토막|반으로/);
  }

  /** `sentence` is what stands around the figure: what it says the figure to be, a sum or a difference. */
  supports(figure: Figure, sentence: string): boolean {
    if (figure.date) return this.dates.supports(figure.date);
    const { measure, low, high } = figure;
    if (measure === 'ratio') return this.hasRatio(low, high);
    if (measure === 'share') return this.supportsShare(figure, sentence);
    if (measure === 'half') return this.supportsHalf(figure, sentence);
    if (low !== high) return this.supportsRange(figure, sentence);
    return this.supportsValue(figure, low, sentence);
  }

  /** 열 명 중 일곱 명 넘게 for 75.8%, 세 곳 중 한 곳 for 3분의 1; or both numbers as they are told. */
  private supportsShare({ parts, mark }: Figure, sentence: string): boolean {
    const [whole, part] = parts!;
    if (isOneOfThem(part, sentence) && this.supportsValue(whole, whole.low, sentence)) return true;
    const wanted = part.low / whole.low;
    const [from, to] =
      mark === 'over'
        ? [0, 1 / whole.low]
        : mark === 'under'
          ? [-1 / whole.low, 0]
          : mark === 'about'
            ? [-0.5 / whole.low, 0.5 / whole.low]
            : whole.low > 10 && whole.low % 10 !== 0
              ? [-0.5 / whole.low, 0.5 / whole.low]
              : whole.low === 10
                ? [-ROUNDED_TENTH, ROUNDED_TENTH]
                : [-ROUNDING * wanted, ROUNDING * wanted];
    const values = (name: Measure) => (this.byMeasure.get(name) ?? []).map(({ low }) => low);
    const known = [
      ...values('percent').map((percent) => percent / 100),
      ...values('fraction'),
      ...values('share'),
      ...(this.byMeasure.get('ratio') ?? []).map(
        ({ low, high }) => Math.min(low, high) / Math.max(low, high),
      ),
      ...(this.halved ? [0.5] : []),
      ...this.derived.shares(),
    ];
    const rest = OTHERS.test(sentence) ? known.map((share) => 1 - share) : [];
    if (
      [...known, ...rest].some((share) => share - wanted >= from - EPSILON && share - wanted <= to + EPSILON)
    )
      return true;
    const told = [whole, part].map((one) =>
      this.sameThings(one).filter(({ low }) => means(one, one.low, low)),
    );
    return told[0]!.some(({ start }) => told[1]!.some((other) => Math.abs(other.start - start) < BESIDE));
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
    if (this.otherWriting(figure, value).some((known) => meansOtherwise(figure, value, known))) return true;
    if (
      this.dates.supportsDuration(figure, value) ||
      this.isUnit(figure, value, sentence) ||
      isToldInWords(figure, this.original)
    )
      return true;
    return (
      this.isDecade(figure, value) ||
      this.listed.supports(figure, value, sentence) ||
      this.isArticleOrToken(figure) ||
      this.derived.supports(figure, value, this.comparable(figure), sentence)
    );
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
    const things = known.filter(
      (other) =>
        other.counter === counter ||
        ((!other.counter || !counter) && counter !== STEPS && other.counter !== STEPS),
    );
    return [...things, ...short, ...bare];
  }

  /** Those it may be computed from. */
  private comparable(figure: Figure): Figure[] {
    if (figure.counter === STEPS) return this.byMeasure.get('rank') ?? [];
    return this.sameThings(figure).filter(
      ({ measure }) => measure === figure.measure || !['rank', 'age', 'times'].includes(measure),
    );
  }

  /** 40대 for 43.2세. */
  private isDecade({ counter, place }: Figure, value: number): boolean {
    if (counter !== '대' || place !== 10 || value >= 100) return false;
    return (this.byMeasure.get('age') ?? []).some(({ low }) => low >= value && low < value + 10);
  }

  /** 6조 for 제6조, and 500 for S&P500. */
  private isArticleOrToken({ measure, low, place, text }: Figure): boolean {
    if (measure === 'article')
      return (this.byMeasure.get('bare') ?? []).some((other) => other.low === low * 1e12);
    if (SMALL_COUNTS.includes(measure) && Number.isInteger(low) && low < 100 && this.unread.has(low))
      return true;
    if (measure !== 'bare') return false;
    if (place === 1e12 && (this.byMeasure.get('article') ?? []).some((other) => other.low * 1e12 === low))
      return true;
    return this.tokens.has(text.replaceAll(',', ''));
  }

  /** One of what prices are told for: 1리터에, 1달러를, 한 시간. */
  private isUnit({ measure, factor, text, native }: Figure, value: number, sentence: string): boolean {
    if (value / factor !== 1) return false;
    if (measure === 'people' || measure === 'count') {
      const after = sentence.slice(sentence.indexOf(text) + text.length);
      const isTold = this.original.text.includes(`한 ${text.replace(/^1 ?/, '')}`);
      return native || isTold || /^(?:당|에|씩|마다|의? ?값|의? ?가격|을 |를 )/.test(after);
    }
    if (measure === 'minutes') return this.original.says(factor === 60 ? /시간당|시급|시간/ : /분당|분에/);
    return PRICED.includes(measure);
  }

  /** 2배 for 100%, 30% for 10명 중 3명, 3분의 1 for 33.3%, 시간 for 분. */
  private otherWriting({ measure, counter }: Figure, value: number): number[] {
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
        return [
          ...values('quarters').map((quarters) => 3 * quarters),
          ...values('days')
            .filter((days) => days >= 28)
            .map((days) => days / 30),
        ];
      case 'days':
        return [
          ...values('minutes').map((minutes) => minutes / 1_440),
          ...values('weeks').map((weeks) => 7 * weeks),
          ...values('months')
            .filter((months) => months <= 6)
            .map((months) => 30 * months),
        ];
      case 'weeks':
        return [...values('days').map((days) => days / 7), ...values('ratio')];
      case 'minutes':
        return [...values('days').map((days) => 1_440 * days)];
      case 'points':
        return value < 1 ? [] : values('bare');
      case 'people':
        return [...values('bare'), ...values('ratio'), ...this.seats()];
      case 'count':
        return [
          ...(counter === '석' ? values('people') : []),
          ...values('ratio'),
          ...(this.byMeasure.get('ratio') ?? []).map(({ low, high }) => Math.abs(high - low)),
        ];
      default:
        return [];
    }
  }

  /** 189석 for 189명. */
  private seats(): number[] {
    return (this.byMeasure.get('count') ?? [])
      .filter(({ counter }) => counter === '석')
      .map(({ low }) => low);
  }

  /** 12명 중 10명, in percent. */
  private readParts(): number[] {
    return (this.byMeasure.get('share') ?? []).map(({ low }) => 100 * low);
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

  private supportsHalf({ mark }: Figure, sentence: string): boolean {
    if (this.halved) return true;
    const percents = [
      ...(this.byMeasure.get('percent') ?? []).flatMap(({ low, high }) => [low, high]),
      ...this.parts,
    ];
    const [from, to] = mark === 'over' ? [50, 60] : mark === 'under' ? [45, 50] : [47.5, 52.5];
    if (percents.some((percent) => percent >= from && percent <= to)) return true;
    if ((this.byMeasure.get('fraction') ?? []).some(({ low }) => near(low, 0.5))) return true;
    const isPair = [...this.byMeasure.values()].some((figures) =>
      figures.slice(1).some(({ low }, index) => {
        const other = figures[index]!.low;
        const part = Math.min(low, other) / Math.max(low, other);
        return Math.max(low, other) > SMALL_NUMBER && 100 * part >= from && 100 * part <= to;
      }),
    );
    return isPair || this.isHalfTold(sentence);
  }

  /** 기본 3.5%, 최고 7%; 두 척에 2억4천만 of which the rewrite tells 절반인 1억2천만. */
  private isHalfTold(sentence: string): boolean {
    const halves = (['percent', 'points', 'won', 'dollars', 'people'] as const).flatMap((measure) => {
      const known = this.of(measure).map(({ low }) => low);
      const wanted = readFigures(sentence).filter((figure) => figure.measure === measure);
      return wanted.map(({ low }) => known.some((one) => near(one, 2 * low)));
    });
    return halves.includes(true);
  }
}

/** 네 회사 가운데 하나예요: no share. */
function isOneOfThem({ text, low }: Figure, sentence: string): boolean {
  const at = sentence.lastIndexOf(text);
  return low === 1 && at >= 0 && /^하나(?:예요|이에요|이다|다|죠|이고|인|로|라)/.test(sentence.slice(at));
}
