import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseOutage } from './database-errors';

const PAUSE_MS = 250;

/** Writes again and again while the database is away, for at most so long; `write` must bear to be repeated. */
export async function throughOutage<T>(write: () => Promise<T>, longestMs: number): Promise<T> {
  const deadline = Date.now() + longestMs;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isDatabaseOutage(error) || Date.now() > deadline) throw error;
      await delay(PAUSE_MS);
    }
  }
}
