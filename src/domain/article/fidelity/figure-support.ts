import type { DateWords } from '../../korean/date-words';
import { DateSupport } from './date-support';
import { DurationSupport } from './duration-support';
import type { Figure } from './figure';
import { readFigures } from './figures';
import type { Measure } from './figure-units';
import { DerivedFigures } from './derived-figures';
import { means, meansOtherwise, near } from './figure-values';
import { ListedThings } from './listed-things';
import { MeasuredFigures } from './measured-figures';
import type { OriginalText } from './original-text';
import { OtherUnits } from './other-units';
import { isRankInList } from './ranks-at-hand';
import { ShareSupport } from './share-support';
import { ToldDates } from './told-dates';
import { isPercentOfPrice, isToldInWords } from './told-in-words';

/** More than an article has; what stands behind them supports nothing. */
const MAX_FIGURES = 1_000;
const MONEY: readonly Measure[] = ['dollars', 'euros', 'yen', 'yuan', 'pounds', 'other money'];
const PRICED: readonly Measure[] = ['grams', 'litres', 'metres', 'area', 'watt-hours', ...MONEY];
/** How near a part stands to its whole. */
const BESIDE = 60;
/** From this many on the same number counts the same. */
const MANY = 100;
/** Between ranks, and none of them. */
const STEPS = '계단';
const SMALL_COUNTS: readonly Measure[] = ['count', 'times', 'bare', 'rank'];
const NUMBER = /\d+(?:[,.]\d+)*/g;
/** What is counted, whatever is counted by; an age is told by ages, and 5위 by no 5곳. */
const COUNTED: readonly Measure[] = ['count', 'bare', 'times', 'rank'];
const INDICES = /지수|코스피|코스닥|나스닥|다우|증시/;
const PLACED = /(?:위|등|순위)$/;

/** What an original supports: its own figures in any writing, marked roundings, sums, differences and halves of them. */
export class FigureSupport {
  private readonly figures: MeasuredFigures;
  private readonly dates: DateSupport;
  private readonly durations: DurationSupport;
  private readonly derived: DerivedFigures;
  private readonly listed: ListedThings;
  private readonly tokens: ReadonlySet<string>;
  /** Numbers whose unit is not known: 4무, 7전. */
  private readonly unread: ReadonlySet<number>;
  private readonly otherUnits: OtherUnits;
  private readonly shares: ShareSupport;

  constructor(
    private readonly original: OriginalText,
    publishedAt: Date | null,
  ) {
    const figures = readFigures(original.text, MAX_FIGURES).flatMap((figure) => [
      figure,
      ...(figure.parts ?? []),
    ]);
    this.figures = new MeasuredFigures(figures);
    const told = new ToldDates(original, figures, publishedAt);
    this.dates = new DateSupport(original, told);
    this.durations = new DurationSupport(original, told);
    this.derived = new DerivedFigures(original.text, figures);
    this.listed = new ListedThings(original.text, [...this.of('count'), ...this.of('people')]);
    const tokens = [...original.text.matchAll(NUMBER)].map((match) => ({
      start: match.index,
      value: match[0].replaceAll(',', ''),
    }));
    const read = new Set(figures.flatMap(({ start, text }) => [...text].map((_, index) => start + index)));
    this.tokens = new Set(tokens.map(({ value }) => value));
    this.unread = new Set(tokens.filter(({ start }) => !read.has(start)).map(({ value }) => Number(value)));
    const halved = original.says(/절반|반값|반토막|반으로/);
    this.otherUnits = new OtherUnits(this.figures, original.says(INDICES));
    this.shares = new ShareSupport(this.figures, halved, this.derived.shares());
  }

  /** `sentence` is what stands around the figure: what it says the figure to be, a sum or a difference. */
  supports(figure: Figure, sentence: string, context = sentence): boolean {
    if (figure.date)
      return (
        this.dates.supports(figure.date, behind(figure, sentence)) || this.isToCome(figure.date, sentence)
      );
    const { measure, low, high } = figure;
    if (measure === 'ratio') return this.hasRatio(low, high);
    if (measure === 'share') return this.supportsShare(figure, sentence, context);
    if (measure === 'half')
      return this.shares.supportsHalf(figure, sentence, this.derived.sharesAtHand(sentence));
    if (low !== high) return this.supportsRange(figure, sentence);
    return this.supportsValue(figure, low, sentence, context);
  }

  /** 하반기에 더 드러날 수 있어요 tells of nothing that was. */
  private isToCome({ year, months, days, relativeYear }: DateWords, sentence: string): boolean {
    const isHalf = months !== undefined && months[1] - months[0] === 5;
    const isBare = year === undefined && relativeYear === undefined && days === undefined;
    return isHalf && isBare && /수 있/.test(sentence) && !this.original.says(/[상하]반기/);
  }

  /** As a share, or by both its numbers as they are told. */
  private supportsShare(figure: Figure, sentence: string, context: string): boolean {
    const [whole, part] = figure.parts!;
    if (!this.shares.restates(figure, sentence, context)) return false;
    const isListed =
      isOneOfThem(part, sentence) ||
      this.shares.isSupposedHalf(figure, sentence) ||
      this.isListedPart(part, sentence);
    if (isListed && this.supportsValue(whole, whole.low, sentence)) return true;
    if (
      this.shares.supportsShare(
        figure,
        sentence,
        this.derived.sharesAtHand(sentence.replace(figure.text, '')),
      )
    )
      return true;
    const [wholes, parts] = [whole, part].map((one) =>
      this.sameThings(one).filter(({ low }) => means(one, one.low, low)),
    );
    return wholes!.some(({ start }) => parts!.some((other) => Math.abs(other.start - start) < BESIDE));
  }

  private supportsRange(figure: Figure, sentence: string): boolean {
    const { low, high, measure } = figure;
    if (this.of(measure).some((own) => near(own.low, low) && near(own.high, high))) return true;
    if (this.dates.supportsDays(low, high)) return true;
    return [low, high].every((value) =>
      this.supportsValue({ ...figure, low: value, high: value, mark: null }, value, sentence),
    );
  }

  private supportsValue(figure: Figure, value: number, sentence: string, context = sentence): boolean {
    const own = this.sameThings(figure).flatMap(({ low, high }) => (low === high ? [low] : [low, high]));
    if (own.some((known) => means(figure, value, known))) return true;
    if (this.otherUnits.valuesFor(figure, value).some((known) => meansOtherwise(figure, value, known)))
      return true;
    const isPlaced = isRankInList(figure, sentence, this.figures);
    if (isPlaced) return true;
    if (
      this.durations.supports(figure, value, behind(figure, sentence)) ||
      this.isUnit(figure, value, sentence) ||
      (isPlaced === undefined && isToldInWords(figure, this.original)) ||
      this.listed.supportsRest(figure, value, context) ||
      this.isCountOfAdded(figure, value, sentence) ||
      isPercentOfPrice(figure, sentence, [
        ...this.figures.values('percent'),
        ...this.derived.shares().map((share) => 100 * share),
      ])
    )
      return true;
    return (
      this.isDecade(figure, value) ||
      this.listed.supports(figure, value, sentence) ||
      this.isArticleOrToken(figure) ||
      this.derived.supports(figure, value, this.comparable(figure), { sentence, context })
    );
  }

  /** The figures of a measure and of those that mean the same. */
  private of(measure: Measure): Figure[] {
    if (measure === 'age') return [...this.figures.of('age', 'bare'), ...this.decades()];
    return this.figures.of(...(COUNTED.includes(measure) ? COUNTED : [measure]));
  }

  /** Those that count what the figure counts, as far as their counters tell. */
  private sameThings({ measure, counter, place, factor, text, native, low }: Figure): Figure[] {
    const known = PLACED.test(text) ? this.figures.of('rank', 'bare') : this.of(measure);
    // 셋이 반대해요, 예순다섯을 넘겼어요.
    if (measure === 'bare' && native) known.push(...this.figures.of('people', 'age'));
    // 5조 and 4600억 leave their unit to the reader.
    const short = measure === 'bare' && place >= 1e4 ? this.figures.of('won', 'dollars', 'people') : [];
    const bare = factor === 1 ? this.figures.of('bare').filter((other) => other.place >= 1e4) : [];
    const things = known.filter(
      (other) =>
        other.counter === counter ||
        ((!other.counter || !counter) && counter !== STEPS && other.counter !== STEPS),
    );
    return [...things, ...short, ...bare, ...this.asMany(measure, counter, low)];
  }

  /** 일자리 1,200개 for 1,200명, 법인 133만 곳 for 133만 명. */
  private asMany(measure: Measure, counter: string | undefined, value: number): Figure[] {
    if (value < MANY || counter !== undefined) return [];
    const others =
      measure === 'people' ? this.figures.of('count') : measure === 'count' ? this.figures.of('people') : [];
    return others.filter((other) => !other.counter && near(other.low, value));
  }

  /** Those it may be computed from. */
  private comparable(figure: Figure): Figure[] {
    if (figure.counter === STEPS) return this.figures.of('rank');
    return this.sameThings(figure).filter(
      ({ measure, counter }) =>
        (measure === figure.measure || !['rank', 'age', 'times'].includes(measure)) &&
        (counter === figure.counter || measure === 'bare' || figure.measure === 'bare'),
    );
  }

  /** 아홉 곳 가운데 세 곳 where three are named. */
  private isListedPart(part: Figure, sentence: string): boolean {
    return part.measure === 'count' && part.low > 2 && this.listed.supports(part, part.low, sentence);
  }

  /** 2월의 18분까지 더하면 두 번에 걸쳐: what the sentence itself adds up. */
  private isCountOfAdded({ measure, native, text }: Figure, value: number, sentence: string): boolean {
    if (!native || value !== 2 || !['times', 'count', 'people'].includes(measure)) return false;
    const before = sentence.slice(0, sentence.lastIndexOf(text));
    const isTold = this.of(measure).some(
      (other) => other.measure === measure && other.low > 1 && other.low < 10,
    );
    return !isTold && /(?:까지|[와과]|도)[^.!?]{0,8} (?:더[하해한]|합[치쳐하해]|보태)[가-힣]* $/.test(before);
  }

  /** The 30 of 30대. */
  private decades(): Figure[] {
    return this.figures.of('count').filter(({ counter, place }) => counter === '대' && place === 10);
  }

  /** 40대 for 43.2세 and for 박모(43)씨. */
  private isDecade({ counter, place }: Figure, value: number): boolean {
    if (counter !== '대' || place !== 10 || value >= 100) return false;
    const inBrackets = this.figures
      .of('bare')
      .filter(({ start }) => /[가-힣]\($/.test(this.original.text.slice(Math.max(0, start - 2), start)));
    return [...this.figures.of('age'), ...inBrackets].some(({ low }) => low >= value && low < value + 10);
  }

  /** 6조 for 제6조, and 500 for S&P500. */
  private isArticleOrToken({ measure, low, place, text }: Figure): boolean {
    if (measure === 'article') return this.figures.of('bare').some((other) => other.low === low * 1e12);
    if (SMALL_COUNTS.includes(measure) && Number.isInteger(low) && low < 100 && this.unread.has(low))
      return true;
    if (measure !== 'bare') return false;
    if (place === 1e12 && this.figures.of('article').some((other) => other.low * 1e12 === low)) return true;
    return this.tokens.has(text.replaceAll(',', ''));
  }

  /** One of what prices are told for: 1리터에, 1달러를, 한 시간. */
  private isUnit(figure: Figure, value: number, sentence: string): boolean {
    const { measure, factor, text, native } = figure;
    if (value / factor !== 1) return false;
    if (measure === 'people' || measure === 'count') {
      const after = behind(figure, sentence);
      const isTold = this.original.text.includes(`한 ${text.replace(/^1 ?/, '')}`);
      return native || isTold || /^(?:당|에|씩|마다|의? ?값|의? ?가격|을 |를 )/.test(after);
    }
    if (measure === 'minutes') return this.original.says(factor === 60 ? /시간당|시급|시간/ : /분당|분에/);
    if (!PRICED.includes(measure)) return false;
    const after = behind(figure, sentence);
    return MONEY.includes(measure)
      ? !/^ ?(?:까지|만|도|씩|이상|넘)/.test(after)
      : /^(?:당|에(?!서)|씩|마다|의|짜리| (?:평균 ?)?(?:소매|도매|판매)? ?(?:가격|값))/.test(after) ||
          this.of(measure).length === 0 ||
          this.original.text.includes(`${text.replace(/^[1한] ?/, '')}당`);
  }

  private hasRatio(low: number, high: number): boolean {
    const same = (a: number, b: number) => near(low * b, high * a);
    return this.of('ratio').some((ratio) => same(ratio.low, ratio.high) || same(ratio.high, ratio.low));
  }
}

/** 네 회사 가운데 하나예요: no share. */
function isOneOfThem({ text, low }: Figure, sentence: string): boolean {
  const at = sentence.lastIndexOf(text);
  return low === 1 && at >= 0 && /^하나(?:예요|이에요|이다|다|죠|이고|인|로|라)/.test(sentence.slice(at));
}

function behind({ text }: Figure, sentence: string): string {
  return sentence.slice(sentence.indexOf(text) + text.length);
}
