import { DateTime } from 'luxon';

const ZONE = 'Asia/Seoul';

/** The day in Asia/Seoul, e.g. 2026-01-01. */
export function koreanDay(at: Date): string {
  return DateTime.fromJSDate(at, { zone: ZONE }).toISODate()!;
}

/** When the day in Asia/Seoul is over. */
export function koreanMidnightAfter(at: Date): Date {
  return DateTime.fromJSDate(at, { zone: ZONE }).startOf('day').plus({ days: 1 }).toJSDate();
}

/** Milliseconds until the day in Asia/Seoul is over. */
export function untilKoreanMidnight(at: Date): number {
  return koreanMidnightAfter(at).getTime() - at.getTime();
}

/** The Monday that the week in Asia/Seoul began with. */
export function koreanWeekStart(at: Date): string {
  return DateTime.fromJSDate(at, { zone: ZONE }).startOf('week').toISODate()!;
}

/** The day in Asia/Seoul as readers write it, e.g. 2026년 1월 1일. */
export function koreanDate(at: Date): string {
  return DateTime.fromJSDate(at, { zone: ZONE }).toFormat('yyyy년 M월 d일');
}
