/** Milliseconds of processor time that the work takes in this process: other test files run at the same time. */
export async function processorTime(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

/**
 * The most that hostile input may take where ordinary input of the same work took so long just before: ten times that, and
 * a collection of garbage. Not milliseconds: busy cores share their caches and clock, and take up to three times as many.
 */
export function atMostTenTimes(ordinary: number): number {
  return 300 + 10 * ordinary;
}
