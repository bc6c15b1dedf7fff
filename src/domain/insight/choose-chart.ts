import type { ChartChoice } from './chart-choice';
import { ChoiceFilters, latestOf } from './choice-filters';
import { columnFacts, type ColumnFacts } from './column-facts';
import type { DataTable } from './data-table';
import { TitleWords } from './title-words';

/** What a reader takes in at a glance; a chart has room for more. */
const MANY_BARS = 12;
const MAX_SLICES = 6;
const MAX_LINES = 6;
const MAX_FILTERS = 3;

/**
 * Charts that suit the columns of a table and what the title of the request names of them, the most suitable first: of the
 * first, another than the first when that cannot be drawn. No model is asked.
 */
export function chooseCharts(table: DataTable, title: string): ChartChoice[] {
  const words = new TitleWords(title);
  const all = [new ChartChooser(table, words), new ChartChooser(table, new TitleWords(''))];
  return all.flatMap((chooser) => chooser.choices());
}

const PLAIN = { series: null, aggregate: 'none', filters: [], sort: 'x', limit: null } as const;

class ChartChooser {
  private readonly columns: ColumnFacts[];
  private readonly numbers: ColumnFacts[];
  private readonly dates: ColumnFacts[];
  private readonly categories: ColumnFacts[];
  private readonly filters: ChoiceFilters;

  constructor(
    table: DataTable,
    private readonly words: TitleWords,
  ) {
    this.columns = columnFacts(table).filter(({ present }) => present > 0);
    const named = (column: ColumnFacts) => words.names(column.column.name);
    const ofKind = (kind: string) =>
      this.columns
        .filter(({ column }) => column.kind === kind)
        .sort((a, b) => Number(a.isCode) - Number(b.isCode) || named(b) - named(a) || b.present - a.present);
    this.numbers = ofKind('number');
    this.dates = ofKind('date').sort((a, b) => b.distinct.length - a.distinct.length);
    this.categories = ofKind('category');
    this.filters = new ChoiceFilters(table, this.categories, words);
  }

  choices(): ChartChoice[] {
    const { asksFor } = this.words;
    const byTime = [this.overTime(), this.byCategory()];
    const isGrouped = this.grouping() !== null && !asksFor.course();
    const usual = isGrouped || asksFor.share() || !this.isTimeline() ? byTime.reverse() : byTime;
    const pairs = this.pairs();
    const choices = asksFor.relation() ? [pairs, ...usual] : [...usual, pairs];
    return [...choices, this.single(), this.counts(), this.spread()].filter((choice) => choice !== null);
  }

  /** A line, or some, along the dates. */
  private overTime(): ChartChoice | null {
    const [date] = this.dates;
    const [y] = this.numbers;
    if (!date || !y || date.distinct.length < 2) return null;
    const named = [...this.filters.named(), ...this.filters.periods(date, this.grouping() !== null)];
    const free = this.categories.filter(
      ({ column, distinct }) => distinct.length > 1 && !named.some(({ field }) => field === column.name),
    );
    const asked = free.find(({ column }) => this.words.groupsBy(column.name));
    const hasNoWhole = free.find(({ totals }) => totals.length === 0);
    const series = asked ?? hasNoWhole ?? null;
    const filters = this.filters.withoutTotals(named, series ? [series] : []);
    const lines = series ? series.distinct.length - series.totals.length : 1;
    const isFew = lines <= MAX_LINES;
    // Sums of what does not add up say nothing, and nobody reads so many lines.
    if (!isFew && !y.adds) return null;
    const fields = {
      x: date.column.name,
      y: y.column.name,
      series: isFew && series ? series.column.name : null,
    };
    const isStacked = fields.series !== null && y.adds && !y.hasNegative && this.words.asksFor.stack();
    const kind = isStacked ? 'stackedBar' : date.distinct.length > 2 ? 'line' : 'bar';
    return this.completed({ ...PLAIN, kind, ...fields, filters }, y);
  }

  /** Bars or slices: of the last date when there are several. */
  private byCategory(): ChartChoice | null {
    const x = this.grouping() ?? this.categories.find(({ distinct }) => distinct.length > 1);
    const y = this.numbers.find((column) => column !== x);
    if (!x || !y) return null;
    const named = this.filters.named().filter(({ field }) => field !== x.column.name);
    const [date] = this.dates;
    if (date && this.isTimeline()) {
      const asked = this.filters.periods(date, true).find(({ comparison }) => comparison === 'equals');
      const latest = {
        field: date.column.name,
        comparison: 'equals' as const,
        value: latestOf(date.distinct),
      };
      if (asked ?? date.distinct.length > 1) named.push(asked ?? latest);
    }
    const filters = this.filters.withoutTotals(named, [x]);
    const count = x.distinct.length - x.totals.length;
    const isShare = this.words.asksFor.share() && y.adds && !y.hasNegative && count <= MAX_SLICES;
    const isOrdered = x.isNumbered || x.column.kind === 'number';
    const sort = isOrdered ? 'x' : this.words.asksFor.least() ? 'yAscending' : 'yDescending';
    const room = this.words.top ?? (count > MANY_BARS ? MANY_BARS : null);
    const limit = isOrdered && count <= 2 * MANY_BARS ? null : room;
    const kind = isShare ? 'pie' : 'bar';
    return this.completed(
      {
        ...PLAIN,
        kind,
        x: x.column.name,
        y: y.column.name,
        filters,
        sort: isShare ? 'yDescending' : sort,
        limit: isShare ? null : limit,
      },
      y,
    );
  }

  /** Whether the rows are of moments: not of things that began and ended, or at times that are told differently. */
  private isTimeline(): boolean {
    const [date, ...others] = this.dates;
    return (
      date !== undefined &&
      others.length === 0 &&
      new Set(date.distinct.map((one) => String(one).length)).size === 1
    );
  }

  /** Two numbers of each row. */
  private pairs(): ChartChoice | null {
    const [y, x] = this.numbers;
    if (!x || !y || x.isCode || y.isCode) return null;
    const filters = this.filters.withoutTotals(this.filters.named(), this.categories);
    return this.completed({ ...PLAIN, kind: 'scatter', x: x.column.name, y: y.column.name, filters }, y);
  }

  /** The one date or category that there is. */
  private single(): ChartChoice | null {
    const [x] = [...this.dates, ...this.categories];
    const [y] = this.numbers;
    if (!x || !y || x.distinct.length > 1) return null;
    const filters = this.filters.withoutTotals([], []);
    return this.completed({ ...PLAIN, filters, kind: 'bar', x: x.column.name, y: y.column.name }, y);
  }

  /** How many rows there are of each category or date. */
  private counts(): ChartChoice | null {
    const [x] = [
      ...this.categories.filter(({ distinct, present }) => distinct.length < present),
      ...this.dates,
      ...this.categories,
    ];
    if (!x) return null;
    const isDate = x.column.kind === 'date';
    const sort = isDate || x.isNumbered ? 'x' : 'yDescending';
    const limit = !isDate && x.distinct.length > MANY_BARS ? MANY_BARS : null;
    const kind = isDate && x.distinct.length > 2 ? 'line' : 'bar';
    return {
      ...PLAIN,
      filters: this.parts(),
      kind,
      x: x.column.name,
      y: x.column.name,
      aggregate: 'count',
      sort,
      limit,
    };
  }

  /** How often each number comes. */
  private spread(): ChartChoice | null {
    const [x] = this.numbers;
    if (!x) return null;
    const { name } = x.column;
    const limit = x.distinct.length > MANY_BARS ? MANY_BARS : null;
    return {
      ...PLAIN,
      filters: this.parts(),
      kind: 'bar',
      x: name,
      y: name,
      aggregate: 'count',
      sort: limit === null ? 'x' : 'yDescending',
      limit,
    };
  }

  /** The column that the title wants one bar or line of each value of. */
  private grouping(): ColumnFacts | null {
    const several = [...this.categories, ...this.numbers].filter(({ distinct }) => distinct.length > 1);
    return several.find(({ column }) => this.words.groupsBy(column.name)) ?? null;
  }

  private parts(): ChartChoice['filters'] {
    return this.filters.withoutTotals([], this.categories).slice(0, MAX_FILTERS);
  }

  /** With what is to be done where several rows share a place; null where more conditions are needed than there may be. */
  private completed(choice: ChartChoice, y: ColumnFacts): ChartChoice | null {
    if (choice.filters.length > MAX_FILTERS) return null;
    const isShared = choice.kind !== 'scatter' && this.filters.leaveShared(choice);
    return { ...choice, aggregate: !isShared ? 'none' : y.adds ? 'sum' : 'mean' };
  }
}
