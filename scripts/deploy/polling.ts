import { setTimeout as delay } from 'node:timers/promises';

export interface Polling {
  everyMs: number;
  /** Ends every wait. */
  signal: AbortSignal;
}

/** Asks again and again until the answer is truthy. Throws after so many seconds, and when it is to stop. */
export async function pollUntil<T>(
  { everyMs, signal }: Polling,
  what: string,
  seconds: number,
  probe: () => Promise<T | null | false>,
): Promise<T> {
  const giveUpAt = performance.now() + seconds * 1000;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (performance.now() > giveUpAt) throw new Error(`waited ${seconds} s in vain until ${what}`);
    await delay(everyMs, undefined, { signal });
  }
}
