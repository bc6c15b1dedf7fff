import type { DateWords } from '../../korean/date-words';
import {
  HALF_YEAR,
  QUARTER_BEFORE,
  SAME,
  SAME_MONTHS,
  UNCHANGED,
  WEEKDAYS_IN_BRACKETS,
} from './date-implications';
import type { OriginalText } from './original-text';
import type { ToldDates } from './told-dates';

/** Whether an original supports a day or a time. */
export class DateSupport {
  constructor(
    private readonly original: OriginalText,
    private readonly told: ToldDates,
  ) {}

  /** `after` is what stands behind it: 3분기까지. */
  supports(date: DateWords, after: string): boolean {
    const [from, to] = date.days ?? [0, 0];
    if (from !== to) return [from, to].every((day) => this.supports({ ...date, days: [day, day] }, after));
    if (this.isUnchanged(date, after)) return true;
    if (date.minutes) return [date.minutes, date.fromMinutes].every((some) => !some || this.hasTime(some));
    if (date.weekday !== undefined) return this.supportsWeekday(date.weekday);
    if (date.relativeWeek !== undefined)
      return this.supportsRelative(this.told.relativeWeeks, date.relativeWeek);
    if (date.relativeMonth !== undefined)
      return (
        this.supportsMonthWord(date.relativeMonth) &&
        this.supportsDay({ end: 0, ...(date.days && { days: date.days }) })
      );
    if (this.isResolved(date)) return true;
    return this.supportsYear(date) && this.supportsMonths(date, after) && this.supportsDay(date);
  }

  /** 올해와 같아요 where what is of the next year was left as it is, 지난달과 같아요 of this month. */
  private isUnchanged({ relativeYear, relativeMonth, months, days }: DateWords, after: string): boolean {
    if (months || days || !SAME.test(after) || !this.original.says(UNCHANGED)) return false;
    return relativeMonth === undefined
      ? relativeYear !== undefined && relativeYear <= 0 && this.told.relativeYears.has(relativeYear + 1)
      : relativeMonth === -1;
  }

  private isResolved({ year, relativeYear, months, days }: DateWords): boolean {
    if (!days) return false;
    const wanted = this.yearOf({ year, relativeYear });
    return this.told.resolved.some(
      (known) =>
        known.day === days[0] &&
        (months === undefined || known.month === undefined || known.month === months[1]) &&
        (wanted === undefined || known.year === undefined || known.year === wanted) &&
        (months === undefined || known.month !== undefined || this.supportsMonths({ end: 0, months }, '')),
    );
  }

  private hasTime(wanted: readonly number[]): boolean {
    return this.told.times.some((minute) => wanted.includes(minute));
  }

  /** A range of days: 15~18일. */
  supportsDays(from: number, to: number): boolean {
    return this.told.dates.some(({ days }) => days?.[0] === from && days[1] === to);
  }

  private supportsYear({ year, relativeYear, months }: DateWords): boolean {
    const { published } = this.told;
    if (relativeYear !== undefined) {
      if (this.told.relativeYears.has(relativeYear))
        return !months || !this.contradicts({ relativeYear, months });
      // A month without a year is one of this year.
      if (relativeYear === 0 && months) return this.undated(months);
      if (published && months && this.isPassedOn(relativeYear, months)) return true;
      if (relativeYear === 0)
        return (
          this.told.dates.some((date) => date.months && date.year === undefined && !date.relativeYear) ||
          (!published && this.told.years.size > 0)
        );
      const dated =
        months && this.told.dates.some((date) => date.year !== undefined && sameMonths(date, months));
      if (!published && dated) return true;
      return !published && relativeYear < -1 && this.told.years.size > 0;
    }
    if (year === undefined) return true;
    if (this.told.years.has(year)) return !months || !this.contradicts({ year, months });
    if (published && year === published.year)
      return months ? this.undated(months) : this.told.relativeYears.has(0);
    if (published && months && this.isPassedOn(year - published.year, months)) return true;
    return this.told.toldYears.some((known) => this.told.yearsAway.includes(year - known));
  }

  /** 지난 12월 that is told in January, 오는 3월 in November. */
  private isPassedOn(yearsAway: number, months: readonly [number, number]): boolean {
    const { month } = this.told.published!;
    return (
      this.undated(months) &&
      ((yearsAway === -1 && months[0] > month) ||
        (yearsAway === 1 && months[0] < month && this.original.says(/오는|내년|다음/)))
    );
  }

  /** Whether these months stand in the original, and never without another year. */
  private contradicts({ year, relativeYear, months }: Omit<DateWords, 'end'>): boolean {
    const wanted = year ?? this.yearOf({ relativeYear });
    if (wanted !== undefined && wanted + 1 === this.told.published?.year && this.original.says(SAME_MONTHS))
      return false;
    const same = this.told.dates.flatMap((date, index) => (sameMonths(date, months!) ? index : []));
    return (
      same.length > 0 &&
      same.every((index) => {
        const date = this.told.dates[index]!;
        const known = this.yearOf(date);
        if (known !== undefined && wanted !== undefined) return known !== wanted;
        if (relativeYear !== undefined && date.relativeYear !== undefined)
          return date.relativeYear !== relativeYear;
        return (
          this.isThisYears(date) && wanted !== this.told.published!.year && this.yearBefore(index) !== wanted
        );
      })
    );
  }

  private yearOf({ year, relativeYear }: Partial<DateWords>): number | undefined {
    return (
      year ??
      (relativeYear !== undefined && this.told.published
        ? this.told.published.year + relativeYear
        : undefined)
    );
  }

  /** A past month without a year. */
  private isThisYears({ year, relativeYear, months }: DateWords): boolean {
    return (
      year === undefined &&
      relativeYear === undefined &&
      this.told.published !== null &&
      months![1] <= this.told.published.month
    );
  }

  /** The year that was told last, which the months behind it may mean. */
  private yearBefore(index: number): number | undefined {
    const before = this.told.dates
      .slice(0, index)
      .findLast((date) => date.year !== undefined || date.relativeYear !== undefined);
    return before && this.yearOf(before);
  }

  private undated([from, to]: readonly [number, number]): boolean {
    return (
      this.told.dates.some(
        ({ months, year, relativeYear }) =>
          (months?.[0] === from || months?.[1] === to) && year === undefined && (relativeYear ?? 0) === 0,
      ) ||
      (from === to && this.resolvedMonths().includes(from))
    );
  }

  private supportsMonths({ months, days }: DateWords, after: string): boolean {
    if (!months) return true;
    const [from, to] = months;
    const own = this.told.dates.flatMap((date) => (date.months ? [date.months] : []));
    if (own.some((known) => known[0] === from && known[1] === to)) return true;
    if (from === 1 && own.some((known) => known[1] === to) && this.original.says(/누적|까지|들어|상반기/))
      return true;
    if (this.isOtherQuarter(from, to) || this.isQuarterBefore(from, to)) return true;
    if (/^ ?(?:까지|누적)/.test(after) && own.some((known) => known[0] === 1 && known[1] === to)) return true;
    if (from === to) {
      const singles = own.flatMap((known) =>
        known[0] === known[1] || known[1] === to || known[0] === from ? known : [],
      );
      const isEnd = /^ ?까지/.test(after);
      if (from === 1 && !isEnd && this.original.says(/누적|들어|월까지|상반기/)) return true;
      // 4월부터 for 20일부터.
      const isOfDay = days !== undefined || (/^ ?부터/.test(after) && this.original.says(/\d일부터/));
      if (singles.includes(from) || this.resolvedMonths(isOfDay).includes(from)) return true;
      // The month before one that is compared with the month before it.
      return (
        this.original.says(/전월|전달|한 달 전/) &&
        own.some((known) => known[0] === known[1] && (known[0] + 11) % 12 === from % 12)
      );
    }
    return [from, to].every((month) => own.some((known) => known[0] === known[1] && known[0] === month));
  }

  /** 1분기, told by 상반기 and 2분기; 상반기, told by nine months and the last three of them. */
  private isOtherQuarter(from: number, to: number): boolean {
    const has = (first: number, last: number) =>
      this.told.dates.some(({ months }) => months?.[0] === first && months[1] === last);
    if (from === 1 && to === 6 && has(7, 9) && this.original.says(/누적|9월까지/)) return true;
    if (to - from === 5) return has(from, from + 2) && has(from + 3, to);
    if (to - from !== 2) return false;
    const half = from < 7 ? 1 : 7;
    const other = from === half ? half + 3 : half;
    return has(half, half + 5) && has(other, other + 2) && this.original.says(HALF_YEAR);
  }

  /** 3분기 for the 전분기 of a 4분기. */
  private isQuarterBefore(from: number, to: number): boolean {
    if (to - from !== 2 || !this.original.says(QUARTER_BEFORE)) return false;
    const first = this.told.dates.find(({ months }) => months && months[1] - months[0] === 2);
    return first?.months?.[0] === (to % 12) + 1;
  }

  private supportsDay({ days, months }: DateWords): boolean {
    if (!days) return true;
    const told = this.told.dates.filter((date) => date.days?.[0] === days[0]);
    if (told.some((date) => !date.months || !months || date.months[1] === months[1])) return true;
    const bare = this.told.days.some(({ low, high }) => low === days[0] || high === days[0]);
    if (bare) return true;
    return this.told.published?.day === days[0] && (!months || months[1] === this.told.published.month);
  }

  private supportsWeekday(weekday: number): boolean {
    if (this.told.dates.some((date) => date.weekday === weekday)) return true;
    if (this.original.says(WEEKDAYS_IN_BRACKETS[weekday]!)) return true;
    const { published } = this.told;
    if (!published) return false;
    const isDated = this.told.dates.some(({ year = published.year, months, days }) => {
      if (!months || !days) return false;
      const date = published.set({ year, month: months[1], day: days[0] });
      return date.isValid && date.weekday % 7 === weekday;
    });
    if (isDated) return true;
    const days = [
      ...this.told.days.map(({ low }) => low),
      ...this.told.dates.flatMap(({ days }) => days?.[0] ?? []),
      published.day,
    ];
    return days.some((day) => {
      const date = published.set({ day });
      return date.isValid && date.weekday % 7 === weekday;
    });
  }

  private supportsMonthWord(relative: number): boolean {
    const { published } = this.told;
    if (this.told.relativeMonths.has(relative)) return true;
    if (published) {
      const { month } = published.plus({ months: relative });
      return this.told.dates.some(({ months }) => months && months[0] <= month && month <= months[1]);
    }
    return (
      (relative === 1 || this.told.relativeMonths.size === 0) && this.told.dates.some(({ months }) => months)
    );
  }

  /** Without any such word a day that is told may be in that week. */
  private supportsRelative(known: Set<number>, relative: number): boolean {
    return (
      known.has(relative) ||
      (known.size === 0 && (this.told.days.length > 0 || this.told.dates.some(({ days }) => days)))
    );
  }

  /** Months that are only told by 지난달, 이달 and the article's date. */
  private resolvedMonths(isOfDay = true): number[] {
    const { published } = this.told;
    if (!published) return [];
    const told = [...this.told.relativeMonths].map((relative) => published.plus({ months: relative }).month);
    // The 18일 of an article of May is one of May, and what it tells of April is not.
    return isOfDay && this.told.days.length > 0 ? [...told, published.month] : told;
  }
}

function sameMonths(date: DateWords, [from, to]: readonly [number, number]): boolean {
  return date.months?.[0] === from && date.months[1] === to;
}
