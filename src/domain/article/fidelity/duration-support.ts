import {
  DAY_WORDS,
  MONTH_WORDS,
  QUARTER_WORDS,
  SHORTER_SPAN,
  WEEK_WORDS,
  YEAR_WORDS,
} from './date-implications';
import type { DateTime } from 'luxon';
import type { Figure } from './figure';
import type { OriginalText } from './original-text';
import { COMMON_YEAR, MILLISECONDS_OF_A_DAY } from './resolved-days';
import type { Mark } from './rounding-marks';
import type { ToldDates } from './told-dates';

const MINUTES_OF_A_DAY = 1_440;
const AWAY = /^(?:쯤|정도|가량)? ?(?:뒤|후|전|만|앞|남)/;
/** 7일 동안, of which no 7일 of a month tells. */
const LASTING = /^ ?(?:동안|간|만|째|연속|내내|뒤|후|전|이내|안에|사이|새)/;
/** How far some years may be from those that go by. */
const ABOUT_YEARS = 0.05;
/** The same of days. */
const ABOUT_DAYS = 0.1;

/** Whether an original supports a length of time by the days and times that it tells. */
export class DurationSupport {
  constructor(
    private readonly original: OriginalText,
    private readonly told: ToldDates,
  ) {}

  /** 15일 for 3월 15일; 1년 for 전년; 3년 of two years that are told. */
  supports({ measure, native, text, mark }: Figure, value: number, after: string): boolean {
    switch (measure) {
      case 'days':
        if (
          this.told.spans.counts.has(value) ||
          (AWAY.test(after) && (this.isDaysAway(value, mark) || this.isBetweenDays(value)))
        )
          return true;
        if (!LASTING.test(after) && this.hasDay(value)) return true;
        return value === 1
          ? this.original.says(DAY_WORDS) || native
          : value === 7 && this.original.says(WEEK_WORDS);
      case 'weeks':
        return (
          this.told.spans.counts.has(7 * value) ||
          (value === 1 && this.original.says(WEEK_WORDS)) ||
          (AWAY.test(after) && (this.isDaysAway(7 * value, mark) || this.isBetweenDays(7 * value)))
        );
      case 'months':
        if (value === 12 && (this.original.says(YEAR_WORDS) || (native && !this.original.says(SHORTER_SPAN))))
          return true;
        if (value === 1 && this.original.says(MONTH_WORDS)) return true;
        if (value === 3 && this.original.says(QUARTER_WORDS)) return true;
        if (this.told.dates.some(({ months }) => months && months[1] - months[0] + 1 === value && value > 1))
          return true;
        if (value > 1 && value < 12 && isBetween(this.singleMonths(), value)) return true;
        if (this.isSpanOfMonths(value) || (AWAY.test(after) && this.isMonthsAway(value))) return true;
        // 25년 of '25년.
        if (/^\d\d년/.test(text) && this.told.years.has(2_000 + value / 12)) return true;
        if (this.isBetweenMonths(value)) return true;
        return (
          /년|해/.test(text) &&
          value % 12 === 0 &&
          this.isBetweenYears(value / 12, mark !== null, AWAY.test(after))
        );
      case 'minutes':
        return [value, value - MINUTES_OF_A_DAY].some((distance) => isBetween(this.told.times, distance));
      case 'quarters':
        return this.told.dates.some(
          ({ months }) => months && (months[1] - months[0] + 1) / 3 === value && (value === 1 || value === 3),
        );
      default:
        return false;
    }
  }

  private singleMonths(): number[] {
    return this.told.dates.flatMap(({ months }) => (months && months[0] === months[1] ? months[0] : []));
  }

  /** 열 달 for 3월부터 12월까지. */
  private isSpanOfMonths(count: number): boolean {
    const { dates } = this.told;
    return (
      count > 1 &&
      this.original.says(/월(?: ?말)?까지/) &&
      dates.slice(1).some(({ months }, index) => {
        const from = dates[index]!.months;
        return from && months && from[0] === from[1] && months[1] - from[0] + 1 === count;
      })
    );
  }

  /** 두 달 뒤 for June in an article of April. */
  private isMonthsAway(count: number): boolean {
    const { published, dates } = this.told;
    if (!published) return false;
    return dates.some(
      ({ year, relativeYear, months }) =>
        months &&
        [months[0], months[1]].some((month) => {
          const years = (year ?? published.year + (relativeYear ?? 0)) - published.year;
          return Math.abs(12 * years + month - published.month) === count;
        }),
    );
  }

  /** 3년 3개월 for 2024년 9월 and 2027년 12월. */
  private isBetweenMonths(count: number): boolean {
    const months = this.told.dates.flatMap(({ year, months: told }) =>
      year !== undefined && told && told[0] === told[1] ? 12 * year + told[0] : [],
    );
    if (this.isSinceLastYear(count)) return true;
    return isBetween(months, count) || (this.original.says(/까지/) && isBetween(months, count - 1));
  }

  /** 두 달 만에 for 2월 말 beside 작년 말. */
  private isSinceLastYear(count: number): boolean {
    return (
      this.original.says(/(?:작년|지난해|전년) ?(?:12월 )?말/) &&
      count < 12 &&
      this.singleMonths().includes(count)
    );
  }

  private isBetweenYears(years: number, isAbout: boolean, isAway: boolean): boolean {
    const { published, toldYears, tellsYears } = this.told;
    const known = [...this.told.years, ...(published ? [published.year] : [])];
    const isApart = (all: readonly number[], distance: number) =>
      all.some((first) => all.some((second) => second - first === distance));
    const room = isAbout ? Math.floor(ABOUT_YEARS * years) : 0;
    const isNearly = [years - room, years + room].some((distance) => isApart(known, distance));
    return isNearly || (years > 1 && !isAway && !tellsYears && isApart(toldYears, years - 1));
  }

  /** 일주일 뒤 for the 12th in an article of the 5th, 사흘 뒤 for 7월 3일 in one of 6월 30일. */
  private isDaysAway(count: number, mark: Mark | null): boolean {
    const { published, dates, days } = this.told;
    if (!published) return false;
    const room = mark === null ? 0 : Math.max(1, Math.floor(ABOUT_DAYS * count));
    const today = published.startOf('day');
    const isAway = (day: DateTime) =>
      day.isValid && Math.abs(Math.abs(Math.round(day.diff(today, 'days').days)) - count) <= room;
    const isDated = dates.some(({ year, relativeYear, relativeMonth, months, days: own }) => {
      if (!own) return false;
      const month = months?.[1] ?? today.plus({ months: relativeMonth ?? 0 }).month;
      const known = year ?? (relativeYear === undefined ? undefined : today.year + relativeYear);
      const years = known === undefined ? [today.year - 1, today.year, today.year + 1] : [known];
      return years.some((one) => isAway(today.set({ year: one, month, day: own[0] })));
    });
    return (
      isDated ||
      days.some(({ low }) =>
        [-1, 0, 1].some((month) => isAway(today.plus({ months: month }).set({ day: low }))),
      )
    );
  }

  /** 보름 뒤 for 3월 17일 and 4월 1일. */
  private isBetweenDays(count: number): boolean {
    const year = this.told.published?.year ?? COMMON_YEAR;
    const days = this.told.dates.flatMap(({ months, days: told }) =>
      months && told ? Date.UTC(year, months[1] - 1, told[0]) / MILLISECONDS_OF_A_DAY : [],
    );
    return isBetween(days, count);
  }

  private hasDay(day: number): boolean {
    return (
      this.told.days.some(({ low, high }) => low <= day && day <= high && (low === day || high === day)) ||
      this.told.dates.some(({ days }) => days?.[0] === day) ||
      this.told.resolved.some((known) => known.day === day) ||
      this.told.published?.day === day
    );
  }
}

function isBetween(known: readonly number[], distance: number): boolean {
  const all = new Set(known);
  return known.some((first) => all.has(first + distance));
}
