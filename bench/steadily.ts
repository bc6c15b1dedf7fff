import { setTimeout as delay } from 'node:timers/promises';

/**
 * Begins pieces of work at even distances, whether or not those before are done. What is returned begins no more and waits
 * for those under way; it throws the first failure.
 */
export function steadily(perSecond: number, work: (n: number) => Promise<unknown>): () => Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let isOver = false;
  const begin = async (n: number) => {
    await work(n).catch((error: unknown) => failures.push(error));
  };
  const beginning = (async () => {
    const startedAt = performance.now();
    for (let n = 0; !isOver; n += 1) {
      const aheadMs = startedAt + (n * 1000) / perSecond - performance.now();
      if (aheadMs > 0) await delay(aheadMs);
      const begun: Promise<void> = begin(n).finally(() => underWay.delete(begun));
      underWay.add(begun);
    }
  })();
  return async () => {
    isOver = true;
    await beginning;
    await Promise.all(underWay);
    if (failures.length > 0) throw failures[0];
  };
}
