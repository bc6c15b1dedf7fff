import type { ChartPoint } from '../chart/chart-points';
import type { ChartWords } from '../chart-words';
import { correlationOf } from '../correlation';

const SHARE = /몫|비중|차지|전체|점유|구성|절반/;

type Place = ChartPoint['x'];

/** What can be said of a chart in a figure, and of what. */
export interface Fact {
  value: number;
  /** In what it is told: as the values are, as a difference of them, as a percentage, in times, as a number of things, of the x axis, or in months. */
  kind: 'value' | 'difference' | 'percent' | 'ratio' | 'count' | 'place' | 'correlation' | 'span';
  /** The places of the x axis that it is told of; none when of all. */
  places: readonly Place[];
  /** The series that it is told of; null when of all. */
  series: string | null;
  /** What a sentence has to say for it to be told. */
  needs?: RegExp;
  /** Of a change: 1 for a rise. */
  direction?: 1 | -1;
}

/** Every figure of a chart: its values, and what can be computed of them that a reader can see. */
export function factsOf({ points, missing }: ChartWords): Fact[] {
  const places = [...new Set(points.map(({ x }) => x))];
  const seriesNames = [...new Set(points.map(({ series }) => series))];
  const counts = [points.length, places.length, seriesNames.length, missing];
  const total = sum(points);
  const isShared = points.every(({ y }) => y >= 0) && total > 0;
  return [
    ...points.map(({ x, y, series }): Fact => ({ value: y, kind: 'value', places: [x], series })),
    ...(isShared
      ? points.map(({ x, y, series }): Fact => ({
          value: (y / total) * 100,
          needs: SHARE,
          kind: 'percent',
          places: [x],
          series,
        }))
      : []),
    ...aggregatesOf(points, null),
    ...(seriesNames.length > 1
      ? seriesNames.flatMap((series) =>
          aggregatesOf(
            points.filter((point) => point.series === series),
            series,
          ),
        )
      : []),
    ...(seriesNames.length > 1 ? totalsOf(points, places, isShared ? total : null, seriesNames) : []),
    ...tiesOf(points),
    ...alongX(points),
    ...counts.map((value): Fact => ({ value, kind: 'count', places: [], series: null })),
  ];
}

/** How the value of one place differs from that of another, each of the same series or of none. */
export function comparisonsOf(a: ChartPoint, b: ChartPoint): Fact[] {
  const places = [a.x, b.x];
  const series = a.series === b.series ? a.series : null;
  const direction = b.y > a.y ? 1 : -1;
  const facts: Fact[] = [{ value: Math.abs(b.y - a.y), kind: 'difference', places, series, direction }];
  if (a.y > 0)
    facts.push({ value: (Math.abs(b.y - a.y) / a.y) * 100, kind: 'percent', places, series, direction });
  if (a.y > 0 && b.y > 0)
    facts.push({ value: Math.max(a.y, b.y) / Math.min(a.y, b.y), kind: 'ratio', places, series, direction });
  return facts;
}

function aggregatesOf(points: readonly ChartPoint[], series: string | null): Fact[] {
  const sorted = points.map(({ y }) => y).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  const mean = sum(points) / points.length;
  const values: [number, RegExp][] = [
    [mean, /평균/],
    [median, /중앙값|중간|중위/],
    [sum(points), /합|모두|전체|더하|더한|총/],
  ];
  const above = [points.filter(({ y }) => y > mean).length, points.filter(({ y }) => y < mean).length];
  return [
    ...values.map(([value, needs]): Fact => ({ value, kind: 'value', places: [], series, needs })),
    ...above.map((value): Fact => ({ value, kind: 'count', places: [], series })),
    ...comparisonsOf(least(points), most(points)).map(({ value, kind }): Fact => ({
      value,
      kind,
      places: [],
      series,
    })),
  ];
}

/** Of stacks and lines: what each place and each series comes to. */
function totalsOf(
  points: readonly ChartPoint[],
  places: readonly Place[],
  whole: number | null,
  seriesNames: readonly (string | null)[],
): Fact[] {
  const ofPlaces = places.map((x): Fact => ({
    value: sum(points.filter((point) => point.x === x)),
    kind: 'value',
    places: [x],
    series: null,
  }));
  if (whole === null) return ofPlaces;
  return [
    ...ofPlaces,
    ...seriesNames.map((series): Fact => ({
      value: (sum(points.filter((point) => point.series === series)) / whole) * 100,
      kind: 'percent',
      needs: SHARE,
      places: [],
      series,
    })),
  ];
}

/** Of an axis of numbers: where the points stand, and whether both grow together. */
function alongX(points: readonly ChartPoint[]): Fact[] {
  const xs = points.map(({ x }) => x).filter((x) => typeof x === 'number');
  if (xs.length === 0) return [];
  const common = { places: [], series: null };
  const correlation = correlationOf(points);
  const values = [...new Set(xs), xs.reduce((total, x) => total + x, 0) / xs.length];
  return [
    ...values.map((value): Fact => ({ ...common, value, kind: 'place' })),
    ...(correlation === null ? [] : [{ ...common, value: correlation, kind: 'correlation' } as const]),
  ];
}

/** How often the highest and the lowest value come. */
function tiesOf(points: readonly ChartPoint[]): Fact[] {
  return [most(points), least(points)].map(({ y }) => ({
    value: points.filter((point) => point.y === y).length,
    kind: 'count',
    places: [],
    series: null,
  }));
}

export function most(points: readonly ChartPoint[]): ChartPoint {
  return points.reduce((found, point) => (point.y > found.y ? point : found));
}

export function least(points: readonly ChartPoint[]): ChartPoint {
  return points.reduce((found, point) => (point.y < found.y ? point : found));
}

function sum(points: readonly ChartPoint[]): number {
  return points.reduce((total, { y }) => total + y, 0);
}
