import { DateTime } from 'luxon';

/** When a task runs: so many minutes after it last ended, each day, or each Monday, at a time (HH:MM) of Asia/Seoul. */
export type Schedule =
  { everyMinutes: number } | { dailyAt: `${number}:${number}` } | { weeklyAt: `Monday ${number}:${number}` };

/** The first run after `now`: runs that were missed before do not count. */
export function nextRunAfter(schedule: Schedule, now: Date): Date {
  if ('everyMinutes' in schedule) return new Date(now.getTime() + schedule.everyMinutes * 60_000);
  const isWeekly = 'weeklyAt' in schedule;
  const time = isWeekly ? schedule.weeklyAt.replace('Monday ', '') : schedule.dailyAt;
  const [hour, minute] = time.split(':').map(Number);
  const local = DateTime.fromJSDate(now, { zone: 'Asia/Seoul' });
  const begun = isWeekly ? local.startOf('week') : local;
  const run = begun.set({ hour: hour!, minute: minute!, second: 0, millisecond: 0 });
  return (run > local ? run : run.plus({ days: isWeekly ? 7 : 1 })).toJSDate();
}
