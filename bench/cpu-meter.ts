import { readdirSync, readFileSync } from 'node:fs';

/**
 * Tells the microseconds of CPU of a process and its children so far, from Linux's /proc. Of a child that has ended counts
 * what it had when it was last looked at.
 */
export function cpuMeter(root: number): () => number {
  const seen = new Map<string, number>();
  return () => {
    for (const entry of readdirSync('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      try {
        const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
        const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (Number(entry) !== root && Number(parent) !== root) continue;
        // In nanoseconds, where `stat` counts in hundredths of a second.
        const [onCpu] = readFileSync(`/proc/${entry}/schedstat`, 'utf8').split(' ');
        seen.set(entry, Number(onCpu) / 1000);
      } catch {
        continue; // it has just ended
      }
    }
    return [...seen.values()].reduce((sum, microseconds) => sum + microseconds, 0);
  };
}
