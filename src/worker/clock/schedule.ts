import { DateTime } from 'luxon';

/** When a task runs: so many minutes after it last ended, or each day at a time (HH:MM) of Asia/Seoul. */
export type Schedule = { everyMinutes: number } | { dailyAt: `${number}:${number}` };

/** The first run after `now`: runs that were missed before do not count. */
export function nextRunAfter(schedule: Schedule, now: Date): Date {
  if ('everyMinutes' in schedule) return new Date(now.getTime() + schedule.everyMinutes * 60_000);
  const [hour, minute] = schedule.dailyAt.split(':').map(Number);
  const local = DateTime.fromJSDate(now, { zone: 'Asia/Seoul' });
  const today = local.set({ hour: hour!, minute: minute!, second: 0, millisecond: 0 });
  return (today > local ? today : today.plus({ days: 1 })).toJSDate();
}
