import { labelOf } from './chart/chart-labels';
import type { ChartPoint } from './chart/chart-points';
import { checkChoice } from './chart/check-choice';
import { measureName } from './chart/chart-text';
import type { ChartChoice, ChartFilter } from './chart-choice';
import type { DataColumn, DataTable } from './data-table';
import {
  dateWords, decimalsOf, differenceWords, figureWords, numberWords, object, roughly, round, subject, unitOf, type Unit,
} from './figure-words'; // prettier-ignore

/** A chart that was built, and what it was built of. */
export interface DrawnChart {
  dataset: { name: string };
  table: DataTable;
  choice: ChartChoice;
  points: readonly ChartPoint[];
}

/** 많은 수, 수가 많아요. */
interface Comparative {
  of: string;
  is: string;
  /** Of what is counted, too: 가장 큰 값. */
  value: string;
}

/** Of a mean: more would only look exact. */
const MAX_COMPUTED_DECIMALS = 2;
const MAX_TOLD_DECIMALS = 4;
const MAX_NAME = 30;
/** Names of amounts, whose units tell nothing of it: 사업체수, 거래액. Not 지수, 점수, 계수: those are high. */
const AMOUNT = /(?:[^지점계배차도]수|액|량|인구|인원|매출|수출|수입|예산|생산|판매|대출)$/;
const bare = (name: string) => name.replace(/\s*[([（［].*$/, '');

/** How one chart is spoken of: its names, its figures with their units, its words for more and less. */
export class ChartWords {
  readonly choice: ChartChoice;
  readonly points: readonly ChartPoint[];
  readonly unit: Unit;
  /** What the values are: 기준금리, 소득 평균. */
  readonly measure: string;
  readonly x: DataColumn;
  readonly xName: string;
  /** Null where there is one line, too. */
  readonly series: string | null;
  /** Rows that are chosen and have no value. */
  readonly missing: number;
  /** Whether there is much of it, rather than that it is high. */
  private readonly isCounted: boolean;
  readonly more: Comparative;
  readonly less: Comparative;
  private readonly decimals: number;
  private readonly source: string;

  constructor({ dataset, table, choice, points }: DrawnChart) {
    const fields = checkChoice(table, choice);
    this.choice = choice;
    this.points = points;
    this.source = labelOf(dataset.name);
    this.x = fields.x;
    this.xName = labelOf(fields.x.name, MAX_NAME);
    this.measure = labelOf(measureName(fields, choice), MAX_NAME);
    const isParted = new Set(points.map(({ series }) => series)).size > 1;
    this.series = isParted && fields.series ? labelOf(fields.series.name, MAX_NAME) : null;
    this.unit = unitOf(choice.aggregate === 'count' ? '개' : fields.y.unit);
    this.isCounted =
      this.unit.kind === 'counted' || (this.unit.kind === 'other' && AMOUNT.test(bare(fields.y.name)));
    this.more = this.isCounted
      ? { of: '많은', is: '많아요', value: '큰' }
      : { of: '높은', is: '높아요', value: '높은' };
    this.less = this.isCounted
      ? { of: '적은', is: '적어요', value: '작은' }
      : { of: '낮은', is: '낮아요', value: '낮은' };
    const isTold = choice.aggregate === 'none';
    const most = isTold ? MAX_TOLD_DECIMALS : MAX_COMPUTED_DECIMALS;
    this.decimals = Math.min(decimalsOf(points.map(({ y }) => y)), most);
    const chosen = table.rows.filter((row) => fields.filters.every((passes) => passes(row)));
    this.missing =
      choice.aggregate === 'count'
        ? 0
        : chosen.filter((row) => (row[fields.y.index] ?? null) === null).length;
  }

  /** A value as it is, or nearly. */
  value(y: number): string {
    return roughly(y, this.decimals, (shown) => figureWords(shown, this.unit, this.decimals));
  }

  /** Of two values. */
  difference(of: number, and: number): string {
    return roughly(Math.abs(of - and), this.decimals, (shown) =>
      differenceWords(shown, this.unit, this.decimals),
    );
  }

  /** Whether two values look the same in words. */
  areAlike(a: number, b: number): boolean {
    return round(a - b, this.decimals) === 0;
  }

  average(values: readonly number[]): { value: number; text: string } {
    const value = values.reduce((sum, each) => sum + each, 0) / values.length;
    const decimals = this.decimalsNear(value);
    return { value, text: roughly(value, decimals, (shown) => figureWords(shown, this.unit, decimals)) };
  }

  /** Of an average and of what is compared with it: never fewer than the values have. */
  private decimalsNear(average: number): number {
    if (this.decimals === 0 && Math.abs(average) >= 100) return 0;
    return Math.max(this.decimals, Math.min(this.decimals + 1, MAX_COMPUTED_DECIMALS));
  }

  /** How far a value is from an average: 약 0.07%p; null when that is next to nothing. */
  distance(value: number, average: number): string | null {
    const decimals = this.decimalsNear(average);
    if (round(value - average, decimals) === 0) return null;
    return roughly(Math.abs(value - average), decimals, (shown) =>
      differenceWords(shown, this.unit, decimals),
    );
  }

  /** Where a point stands on the x axis: 2024년 3월, 서울, 나이 20. */
  place(x: number | string): string {
    if (this.x.kind === 'date') return spanWords(String(x), this.x.unit);
    if (typeof x === 'string') return labelOf(x, MAX_NAME);
    return `‘${this.xName} ${figureWords(x, unitOf(this.x.unit), MAX_TOLD_DECIMALS)}’`;
  }

  /** With its series, when it has one. */
  whereabouts({ x, series }: ChartPoint): string {
    return series === null ? this.place(x) : `${this.place(x)} ${labelOf(series, MAX_NAME)}`;
  }

  /** What the headline is about: 서울 인구. */
  get theme(): string {
    const values = this.choice.filters
      .filter(({ comparison, value }) => comparison === 'equals' && typeof value === 'string')
      .map(({ value }) =>
        /^\d{4}(?:-\d\d){0,2}$/.test(String(value)) ? dateWords(String(value)) : labelOf(String(value), 20),
      );
    const by = this.choice.aggregate === 'count' ? [`${this.xName}별`] : [];
    return [...values, ...by, this.measure].join(' ');
  }

  /** The first sentence: where the figures are from, and which of them are shown. */
  introduction(shown: string, how = ''): string {
    const isPeriod = ({ field }: ChartFilter) => this.x.kind === 'date' && field === this.x.name;
    const chosen = this.choice.filters
      .filter((filter) => !isPeriod(filter))
      .map(filterWords)
      .join(', ');
    const scope = chosen === '' ? '자료로' : `자료에서 ${chosen} 것만 골라`;
    return `이 그래프는 ‘${this.source}’ ${scope} ${object(shown)} ${how}보여 줘요.`;
  }

  /** 값이 빠진 자료 2개를 뺀 평균 */
  get averageName(): string {
    return this.missing > 0 ? `값이 빠진 자료 ${numberWords(this.missing, 0)}개를 뺀 평균` : '평균';
  }

  /** The same before a name that says of what: 값이 빠진 자료 2개를 빼면 그래프에 나온 3개의 평균 */
  averageOf(what: string): string {
    const without = this.missing > 0 ? `값이 빠진 자료 ${numberWords(this.missing, 0)}개를 빼면 ` : '';
    return `${without}${what}의 평균`;
  }

  /** 올랐어요, 줄었어요. */
  changed(isRise: boolean): string {
    if (this.isCounted) return isRise ? '늘었어요' : '줄었어요';
    return isRise ? '올랐어요' : '내렸어요';
  }

  /** 2%p, 290.1원(약 26.6%): from one value to another. */
  change(from: number, to: number): string {
    const difference = this.difference(to, from);
    const isShare = this.unit.kind !== 'percent' && from > 0 && to >= 0;
    const share = isShare ? percentWords((Math.abs(to - from) / from) * 100) : null;
    return share === null ? difference : `${difference}(${share})`;
  }
}

/** A percentage with a decimal; null when it is next to nothing. */
export function percentWords(percent: number): string | null {
  if (round(percent, 1) === 0) return null;
  return roughly(percent, 1, (shown) => `${numberWords(shown, 1)}%`);
}

/** 2024-04 is 2024년 2분기 where dates are quarters. */
function spanWords(date: string, span: string | null): string {
  const [year, month] = date.split('-').map(Number);
  if (span === '분기' && month) return `${year}년 ${Math.ceil(month / 3)}분기`;
  if (span === '반기' && month) return `${year}년 ${month < 7 ? '상반기' : '하반기'}`;
  return dateWords(date);
}

function filterWords({ field, comparison, value }: ChartFilter): string {
  const isDate = typeof value === 'string' && /^\d{4}(?:-\d\d){0,2}$/.test(value);
  const text =
    typeof value === 'number' ? numberWords(value, 6) : isDate ? dateWords(value) : labelOf(value, MAX_NAME);
  const name = subject(labelOf(field, MAX_NAME));
  switch (comparison) {
    case 'equals':
      return `${name} ${text}인`;
    case 'differs':
      return `${name} ${subject(text)} 아닌`;
    case 'atLeast':
      return isDate ? `${name} ${text}부터인` : `${name} ${text} 이상인`;
    case 'atMost':
      return isDate ? `${name} ${text}까지인` : `${name} ${text} 이하인`;
  }
}
