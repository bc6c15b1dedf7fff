import { groupBy } from '../../shared/group-by';
import type { ChartPoint } from '../chart/chart-points';
import type { ChartWords } from '../chart-words';
import { endsWithValues, isPlain, isPlainTitle, presentsChart } from './beyond-chart';
import { least, most, type Fact } from './chart-facts';
import { meanOf } from './told-changes';
import type { ToldSentence } from './told-sentence';

export const RISE = /올랐|오른|올라|오르(?!내)|상승|증가|늘었|늘어|커졌|높아졌|많아졌|뛰었|뛰어|급등/;
export const FALL = /내렸|내린|내려|떨어|하락|감소|줄었|줄어|낮아졌|적어졌|작아졌|급락/;
const HIGHEST = /(?:가장|제일) (?:높|많(?!이)|큰|컸|크(?!게)|비싼|비쌌)|최고|최대|최다|정점|으뜸|선두/;
const LOWEST = /(?:가장|제일) (?:낮|적(?!게)|작|싼|쌌)|최저|최소|최하위|바닥|꼴찌/;
/** Not 같은 기간. */
const SAME = /같(?:아|았|고|은(?! ?(?:기간|해|달|날|때|시기)))|똑같|동일|그대로|바뀐 적이 없/;
const ON_DATE = /[년월일]에(?:[는도]|[^가-힣]|$)/;
const COMPARED = /(?<!이)보다/;

/** Compares what sentences say in words with the points of a chart: which way, which is the most, what is more than what. */
export class WordClaims {
  /** `ordered` are the points along a date or a number; none along categories. */
  constructor(
    private readonly words: ChartWords,
    private readonly ordered: readonly ChartPoint[],
  ) {}

  /** What a sentence says in words and the chart does not: a rise, a fall, the most, the least, more than another. */
  wrongIn(told: ToldSentence, found: readonly Fact[], changes: readonly Fact[]): string | null {
    const [high, low] = [HIGHEST.exec(told.text)?.[0], LOWEST.exec(told.text)?.[0]];
    if (high && !this.isExtreme(told, found, 'most')) return high;
    if (low && !this.isExtreme(told, found, 'least')) return low;
    const [rise, fall] = [RISE.exec(told.text)?.[0], FALL.exec(told.text)?.[0]];
    if ((rise === undefined) !== (fall === undefined) && !this.moves(told, [found, changes], rise ? 1 : -1))
      return (rise ?? fall)!;
    if (COMPARED.test(told.text) && !rise && !fall && !this.comparesTruly(told)) return '보다';
    const same = SAME.exec(told.text)?.[0];
    return same !== undefined && !this.areSame(told) ? same : null;
  }

  /** What a sentence says that is neither a figure of the chart nor a claim that was looked at. */
  strangeIn(told: ToldSentence, found: readonly Fact[], isTitle: boolean): string | null {
    const { text, mentions } = told;
    if (isPlain(text)) return null;
    const isOfChart =
      mentions.length > 0 || found.length > 0 || text.includes('○') || text.includes(this.words.measure);
    if (isTitle) return isOfChart || isPlainTitle(text) ? null : text;
    const isLookedAt =
      found.length > 0 || [HIGHEST, LOWEST, RISE, FALL, COMPARED, SAME].some((claim) => claim.test(text));
    if ((isLookedAt || presentsChart(text)) && isOfChart && endsWithValues(text)) return null;
    return text.split(' ').at(-1)!;
  }

  /** 서울과 부산이 같아요: all that is named, or all there is, has one value. */
  private areSame({ places, series }: ToldSentence): boolean {
    const named = this.words.points.filter(
      (point) =>
        (places.length === 0 || places.includes(point.x)) &&
        (series.length === 0 || series.includes(point.series ?? '')),
    );
    return named.length > 1 && named.every(({ y }) => this.words.areAlike(y, named[0]!.y));
  }

  private isExtreme(told: ToldSentence, found: readonly Fact[], which: 'most' | 'least'): boolean {
    const pick = which === 'most' ? most : least;
    const all = this.comparedIn(told);
    const inSeries = (point: ChartPoint) =>
      told.series.length === 0 || told.series.includes(point.series ?? '');
    const inPlaces = (point: ChartPoint) => told.places.length === 0 || told.places.includes(point.x);
    const values = found.filter(({ kind }) => kind === 'value').map(({ value }) => value);
    const isIn = ({ y }: ChartPoint) =>
      values.length === 0
        ? told.series.length + told.places.length > 0
        : values.some((value) => this.words.areAlike(value, y));
    const shown = all.filter((point) => inSeries(point) && inPlaces(point) && isIn(point));
    // Of a year its highest month is told by its value; of a date the highest series by its name.
    const scopes = [
      all,
      ...(values.length > 0 || told.places.length > 0 ? [all.filter(inSeries)] : []),
      ...(values.length > 0 || told.series.length > 0 ? [all.filter(inPlaces)] : []),
    ].filter(({ length }) => length > 1);
    return scopes.some((points) => shown.some(({ y }) => this.words.areAlike(y, pick(points).y)));
  }

  /** What a sentence compares: values, their totals, or the averages of series. */
  private comparedIn({ text }: ToldSentence): readonly ChartPoint[] {
    const { points, series } = this.words;
    if (series === null) return points;
    const kind = /더한|더하|합/.test(text) ? 'x' : /평균/.test(text) ? 'series' : null;
    if (kind === null) return points;
    return [...groupBy(points, (point) => JSON.stringify(point[kind])).values()].map((own) => {
      const sum = own.reduce((total, { y }) => total + y, 0);
      return { ...own[0]!, y: kind === 'x' ? sum : sum / own.length };
    });
  }

  private moves(
    { text, places, series }: ToldSentence,
    [found, changes]: [found: readonly Fact[], changes: readonly Fact[]],
    direction: 1 | -1,
  ): boolean {
    if (this.ordered.length < 2) return false;
    const told = found.filter((fact) => fact.direction !== undefined);
    if (told.length > 0) return told.some((fact) => fact.direction === direction);
    if (places.length === 1 && ON_DATE.test(text)) return this.movesInto(places[0]!, series, direction);
    const facts = changes.filter(({ kind, value }) => kind === 'difference' && value > 0);
    const holds = (fact: Fact) => fact.direction === direction;
    return facts.length > 0 && (/모두|모든|전부/.test(text) ? facts.every(holds) : facts.some(holds));
  }

  /** 2024년 3월에 내렸어요: from the date before to that one. */
  private movesInto(place: ChartPoint['x'], series: readonly string[], direction: 1 | -1): boolean {
    return [...groupBy(this.ordered, (point) => point.series ?? '')].some(([name, points]) => {
      const at = points.findIndex(({ x }) => x === place);
      const isNamed = series.length === 0 || series.includes(name);
      return isNamed && at > 0 && Math.sign(points[at]!.y - points[at - 1]!.y) === direction;
    });
  }

  /** 서울이 부산보다 많아요, 평균보다 높아요. */
  private comparesTruly({ text, places, series, yardsticks }: ToldSentence): boolean {
    const isMore = /보다.*(?:높|많|크|큰|컸)/.test(text);
    const isLess = /보다.*(?:낮|적|작)/.test(text);
    if (isMore === isLess) return false;
    const { points } = this.words;
    const isOf = (point: ChartPoint, named: ToldSentence['yardsticks']) =>
      (named.places.length === 0 || named.places.includes(point.x)) &&
      (named.series.length === 0 || named.series.includes(point.series ?? ''));
    const without = <T>(all: readonly T[], some: readonly T[]) => all.filter((one) => !some.includes(one));
    const others = { places: without(places, yardsticks.places), series: without(series, yardsticks.series) };
    const isNamed = others.places.length + others.series.length > 0;
    const told = isNamed ? points.filter((point) => isOf(point, others)) : this.ordered.slice(-1);
    const isMean = /평균보다/.test(text);
    if (!isMean && yardsticks.places.length + yardsticks.series.length === 0) return false;
    const measured = isMean
      ? [meanOf(points)]
      : points.filter((point) => isOf(point, yardsticks)).map(({ y }) => y);
    return (
      told.length > 0 &&
      measured.length > 0 &&
      told.every(({ y }) => measured.every((other) => (isMore ? y > other : y < other)))
    );
  }
}
