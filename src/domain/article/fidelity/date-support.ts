import { DateTime } from 'luxon';
import type { DateWords } from '../../korean/date-words';
import type { Figure } from './figure';
import type { OriginalText } from './original-text';
import { resolvedDays, type Day } from './resolved-days';

const SEOUL = 'Asia/Seoul';
const YEAR_WORDS = /연평균|전년|작년|지난해|연간|매년|해마다|같은 기간|동기|한 해|올해|(?:^|\s)연\s/;
const MONTH_WORDS = /월평균|전월|지난달|전달|월간|매월|매달|달마다|(?:^|\s)월\s|이달/;
const DAY_WORDS = /전날|거래일|매일|일일|전일|전장|일평균|하루|24시간/;
const WEEK_WORDS = /전주|주당|지난주|주간|일주일|7일|매주|(?:^|\s)주 \d/;
const QUARTER_WORDS = /전\s?분기|직전 분기|전기|분기/;

/** What is compared with another year is this one's. */
const COMPARED_YEAR =
  /(?:작년|지난해|전년) ?(?:같은|동기|동월|동일|대비|보다|에 비해|말|이맘때|수준)|예년|평년|1년 ?(?:전|새)|연간/;
const MINUTES_OF_A_DAY = 1_440;
const WEEKDAYS_IN_BRACKETS = [...'일월화수목금토'].map((day) => new RegExp(`\\(${day}\\)`));

/** More than an article tells. */
const MAX_DATES = 200;

/** What makes years of two years: 9년 만에, 4년간; or of one a later one: 3년 뒤. */
const SINCE = /^ ?(?:만|전|간|동안|새)/;
const LATER = /^ ?(?:뒤|후)/;

/** The months of the year before are told by those of this one. */
const SAME_MONTHS = /같은 (?:달|기간|분기|때)|동월|동기|이맘때|1년 전/;

/** A day or time of the original, its relative words resolved as far as its own date allows. */
export class DateSupport {
  private readonly dates: DateWords[];
  private readonly published: DateTime | null;
  private readonly years = new Set<number>();
  private readonly relativeYears = new Set<number>();
  private readonly relativeMonths = new Set<number>();
  private readonly relativeWeeks = new Set<number>();
  private readonly toldYears: number[];
  private readonly resolved: Day[];
  /** Years before and after those that are told. */
  private readonly yearsAway: number[];
  private readonly days: Figure[];

  constructor(
    private readonly original: OriginalText,
    figures: readonly Figure[],
    publishedAt: Date | null,
  ) {
    this.dates = distinct(figures)
      .flatMap(({ date }) => date ?? [])
      .slice(0, MAX_DATES);
    this.days = figures.filter(({ measure }) => measure === 'days');
    this.yearsAway = figures
      .filter(({ measure, low }) => measure === 'months' && low % 12 === 0)
      .flatMap(({ low, start, text }) => {
        const after = original.text.slice(start + text.length, start + text.length + 4);
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
    for (const { measure, low } of figures)
      if (measure === 'bare' && low >= 1900 && low < 2100) this.years.add(low);
    this.toldYears = [...this.years, ...(this.published ? [this.published.year] : [])];
    this.resolved = resolvedDays(
      original.text,
      this.dates,
      this.days.map(({ low }) => low),
      this.published,
    );
    if (
      original.says(/연말|연내|연초/) ||
      (original.says(COMPARED_YEAR) && !original.says(/내년/)) ||
      this.years.size + this.relativeYears.size === 0
    )
      this.relativeYears.add(0);
    if (original.says(/1년 ?(?:전|새|사이)|한 해 전|전년|작년/)) this.relativeYears.add(-1);
    if (original.says(/한 ?달 ?(?:전|새|사이)|전월|전달/)) this.relativeMonths.add(-1);
    if (original.says(/전주/)) this.relativeWeeks.add(-1);
    const { published } = this;
    if (published) {
      for (const year of this.years) this.relativeYears.add(year - published.year);
      for (const relative of this.relativeYears) this.years.add(published.year + relative);
    }
  }

  supports(date: DateWords): boolean {
    if (date.minutes)
      return this.dates.some(({ minutes }) => minutes?.some((minute) => date.minutes!.includes(minute)));
    if (date.weekday !== undefined) return this.supportsWeekday(date.weekday);
    if (date.relativeWeek !== undefined) return this.supportsRelative(this.relativeWeeks, date.relativeWeek);
    if (date.relativeMonth !== undefined)
      return (
        this.supportsMonthWord(date.relativeMonth) &&
        this.supportsDay({ end: 0, ...(date.days && { days: date.days }) })
      );
    if (this.isResolved(date)) return true;
    return this.supportsYear(date) && this.supportsMonths(date) && this.supportsDay(date);
  }

  private isResolved({ year, relativeYear, months, days }: DateWords): boolean {
    if (!days) return false;
    const wanted = this.yearOf({ year, relativeYear });
    return this.resolved.some(
      (known) =>
        known.day === days[0] &&
        (months === undefined || known.month === undefined || known.month === months[1]) &&
        (wanted === undefined || known.year === undefined || known.year === wanted) &&
        (months === undefined || known.month !== undefined || this.supportsMonths({ end: 0, months })),
    );
  }

  /** A range of days: 15~18일. */
  supportsDays(from: number, to: number): boolean {
    return this.dates.some(({ days }) => days?.[0] === from && days[1] === to);
  }

  /** 15일 for 3월 15일; 1년 for 전년; 3년 of two years that are told. */
  supportsDuration({ measure, native, text }: Figure, value: number): boolean {
    switch (measure) {
      case 'days':
        if (this.hasDay(value)) return true;
        return value === 1
          ? this.original.says(DAY_WORDS) || native
          : value === 7 && this.original.says(WEEK_WORDS);
      case 'weeks':
        return value === 1 && this.original.says(WEEK_WORDS);
      case 'months':
        if (value === 12 && this.original.says(YEAR_WORDS)) return true;
        if (value === 1 && this.original.says(MONTH_WORDS)) return true;
        if (value === 3 && this.original.says(QUARTER_WORDS)) return true;
        if (this.dates.some(({ months }) => months && months[1] - months[0] + 1 === value && value > 1))
          return true;
        if (value > 1 && value < 12 && isBetween(this.singleMonths(), value)) return true;
        // 25년 of '25년.
        if (/^\d\d년/.test(text) && this.years.has(2_000 + value / 12)) return true;
        return /년|해/.test(text) && value % 12 === 0 && this.isBetweenYears(value / 12);
      case 'minutes':
        return [value, value - MINUTES_OF_A_DAY].some((distance) =>
          isBetween(
            this.dates.flatMap(({ minutes }) => minutes ?? []),
            distance,
          ),
        );
      case 'quarters':
        return this.dates.some(({ months }) => months && months[1] - months[0] === 2) && value <= 1;
      default:
        return false;
    }
  }

  private singleMonths(): number[] {
    return this.dates.flatMap(({ months }) => (months && months[0] === months[1] ? months[0] : []));
  }

  private isBetweenYears(years: number): boolean {
    const known = [...this.years];
    return known.some((first) =>
      known.some((second) => second - first === years || (years > 1 && second - first + 1 === years)),
    );
  }

  private hasDay(day: number): boolean {
    return (
      this.days.some(({ low, high }) => low <= day && day <= high && (low === day || high === day)) ||
      this.dates.some(({ days }) => days?.[0] === day) ||
      this.resolved.some((known) => known.day === day) ||
      this.published?.day === day
    );
  }

  private supportsYear({ year, relativeYear, months }: DateWords): boolean {
    const { published } = this;
    if (relativeYear !== undefined) {
      if (this.relativeYears.has(relativeYear)) return !months || !this.contradicts({ relativeYear, months });
      // A month without a year is one of this year.
      if (relativeYear === 0 && months) return this.undated(months);
      if (published && months && this.isPassedOn(relativeYear, months)) return true;
      if (relativeYear === 0)
        return (
          this.dates.some((date) => date.months && date.year === undefined && !date.relativeYear) ||
          (!published && this.years.size > 0)
        );
      const dated = months && this.dates.some((date) => date.year !== undefined && sameMonths(date, months));
      if (!published && dated) return true;
      return !published && relativeYear < -1 && this.years.size > 0;
    }
    if (year === undefined) return true;
    if (this.years.has(year)) return !months || !this.contradicts({ year, months });
    if (published && year === published.year)
      return months ? this.undated(months) : this.relativeYears.has(0);
    if (published && months && this.isPassedOn(year - published.year, months)) return true;
    return this.toldYears.some((known) => this.yearsAway.includes(year - known));
  }

  /** 지난 12월 that is told in January, 오는 3월 in November. */
  private isPassedOn(yearsAway: number, months: readonly [number, number]): boolean {
    const { month } = this.published!;
    return (
      this.undated(months) &&
      ((yearsAway === -1 && months[0] > month) ||
        (yearsAway === 1 && months[0] < month && this.original.says(/오는|내년|다음/)))
    );
  }

  /** Whether these months stand in the original, and never without another year. */
  private contradicts({ year, relativeYear, months }: Omit<DateWords, 'end'>): boolean {
    const wanted = year ?? this.yearOf({ relativeYear });
    if (wanted !== undefined && wanted + 1 === this.published?.year && this.original.says(SAME_MONTHS))
      return false;
    const same = this.dates.flatMap((date, index) => (sameMonths(date, months!) ? index : []));
    return (
      same.length > 0 &&
      same.every((index) => {
        const date = this.dates[index]!;
        const known = this.yearOf(date);
        if (known !== undefined && wanted !== undefined) return known !== wanted;
        if (relativeYear !== undefined && date.relativeYear !== undefined)
          return date.relativeYear !== relativeYear;
        return this.isThisYears(date) && wanted !== this.published!.year && this.yearBefore(index) !== wanted;
      })
    );
  }

  private yearOf({ year, relativeYear }: Partial<DateWords>): number | undefined {
    return (
      year ?? (relativeYear !== undefined && this.published ? this.published.year + relativeYear : undefined)
    );
  }

  /** A past month without a year. */
  private isThisYears({ year, relativeYear, months }: DateWords): boolean {
    return (
      year === undefined &&
      relativeYear === undefined &&
      this.published !== null &&
      months![1] <= this.published.month
    );
  }

  /** The year that was told last, which the months behind it may mean. */
  private yearBefore(index: number): number | undefined {
    const before = this.dates
      .slice(0, index)
      .findLast((date) => date.year !== undefined || date.relativeYear !== undefined);
    return before && this.yearOf(before);
  }

  private undated([from, to]: readonly [number, number]): boolean {
    return (
      this.dates.some(
        ({ months, year, relativeYear }) =>
          (months?.[0] === from || months?.[1] === to) && year === undefined && (relativeYear ?? 0) === 0,
      ) ||
      (from === to && this.resolvedMonths().includes(from))
    );
  }

  private supportsMonths({ months }: DateWords): boolean {
    if (!months) return true;
    const [from, to] = months;
    const own = this.dates.flatMap((date) => (date.months ? [date.months] : []));
    if (own.some((known) => known[0] === from && known[1] === to)) return true;
    if (from === 1 && own.some((known) => known[1] === to) && this.original.says(/누적|까지|들어|상반기/))
      return true;
    if (this.isOtherQuarter(from, to)) return true;
    if (from === to) {
      const singles = own.flatMap((known) =>
        known[0] === known[1] || known[1] === to || known[0] === from ? known : [],
      );
      if (from === 1 && this.original.says(/누적|들어|월까지|상반기/)) return true;
      if (singles.includes(from) || this.resolvedMonths().includes(from)) return true;
      // The month before one that is compared with the month before it.
      return (
        this.original.says(/전월|전달|한 달 전/) &&
        own.some((known) => known[0] === known[1] && known[0] % 12 === (from % 12) + 1)
      );
    }
    return [from, to].every((month) => own.some((known) => known[0] === known[1] && known[0] === month));
  }

  /** 1분기, told by 상반기 and 2분기; 상반기, told by nine months and the last three of them. */
  private isOtherQuarter(from: number, to: number): boolean {
    if (from === 1 && to === 6 && this.original.says(/누적|9월까지/))
      return this.dates.some(({ months }) => months?.[0] === 7 && months[1] === 9);
    if (to - from !== 2) return false;
    const half = from < 7 ? 1 : 7;
    const other = from === half ? half + 3 : half;
    const has = (first: number, last: number) =>
      this.dates.some(({ months }) => months?.[0] === first && months[1] === last);
    return has(half, half + 5) && has(other, other + 2);
  }

  private supportsDay({ days, months }: DateWords): boolean {
    if (!days) return true;
    const told = this.dates.filter((date) => date.days?.[0] === days[0]);
    if (told.some((date) => !date.months || !months || date.months[1] === months[1])) return true;
    const bare = this.days.some(({ low, high }) => low === days[0] || high === days[0]);
    if (bare) return true;
    return this.published?.day === days[0] && (!months || months[1] === this.published.month);
  }

  private supportsWeekday(weekday: number): boolean {
    if (this.dates.some((date) => date.weekday === weekday)) return true;
    if (this.original.says(WEEKDAYS_IN_BRACKETS[weekday]!)) return true;
    const { published } = this;
    if (!published) return false;
    const isDated = this.dates.some(({ year = published.year, months, days }) => {
      if (!months || !days) return false;
      const date = published.set({ year, month: months[1], day: days[0] });
      return date.isValid && date.weekday % 7 === weekday;
    });
    if (isDated) return true;
    const days = [
      ...this.days.map(({ low }) => low),
      ...this.dates.flatMap(({ days }) => days?.[0] ?? []),
      published.day,
    ];
    return days.some((day) => {
      const date = published.set({ day });
      return date.isValid && date.weekday % 7 === weekday;
    });
  }

  private supportsMonthWord(relative: number): boolean {
    const { published } = this;
    if (this.relativeMonths.has(relative)) return true;
    if (published) {
      const { month } = published.plus({ months: relative });
      return this.dates.some(({ months }) => months && months[0] <= month && month <= months[1]);
    }
    return (relative === 1 || this.relativeMonths.size === 0) && this.dates.some(({ months }) => months);
  }

  /** Without any such word a day that is told may be in that week. */
  private supportsRelative(known: Set<number>, relative: number): boolean {
    return (
      known.has(relative) ||
      (known.size === 0 && (this.days.length > 0 || this.dates.some(({ days }) => days)))
    );
  }

  /** Months that are only told by 지난달, 이달 and the article's date. */
  private resolvedMonths(): number[] {
    const { published } = this;
    if (!published) return [];
    const told = [...this.relativeMonths].map((relative) => published.plus({ months: relative }).month);
    return this.days.length > 0 ? [...told, published.month] : told;
  }
}

function isBetween(known: readonly number[], distance: number): boolean {
  const all = new Set(known);
  return known.some((first) => all.has(first + distance));
}

function sameMonths(date: DateWords, [from, to]: readonly [number, number]): boolean {
  return date.months?.[0] === from && date.months[1] === to;
}

/** Of dates that are written alike the first. */
function distinct(figures: readonly Figure[]): Figure[] {
  const seen = new Set<string>();
  return figures.filter(({ date, text }) => date && !seen.has(text) && seen.add(text));
}
