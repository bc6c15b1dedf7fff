import { DateTime } from 'luxon';
import type { DateWords } from '../../korean/date-words';
import { COMPARED_YEAR, LATER, MOVED, QUARTER_BEFORE, SINCE } from './date-implications';
import type { Figure } from './figure';
import type { OriginalText } from './original-text';
import { DaySpans } from './day-spans';
import { resolvedDays, type Day } from './resolved-days';

const CHANGES = /늘|줄|올[라랐려리린]|오르|오른|내[려렸리린]|인상|인하|증가|감소|확대|축소|보다|대비|더 |덜 /;
const SEOUL = 'Asia/Seoul';
/** More than an article tells. */
const MAX_DATES = 200;
const MAX_BETWEEN = 4;

/** The days and times of an original, its relative words resolved as far as its own date allows. */
export class ToldDates {
  readonly dates: DateWords[];
  readonly published: DateTime | null;
  readonly years = new Set<number>();
  readonly relativeYears = new Set<number>();
  readonly relativeMonths = new Set<number>();
  readonly relativeWeeks = new Set<number>();
  readonly toldYears: number[];
  /** Whether a number of years is told: 3년 연속. */
  readonly tellsYears: boolean;
  readonly resolved: Day[];
  /** Years before and after those that are told. */
  readonly yearsAway: number[];
  readonly days: Figure[];
  readonly spans: DaySpans;
  /** In minutes since midnight. */
  readonly times: number[];

  constructor(original: OriginalText, figures: readonly Figure[], publishedAt: Date | null) {
    this.dates = distinct(figures)
      .flatMap(({ date }) => (date ? endsOf(date) : []))
      .slice(0, MAX_DATES);
    this.days = figures.filter(({ measure }) => measure === 'days');
    this.tellsYears = figures.some(({ measure, low }) => measure === 'months' && low > 12 && low % 12 === 0);
    this.yearsAway = figures
      .filter(({ measure, low }) => measure === 'months' && low % 12 === 0)
      .flatMap(({ low, start, text }) => {
        const after = original.text.slice(start + text.length, start + text.length + 8);
        if (MOVED.test(after)) return [-low / 12, low / 12];
        return SINCE.test(after) ? -low / 12 : LATER.test(after) ? low / 12 : [];
      });
    if (original.says(/1년 전|전년|한 해 전|작년|지난해/)) this.yearsAway.push(-1);
    if (original.says(/내년|이듬해|다음 ?해/)) this.yearsAway.push(1);
    this.published = publishedAt && DateTime.fromJSDate(publishedAt, { zone: SEOUL });
    for (const date of this.dates) {
      if (date.year !== undefined) this.years.add(date.year);
      if (date.relativeYear !== undefined) this.relativeYears.add(date.relativeYear);
      if (date.relativeMonth !== undefined) this.relativeMonths.add(date.relativeMonth);
      if (date.relativeWeek !== undefined) this.relativeWeeks.add(date.relativeWeek);
    }
    figures.slice(1).forEach((span, index) => {
      const year = yearAfter(original.text, figures[index]!, span, this.published);
      if (year !== undefined) this.years.add(year);
    });
    for (const { measure, low } of figures)
      if (measure === 'bare' && low >= 1900 && low < 2100) this.years.add(low);
    this.toldYears = [...this.years, ...(this.published ? [this.published.year] : [])];
    this.times = this.dates.flatMap(({ minutes = [], fromMinutes = [] }) => [...minutes, ...fromMinutes]);
    this.spans = new DaySpans(original.text, figures, this.published);
    this.resolved = [
      ...this.spans.ends,
      ...resolvedDays(
        original.text,
        this.dates,
        this.days.map(({ low }) => low).filter(Number.isInteger),
        this.published,
      ),
    ];
    if (
      original.says(/연말|연내|연초|(?<![가-힣])올 [가-힣\d]/) ||
      (original.says(COMPARED_YEAR) && !original.says(/내년/)) ||
      this.years.size + this.relativeYears.size === 0
    )
      this.relativeYears.add(0);
    if (original.says(/1년 ?(?:전|새|사이)|한 해 전|전년|작년/)) this.relativeYears.add(-1);
    // The year before the one that is told of.
    if (this.relativeYears.has(1) && original.says(CHANGES)) this.relativeYears.add(0);
    if (original.says(/작년|지난해/) && original.says(/전년|1년 전|한 해 전/)) this.relativeYears.add(-2);
    if (
      original.says(QUARTER_BEFORE) &&
      this.dates.some(({ months }) => months?.[0] === 1 && months[1] === 3)
    )
      this.relativeYears.add(-1);
    if (original.says(/한 ?달 ?(?:전|새|사이)|전월|전달/)) this.relativeMonths.add(-1);
    if (original.says(/전주/)) this.relativeWeeks.add(-1);
    const { published } = this;
    if (published) {
      for (const year of this.years) this.relativeYears.add(year - published.year);
      for (const relative of this.relativeYears) this.years.add(published.year + relative);
    }
  }
}

/** Of 10월 20~23일 each end too. */
function endsOf(date: DateWords): DateWords[] {
  const { days } = date;
  if (!days || days[0] === days[1]) return [date];
  return [date, { ...date, days: [days[0], days[0]] }, { ...date, days: [days[1], days[1]] }];
}

/** Of dates that are written alike the first. */
function distinct(figures: readonly Figure[]): Figure[] {
  const seen = new Set<string>();
  return figures.filter(({ date, text }) => date && !seen.has(text) && seen.add(text));
}

/** 2030 for 2027년 8월부터 3년간. */
function yearAfter(
  text: string,
  from: Figure,
  { measure, low, start, text: told }: Figure,
  published: DateTime | null,
) {
  if (measure !== 'months' || low % 12 !== 0 || !from.date) return undefined;
  if (!/^ ?부터 $/.test(text.slice(from.start + from.text.length, start).slice(0, MAX_BETWEEN)))
    return undefined;
  // 2028년부터 2년마다 has no end.
  if (text.startsWith('마다', start + told.length)) return undefined;
  const { year, relativeYear } = from.date;
  const first = year ?? (relativeYear !== undefined && published ? published.year + relativeYear : undefined);
  return first === undefined ? undefined : first + low / 12;
}
