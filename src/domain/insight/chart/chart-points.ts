import type { ChartChoice } from '../chart-choice';
import { ChartFault } from '../chart-fault';
import type { ChosenFields, Field } from './check-choice';
import { plain } from './plain';
import type { DataTable, DataValue } from '../data-table';

/** One value that a chart shows. */
export interface ChartPoint {
  x: number | string;
  y: number;
  series: string | null;
}

/** Before a limit is applied: far more than a picture can tell apart. */
const MAX_POINTS = 50_000;
const ISO_DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/**
 * The points of a choice: rows filtered, grouped by x and series, aggregated, sorted, limited. Rows without an x, a y or
 * a series are left out. Throws ChartFault when none is left, or when several share a place and nothing says what to do.
 */
export function chartPoints(table: DataTable, fields: ChosenFields, choice: ChartChoice): ChartPoint[] {
  const points =
    choice.kind === 'scatter' && choice.aggregate === 'none'
      ? singlePoints(table, fields)
      : groupedPoints(table, fields, choice.aggregate);
  if (points.length === 0)
    throw new ChartFault('filters', '조건에 맞는 값이 하나도 없습니다. 조건을 줄이거나 다른 열을 고르세요.');
  return ordered(points, fields.x, choice);
}

function* placedRows(table: DataTable, fields: ChosenFields, counts = false): Generator<ChartPoint> {
  for (const row of table.rows) {
    if (!fields.filters.every((passes) => passes(row))) continue;
    const x = valueOf(row, fields.x);
    const y = counts ? 1 : valueOf(row, fields.y);
    const series = fields.series && valueOf(row, fields.series);
    if (x === null || typeof y !== 'number' || (fields.series && series === null)) continue;
    yield { x, y, series: series === null ? null : String(series) };
  }
}

/** A value that is of its column's kind; null for any other. */
function valueOf(row: readonly DataValue[], { index, kind }: Field): number | string | null {
  const value = row[index] ?? null;
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  return kind === 'category' || (ISO_DATE.test(value) && !Number.isNaN(Date.parse(value))) ? value : null;
}

function singlePoints(table: DataTable, fields: ChosenFields): ChartPoint[] {
  const points: ChartPoint[] = [];
  for (const point of placedRows(table, fields)) {
    requireRoom(points.length);
    points.push(point);
  }
  return points;
}

function groupedPoints(
  table: DataTable,
  fields: ChosenFields,
  aggregate: ChartChoice['aggregate'],
): ChartPoint[] {
  const groups = new Map<string, { point: ChartPoint; values: number[] }>();
  for (const point of placedRows(table, fields, aggregate === 'count')) {
    const key = JSON.stringify([point.x, point.series]);
    const group = groups.get(key);
    if (!group) {
      requireRoom(groups.size);
      groups.set(key, { point, values: [point.y] });
    } else if (aggregate === 'none')
      throw new ChartFault(
        'aggregate',
        `x와 series가 같은 행이 여럿입니다(${point.x}). sum, mean 같은 aggregate를 고르거나 filters로 하나만 남기세요.`,
      );
    else group.values.push(point.y);
  }
  return [...groups.values()].map(({ point, values }) => ({ ...point, y: aggregateOf(values, aggregate) }));
}

function requireRoom(points: number): void {
  if (points >= MAX_POINTS)
    throw new ChartFault('x', 'x 값이 너무 많습니다. 종류가 더 적은 열을 고르거나 filters로 줄이세요.');
}

function aggregateOf(values: number[], aggregate: ChartChoice['aggregate']): number {
  const sum = () => values.reduce((total, value) => total + value, 0);
  switch (aggregate) {
    case 'none':
      return values[0]!;
    case 'count':
      return values.length;
    case 'sum':
      return tidy(sum());
    case 'mean':
      return tidy(sum() / values.length);
    case 'min':
      return values.reduce((least, value) => Math.min(least, value));
    case 'max':
      return values.reduce((most, value) => Math.max(most, value));
    case 'median':
      return median(values.sort((a, b) => a - b));
  }
}

function median(sorted: number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : tidy((sorted[middle - 1]! + sorted[middle]!) / 2);
}

function tidy(value: number): number {
  if (!Number.isFinite(value)) throw new ChartFault('aggregate', '값이 너무 커서 더할 수 없습니다.');
  return plain(value);
}

/** The slice of all that a limit leaves out: without it the others would not be parts of the whole. */
export const OTHER_SLICES = '그 외';

/** Points in the order of their x values, those of the limit. */
function ordered(points: ChartPoint[], x: Field, { kind, sort, limit }: ChartChoice): ChartPoint[] {
  const byX = new Map<number | string, ChartPoint[]>();
  for (const point of points) {
    const sharing = byX.get(point.x);
    if (sharing) sharing.push(point);
    else byX.set(point.x, [point]);
  }
  const places = [...byX].map(([value, sharing]) => ({
    value,
    sharing,
    total: sharing.reduce((total, { y }) => total + y, 0),
  }));
  if (x.kind !== 'category') places.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  if (sort === 'xDescending') places.reverse();
  if (sort === 'yAscending') places.sort((a, b) => a.total - b.total);
  if (sort === 'yDescending') places.sort((a, b) => b.total - a.total);
  const rest = places.splice(limit ?? places.length);
  // Time runs from left to right, whichever end of it was asked for.
  if (sort === 'xDescending' && x.kind !== 'category') places.reverse();
  const shown = places.flatMap(({ sharing }) => sharing);
  if (kind !== 'pie' || rest.length === 0) return shown;
  const y = tidy(rest.reduce((total, place) => total + place.total, 0));
  return [...shown, { x: OTHER_SLICES, y, series: null }];
}
