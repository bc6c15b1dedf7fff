import type { ChartChoice, ChartFilter } from './chart-choice';
import type { ColumnFacts } from './column-facts';
import type { DataTable, DataValue } from './data-table';
import type { TitleWords } from './title-words';

const MAX_VALUE = 100;
/** As many as stand beside each other as lines. */
const FEW_VALUES = 6;

/** Which rows of a table a chart shows: those that the title names, and no total beside its parts. */
export class ChoiceFilters {
  constructor(
    private readonly table: DataTable,
    private readonly categories: readonly ColumnFacts[],
    private readonly words: TitleWords,
  ) {}

  /** 서울 of a title with a column of regions. */
  named(): ChartFilter[] {
    return this.categories.flatMap(({ column, distinct, totals }) => {
      if (distinct.length < 2 || this.words.groupsBy(column.name)) return [];
      const values = distinct.map(String);
      // Of several that are named, one alone would be the wrong answer: all are compared where they are few and no parts.
      if (totals.length === 0 && values.length <= FEW_VALUES && this.words.namesSeveral(values)) return [];
      const value = this.words.valueOf(values);
      return value === null ? [] : [{ field: column.name, comparison: 'equals' as const, value }];
    });
  }

  /** The years and months of the title. Of one date alone there is no course, unless it is one of `groups`. */
  periods({ column, distinct }: ColumnFacts, hasGroups: boolean): ChartFilter[] {
    return this.words
      .periods(latestOf(distinct))
      .filter(({ date, comparison }) => {
        const inside = distinct.filter((known) => String(known).slice(0, date.length) === date);
        return inside.length > (comparison === 'equals' && !hasGroups ? 1 : 0);
      })
      .map(({ date, comparison }) => ({ field: column.name, comparison, value: date }));
  }

  /** With the parts of the columns that are told apart, and the whole of every other one. */
  withoutTotals(filters: readonly ChartFilter[], apart: readonly ColumnFacts[]): ChartFilter[] {
    const all = [...filters];
    const isOpen = ({ column }: ColumnFacts) => !filters.some(({ field }) => field === column.name);
    const open = this.categories.filter((column) => column.totals.length > 0 && isOpen(column));
    const parts = ({ column, totals }: ColumnFacts) =>
      totals.map((value): ChartFilter => ({ field: column.name, comparison: 'differs', value }));
    for (const column of open) if (apart.includes(column)) all.push(...parts(column));
    for (const column of open) {
      if (apart.includes(column)) continue;
      const whole = column.totals
        .map((value): ChartFilter => ({ field: column.column.name, comparison: 'equals', value }))
        .find((filter) => this.rows([...all, filter]).length > 0);
      all.push(...(whole ? [whole] : parts(column)));
    }
    return all.filter(({ value }) => String(value).length <= MAX_VALUE);
  }

  /** Whether several rows stand at one place of a chart. */
  leaveShared({ x, series, filters }: ChartChoice): boolean {
    const [places, groups] = [this.indexOf(x), series === null ? -1 : this.indexOf(series)];
    const seen = new Set<string>();
    for (const row of this.rows(filters)) {
      if (row[places] == null) continue;
      const place = JSON.stringify([row[places], groups < 0 ? null : row[groups]]);
      if (seen.has(place)) return true;
      seen.add(place);
    }
    return false;
  }

  /** Of ranges too many rows rather than too few. */
  private rows(filters: readonly ChartFilter[]): (readonly DataValue[])[] {
    const conditions = filters.map((filter) => ({ ...filter, index: this.indexOf(filter.field) }));
    return this.table.rows.filter((row) =>
      conditions.every(({ index, comparison, value }) => {
        const own = row[index];
        if (comparison === 'differs') return own !== value;
        // A date equals the year that it is in.
        const isInside = typeof own === 'string' && own.startsWith(`${value}-`);
        return comparison !== 'equals' || own === value || isInside;
      }),
    );
  }

  private indexOf(name: string): number {
    return this.table.columns.findIndex((column) => column.name === name);
  }
}

export function latestOf(dates: readonly DataValue[]): string {
  return String(dates.reduce((a, b) => (a! > b! ? a : b)));
}
