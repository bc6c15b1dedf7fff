import type { ChartChoice, ChartFilter } from './chart-choice';
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

  constructor(
    private readonly table: DataTable,
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
    const filters = [...this.valueFilters(), ...this.periodFilters(date)];
    const free = this.categories.filter(
      ({ column, distinct }) => distinct.length > 1 && !filters.some(({ field }) => field === column.name),
    );
    const asked = free.find(({ column }) => this.words.groupsBy(column.name));
    const series =
      asked ?? (free.every(({ total }) => total !== null) ? null : free.find(({ total }) => total === null));
    for (const { column, total } of free)
      if (total !== null)
        filters.push({
          field: column.name,
          comparison: column === series?.column ? 'differs' : 'equals',
          value: total,
        });
    const lines = series ? series.distinct.length - (series.total === null ? 0 : 1) : 1;
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
    const filters = this.valueFilters().filter(({ field }) => field !== x.column.name);
    if (x.total !== null) filters.push({ field: x.column.name, comparison: 'differs', value: x.total });
    for (const { column, total } of this.categories)
      if (total !== null && column !== x.column && !filters.some(({ field }) => field === column.name))
        filters.push({ field: column.name, comparison: 'equals', value: total });
    const [date] = this.dates;
    if (date && this.isTimeline()) {
      const asked = this.periodFilters(date).find(({ comparison }) => comparison === 'equals');
      const latest = String(date.distinct.reduce((a, b) => (a! > b! ? a : b)));
      if (asked ?? date.distinct.length > 1)
        filters.push(asked ?? { field: date.column.name, comparison: 'equals', value: latest });
    }
    const count = x.distinct.length - (x.total === null ? 0 : 1);
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
    return this.completed(
      { ...PLAIN, kind: 'scatter', x: x.column.name, y: y.column.name, filters: this.valueFilters() },
      y,
    );
  }

  /** The one date or category that there is. */
  private single(): ChartChoice | null {
    const [x] = [...this.dates, ...this.categories];
    const [y] = this.numbers;
    if (!x || !y || x.distinct.length > 1) return null;
    return this.completed({ ...PLAIN, filters: [], kind: 'bar', x: x.column.name, y: y.column.name }, y);
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
      filters: [],
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
      filters: [],
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

  /** 서울 of a title with a column of regions. */
  private valueFilters(): ChartFilter[] {
    return this.categories.flatMap(({ column, distinct }) => {
      if (distinct.length < 2 || this.words.groupsBy(column.name)) return [];
      const value = this.words.valueOf(distinct.map(String));
      return value === null ? [] : [{ field: column.name, comparison: 'equals' as const, value }];
    });
  }

  private periodFilters({ column, distinct }: ColumnFacts): ChartFilter[] {
    const latest = String(distinct.reduce((a, b) => (a! > b! ? a : b)));
    return (
      this.words
        .periods(latest)
        // Of one date alone there is no course.
        .filter(({ date, comparison }) => {
          const inside = distinct.filter((known) => String(known).slice(0, date.length) === date);
          return inside.length > (comparison === 'equals' && !this.grouping() ? 1 : 0);
        })
        .map(({ date, comparison }) => ({ field: column.name, comparison, value: date }))
    );
  }

  /** With what is to be done where several rows share a place. */
  private completed(choice: ChartChoice, y: ColumnFacts): ChartChoice {
    const filters = choice.filters.filter(({ value }) => String(value).length <= 100).slice(0, MAX_FILTERS);
    const aggregate =
      choice.kind !== 'scatter' && this.sharesPlaces({ ...choice, filters })
        ? y.adds
          ? 'sum'
          : 'mean'
        : 'none';
    return { ...choice, filters, aggregate };
  }

  private sharesPlaces({ x, series, filters }: ChartChoice): boolean {
    const at = (name: string) => this.table.columns.findIndex((column) => column.name === name);
    const [places, groups] = [at(x), series === null ? -1 : at(series)];
    const conditions = filters.map(({ field, comparison, value }) => ({
      index: at(field),
      comparison,
      value,
    }));
    const seen = new Set<string>();
    for (const row of this.table.rows) {
      const isChosen = conditions.every(({ index, comparison, value }) => {
        const own = row[index];
        if (comparison === 'differs') return own !== value;
        // A date equals the year that it is in; of ranges too many rows are looked at rather than too few.
        return (
          comparison !== 'equals' || own === value || (typeof own === 'string' && own.startsWith(`${value}-`))
        );
      });
      if (!isChosen || row[places] == null) continue;
      const place = JSON.stringify([row[places], groups < 0 ? null : row[groups]]);
      if (seen.has(place)) return true;
      seen.add(place);
    }
    return false;
  }
}
