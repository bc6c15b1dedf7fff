import type { ChartChoice, ChartFilter } from '../chart-choice';
import { ChartFault, type ChoicePart } from '../chart-fault';
import type { DataColumn, DataTable, DataValue } from '../data-table';
import { labelOf } from './chart-labels';

/** A column with the place of its values in a row. */
export interface Field extends DataColumn {
  index: number;
}

/** What a choice names, found in the table. */
export interface ChosenFields {
  x: Field;
  y: Field;
  series: Field | null;
  /** Whether a row is shown. */
  filters: ((row: readonly DataValue[]) => boolean)[];
}

const MAX_UNIT = 20;
const ISO_DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;
/** Values that add up to a whole. */
const ADDITIVE = ['none', 'sum', 'count'];

/** Finds the columns of a choice. Throws ChartFault for what no chart of that kind can show, whatever the values. */
export function checkChoice(table: DataTable, choice: ChartChoice): ChosenFields {
  const x = fieldOf(table, 'x', choice.x);
  const y = fieldOf(table, 'y', choice.y);
  const named = choice.series === null ? null : fieldOf(table, 'series', choice.series);
  if (choice.aggregate !== 'count' && y.kind !== 'number')
    throw new ChartFault(
      'y',
      `'${y.name}' 열은 숫자가 아닙니다. 숫자 열을 고르거나 aggregate를 count로 하세요.`,
    );
  // Colours that only repeat the x axis say nothing.
  const series = named?.index === x.index ? null : named;
  checkKind({ ...choice, series: series && series.name }, x);
  return { x, y, series, filters: choice.filters.map((filter) => passes(table, filter)) };
}

function fieldOf({ columns }: DataTable, part: ChoicePart, name: string): Field {
  const index = columns.findIndex((column) => column.name === name);
  if (index >= 0) {
    const { kind, unit } = columns[index]!;
    return { name, kind, unit: unit && labelOf(unit, MAX_UNIT), index };
  }
  throw new ChartFault(
    part,
    `'${name}' 열은 없습니다. 있는 열: ${columns
      .slice(0, 30)
      .map((column) => column.name)
      .join(', ')}`,
  );
}

function checkKind({ kind, series, aggregate, sort, limit }: ChartChoice, x: Field): void {
  if (kind === 'pie' && series !== null)
    throw new ChartFault('series', 'pie는 x로 조각을 나눕니다. series는 null이어야 합니다.');
  if (kind === 'stackedBar' && series === null)
    throw new ChartFault('series', 'stackedBar에는 x와 다른 series 열이 있어야 합니다.');
  const adds = kind === 'pie' || kind === 'stackedBar' || (kind === 'area' && series !== null);
  if (adds && !ADDITIVE.includes(aggregate))
    throw new ChartFault(
      'aggregate',
      `${kind}로 쌓거나 나누는 값은 더할 수 있어야 합니다. ${aggregate} 대신 sum, count, none 가운데 고르거나 다른 kind를 고르세요.`,
    );
  if (kind === 'scatter' && x.kind === 'category')
    throw new ChartFault('x', `scatter의 x는 숫자나 날짜 열이어야 합니다. '${x.name}' 열은 아닙니다.`);
  if (isContinuous(kind) && limit !== null && sort.startsWith('y'))
    throw new ChartFault('sort', `${kind}에서 y로 정렬해 자르면 선이 끊깁니다. x나 xDescending을 고르세요.`);
}

/** Kinds that join neighbours along x. */
export function isContinuous(kind: ChartChoice['kind']): boolean {
  return kind === 'line' || kind === 'area';
}

/** Bars lie where categories name them, for long names have room there, and where they are ranked: each has its name then. */
export function barsLie({ x }: Pick<ChosenFields, 'x'>, { sort }: ChartChoice): boolean {
  return x.kind === 'category' || sort.startsWith('y');
}

function passes(table: DataTable, filter: ChartFilter): (row: readonly DataValue[]) => boolean {
  const { comparison, value: wanted } = filter;
  const { index, kind, name } = fieldOf(table, 'filters', filter.field);
  const isRange = comparison === 'atLeast' || comparison === 'atMost';
  if (kind === 'number' ? typeof wanted !== 'number' : typeof wanted !== 'string')
    throw new ChartFault('filters', `'${name}' 열은 ${COMPARED_WITH[kind]} 견주어야 합니다.`);
  if (kind === 'date' && !ISO_DATE.test(String(wanted)))
    throw new ChartFault('filters', `'${name}' 열의 날짜는 2024, 2024-03, 2024-03-15처럼 쓰세요.`);
  if (kind === 'category' && isRange)
    throw new ChartFault('filters', `'${name}' 열에는 크기가 없습니다. equals나 differs를 쓰세요.`);
  // A chart tells what it leaves out: what is nowhere in the data is no part of it.
  if (kind === 'category' && !table.rows.some((row) => row[index] === wanted))
    throw new ChartFault('filters', `'${name}' 열에 '${labelOf(String(wanted))}'인 값이 없습니다.`);
  return (row) => {
    const value = row[index] ?? null;
    if (value === null) return false;
    const [is, limit] = kind === 'date' ? sharedPrecision(String(value), String(wanted)) : [value, wanted];
    if (comparison === 'equals') return is === limit;
    if (comparison === 'differs') return is !== limit;
    return comparison === 'atLeast' ? is >= limit : is <= limit;
  };
}

const COMPARED_WITH = { number: '숫자와', date: '2024-03 같은 글자 값과', category: '글자 값과' };

/** Of `2024-03-15` and `2024` the years. */
function sharedPrecision(a: string, b: string): [string, string] {
  const length = Math.min(a.length, b.length);
  return [a.slice(0, length), b.slice(0, length)];
}
