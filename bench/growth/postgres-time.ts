import { readFileSync } from 'node:fs';

/** Microseconds on a core of each backend that serves a database, by process id. Linux only. */
export function backendTimes(postgresPid: number, database: string): Map<number, number> {
  const children = readFileSync(`/proc/${postgresPid}/task/${postgresPid}/children`, 'utf8');
  const times = new Map<number, number>();
  for (const pid of children.split(' ').filter(Boolean).map(Number)) {
    const [title, time] = [`/proc/${pid}/cmdline`, `/proc/${pid}/schedstat`].map(textOf);
    if (title?.split(' ').includes(database) && time) times.set(pid, Number(time.split(' ')[0]) / 1_000);
  }
  return times;
}

/** Microseconds that the backends of a database have worked between two looks. */
export function timeBetween(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  return [...after].reduce((sum, [pid, time]) => sum + time - (before.get(pid) ?? 0), 0);
}

/** Null of a process that has ended meanwhile. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
