import type { DateTime } from 'luxon';
import type { Figure } from './figure';
import { COMMON_YEAR, MILLISECONDS_OF_A_DAY, type Day } from './resolved-days';

/** More than an article tells. */
const MAX_DAYS = 60;
const LAST_DAY = 31;
const MAX_BETWEEN = 12;
/** Between the first day of a span and its last one, and between the first and how many there are. */
const TO = /^(?:\([일월화수목금토]\))?(?:부터| ?[~-]| ?→|[과와] )/;
const FOR = /^(?:\([일월화수목금토]\))?부터 /;
const LONG = /^ ?(?:간|동안|일정|[,에]|연속|내내|$)/;

interface Told {
  month: number | undefined;
  year: number | undefined;
  from: number;
  to: number;
  start: number;
  end: number;
}

/** The spans of days of an original, both ends included: 7월 25일부터 8월 10일까지, 26~27일, 12일부터 이틀간. */
export class DaySpans {
  /** How many days the spans have. */
  readonly counts = new Set<number>();
  /** The last days of spans that are told by how long they are. */
  readonly ends: Day[] = [];

  constructor(
    private readonly text: string,
    figures: readonly Figure[],
    private readonly published: DateTime | null,
  ) {
    const days = figures.flatMap(dayOf).slice(0, MAX_DAYS);
    for (const { from, to } of days) if (to > from && to <= LAST_DAY) this.counts.add(to - from + 1);
    days.slice(1).forEach((second, index) => this.read(days[index]!, second));
    // Who tells 사흘간 of the 15th to the 18th counts nights, or errs: 나흘 is not what is told.
    for (const { from, to, end } of days)
      if (from === to && !this.counts.has(from) && /^ ?(?:간|동안)/.test(text.slice(end, end + 3)))
        [from - 1, from + 1].forEach((count) => this.counts.delete(count));
  }

  private read(first: Told, second: Told): void {
    const between = this.text.slice(first.end, second.start);
    if (first.to > LAST_DAY || between.length > MAX_BETWEEN) return;
    if (
      FOR.test(between) &&
      second.month === undefined &&
      LONG.test(this.text.slice(second.end, second.end + 3))
    )
      this.ends.push(...this.lastDay(first, second.from));
    else if (TO.test(between)) {
      const count = this.daysBetween(first, second) + 1;
      if (count > 1) this.counts.add(count);
    }
  }

  private lastDay({ year, month, from }: Told, count: number): Day[] {
    const told = { year, month, day: from + count - 1 };
    const known = month ?? this.published?.month;
    if (known === undefined) return told.day <= LAST_DAY ? [told] : [];
    const first = new Date(Date.UTC(year ?? this.published?.year ?? COMMON_YEAR, known - 1, from));
    first.setUTCDate(first.getUTCDate() + count - 1);
    return [{ year, month: first.getUTCMonth() + 1, day: first.getUTCDate() }];
  }

  private daysBetween(first: Told, second: Told): number {
    const year = first.year ?? this.published?.year ?? COMMON_YEAR;
    const month = first.month ?? this.published?.month ?? 1;
    const next = second.month ?? month;
    const nextYear = second.year ?? (next < month ? year + 1 : year);
    return (
      (Date.UTC(nextYear, next - 1, second.to) - Date.UTC(year, month - 1, first.from)) /
      MILLISECONDS_OF_A_DAY
    );
  }
}

function dayOf({ date, measure, low, high, start, text: { length } }: Figure): Told[] {
  const at = { start, end: start + length };
  if (measure === 'days') return [{ month: undefined, year: undefined, from: low, to: high, ...at }];
  if (!date?.days) return [];
  return [{ month: date.months?.[1], year: date.year, from: date.days[0], to: date.days[1], ...at }];
}
