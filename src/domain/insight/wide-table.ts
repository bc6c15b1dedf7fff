import type { DataColumn, DataTable } from './data-table';
import { readDate } from './read-date';

/** Fewer columns could be called like years by chance. */
const LEAST_MOMENTS = 3;
const MONTH = /^(?:1[0-2]|[1-9])월$/;

/** A column whose name is a moment: 2024년, 2024.03, 2024년 1분기; or a month of no year. */
interface Moment {
  index: number;
  value: string;
  unit: string | null;
  /** The column that it becomes a value of. */
  of: DataColumn;
}

/**
 * A table with a column for each year or month, as statistics are often published, becomes one with a row for each: of 지역, 2023,
 * 2024, 2025 is made 지역, 연도, 값. Any other table stays as it is, as does one that would have more than `maxRows`.
 */
export function lengthened(table: DataTable, maxRows: number): DataTable {
  const moments = momentsOf(table.columns);
  const [first] = moments;
  if (!first || moments.length < LEAST_MOMENTS || table.rows.length * moments.length > maxRows) return table;
  const isAlike = moments.every(({ of, unit }) => isSame(of, first.of) && unit === first.unit);
  if (!isAlike || new Set(moments.map(({ value }) => value)).size < moments.length) return table;
  // Other numbers are sums and changes of these, or of a whole row: of the new rows they would be told too often.
  const kept = table.columns
    .map(({ kind }, index) => ({ kind, index }))
    .filter(({ kind }) => kind !== 'number');
  const columns = kept.map(({ index }) => table.columns[index]!);
  for (const { name, ...column } of [first.of, { name: '값', kind: 'number' as const, unit: first.unit }])
    columns.push({ ...column, name: columns.some((each) => each.name === name) ? `${name} (2)` : name });
  return {
    columns,
    rows: table.rows.flatMap((row) =>
      moments.map((moment) => [...kept.map(({ index }) => row[index]!), moment.value, row[moment.index]!]),
    ),
  };
}

function momentsOf(columns: readonly DataColumn[]): Moment[] {
  return columns.flatMap<Moment>(({ name, kind, unit }, index) => {
    if (kind !== 'number') return [];
    if (MONTH.test(name))
      return [{ index, unit, value: name, of: { name: '월', kind: 'category', unit: null } }];
    const read = readDate(name);
    if (!read) return [];
    const { date, span } = read;
    const of = {
      name: span ?? (date.length === 'yyyy'.length ? '연도' : '시점'),
      kind: 'date' as const,
      unit: span,
    };
    return [{ index, unit, value: date, of }];
  });
}

const isSame = (a: DataColumn, b: DataColumn) => a.name === b.name && a.kind === b.kind;
