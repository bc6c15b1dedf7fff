import {
  DAY_WORDS,
  MONTH_WORDS,
  QUARTER_WORDS,
  SHORTER_SPAN,
  WEEK_WORDS,
  YEAR_WORDS,
} from './date-implications';
import type { Figure } from './figure';
import type { OriginalText } from './original-text';
import type { ToldDates } from './told-dates';

const MINUTES_OF_A_DAY = 1_440;

/** Whether an original supports a length of time by the days and times that it tells. */
export class DurationSupport {
  constructor(
    private readonly original: OriginalText,
    private readonly told: ToldDates,
  ) {}

  /** 15일 for 3월 15일; 1년 for 전년; 3년 of two years that are told. */
  supports({ measure, native, text }: Figure, value: number): boolean {
    switch (measure) {
      case 'days':
        if (this.hasDay(value) || this.isDaysAway(value) || this.told.spans.counts.has(value)) return true;
        return value === 1
          ? this.original.says(DAY_WORDS) || native
          : value === 7 && this.original.says(WEEK_WORDS);
      case 'weeks':
        return this.told.spans.counts.has(7 * value) || (value === 1 && this.original.says(WEEK_WORDS));
      case 'months':
        if (value === 12 && (this.original.says(YEAR_WORDS) || (native && !this.original.says(SHORTER_SPAN))))
          return true;
        if (value === 1 && this.original.says(MONTH_WORDS)) return true;
        if (value === 3 && this.original.says(QUARTER_WORDS)) return true;
        if (this.told.dates.some(({ months }) => months && months[1] - months[0] + 1 === value && value > 1))
          return true;
        if (value > 1 && value < 12 && isBetween(this.singleMonths(), value)) return true;
        // 25년 of '25년.
        if (/^\d\d년/.test(text) && this.told.years.has(2_000 + value / 12)) return true;
        return /년|해/.test(text) && value % 12 === 0 && this.isBetweenYears(value / 12);
      case 'minutes':
        return [value, value - MINUTES_OF_A_DAY].some((distance) => isBetween(this.told.times, distance));
      case 'quarters':
        return this.told.dates.some(({ months }) => months && months[1] - months[0] === 2) && value <= 1;
      default:
        return false;
    }
  }

  private singleMonths(): number[] {
    return this.told.dates.flatMap(({ months }) => (months && months[0] === months[1] ? months[0] : []));
  }

  private isBetweenYears(years: number): boolean {
    const known = [...this.told.years];
    return known.some((first) =>
      known.some((second) => second - first === years || (years > 1 && second - first + 1 === years)),
    );
  }

  /** 일주일 뒤 for the 12th in an article of the 5th. */
  private isDaysAway(count: number): boolean {
    const { published, dates, days } = this.told;
    if (!published) return false;
    const told = [...dates.flatMap((date) => date.days?.[0] ?? []), ...days.map(({ low }) => low)];
    return told.some((day) => Math.abs(day - published.day) === count);
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
