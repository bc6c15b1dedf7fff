import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

/** A server that does not answer must not hold up a stop. */
const LEAVING_MS = 1_000;

/** pg's own end() does not wait for the connections to end: a database that stops next would still complain on them. */
export async function endPool(pool: pg.Pool): Promise<void> {
  let left = pool.totalCount;
  const ended = new Promise<void>((resolve) => {
    if (left === 0) resolve();
    pool.on('remove', () => --left === 0 && resolve());
  });
  await pool.end();
  await Promise.race([ended, delay(LEAVING_MS, undefined, { ref: false })]);
}
