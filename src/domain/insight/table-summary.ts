import type { DataTable, DataValue } from './data-table';
import { cutText } from '../../visible-text';

const MAX_COLUMNS = 40;
const MAX_DISTINCT = 25;
const MAX_ROWS = 24;
const MAX_VALUE = 60;

/** What a model is told of a table, bounded whatever the table holds: its columns, their values, some rows from end to end. */
export function tableSummary({ columns, rows }: DataTable) {
  const shown = columns.slice(0, MAX_COLUMNS);
  return {
    rows: rows.length,
    columns: shown.map(({ name, kind, unit }, index) => {
      const values = rows.map((row) => row[index] ?? null).filter((value) => value !== null);
      const distinct = [...new Set(values)];
      const common = { name, kind, unit, missing: rows.length - values.length, distinct: distinct.length };
      if (kind === 'category') return { ...common, values: distinct.slice(0, MAX_DISTINCT).map(short) };
      const [least, most] = [distinct.reduce(smaller, distinct[0]!), distinct.reduce(larger, distinct[0]!)];
      return { ...common, least: least ?? null, most: most ?? null };
    }),
    examples: evenly(rows).map((row) => shown.map((_, index) => short(row[index] ?? null))),
  };
}

const smaller = (a: DataValue, b: DataValue) => (b! < a! ? b : a);
const larger = (a: DataValue, b: DataValue) => (b! > a! ? b : a);

function short(value: DataValue): DataValue {
  return typeof value === 'string' ? cutText(value, MAX_VALUE) : value;
}

/** The first and the last row, and as many between. */
function evenly<T>(rows: readonly T[]): T[] {
  if (rows.length <= MAX_ROWS) return [...rows];
  const step = (rows.length - 1) / (MAX_ROWS - 1);
  return Array.from({ length: MAX_ROWS }, (_, index) => rows[Math.round(index * step)]!);
}
