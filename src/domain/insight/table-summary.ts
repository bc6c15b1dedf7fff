import { cutText } from '../../visible-text';
import type { DataTable, DataValue } from './data-table';

/** Of the JSON: a model is paid by what it reads. */
const MAX_BYTES = 30_000;
/** How much is told, the most first: what is too long is told in less. */
const EXTENTS = [
  { columns: 40, values: 25, rows: 24, characters: 60 },
  { columns: 40, values: 10, rows: 10, characters: 40 },
  { columns: 30, values: 5, rows: 5, characters: 30 },
  { columns: 20, values: 3, rows: 3, characters: 20 },
];
type Extent = (typeof EXTENTS)[number];

/** What a model is told of a table, bounded whatever the table holds: its columns, their values, some rows from end to end. */
export function tableSummary(table: DataTable): object {
  const summaries = EXTENTS.map((extent) => summaryWithin(table, extent));
  const fits = (summary: object) => Buffer.byteLength(JSON.stringify(summary)) <= MAX_BYTES;
  return summaries.find(fits) ?? summaries.at(-1)!;
}

function summaryWithin({ columns, rows }: DataTable, extent: Extent) {
  const shown = columns.slice(0, extent.columns);
  const short = (value: DataValue) => (typeof value === 'string' ? cutText(value, extent.characters) : value);
  return {
    rows: rows.length,
    columns: shown.map(({ name, kind, unit }, index) => {
      const values = rows.map((row) => row[index] ?? null).filter((value) => value !== null);
      const distinct = [...new Set(values)];
      const common = { name, kind, unit, missing: rows.length - values.length, distinct: distinct.length };
      if (kind === 'category') return { ...common, values: distinct.slice(0, extent.values).map(short) };
      const [least = null, most = null] = [
        distinct.reduce(smaller, distinct[0]!),
        distinct.reduce(larger, distinct[0]!),
      ];
      return { ...common, least, most };
    }),
    examples: evenly(rows, extent.rows).map((row) => shown.map((_, index) => short(row[index] ?? null))),
  };
}

const smaller = (a: DataValue, b: DataValue) => (b! < a! ? b : a);
const larger = (a: DataValue, b: DataValue) => (b! > a! ? b : a);

/** The first and the last row, and as many between. */
function evenly<T>(rows: readonly T[], count: number): T[] {
  if (rows.length <= count) return [...rows];
  const step = (rows.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => rows[Math.round(index * step)]!);
}
