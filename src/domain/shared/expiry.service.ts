import type { Pool } from 'pg';
import type { Clock } from './clock';

const SWEEP_LIMIT = 1_000;
const EVERY_MS = 60_000;

/** Deletes rows that only had a meaning until they expired, so that their tables stay small. */
export class ExpiryService {
  private lastSweep = 0;

  constructor(private readonly deps: { pool: Pool; clock: Clock }) {}

  /** Deletes at most 1,000 rows a table, at most once a minute. */
  async sweep(): Promise<void> {
    const now = this.deps.clock.now();
    if (now.getTime() - this.lastSweep < EVERY_MS) return;
    this.lastSweep = now.getTime();
    for (const table of ['SpentLoginState', 'IdempotencyKey'])
      await this.deps.pool.query(
        `DELETE FROM "${table}" WHERE ctid = ANY(ARRAY(SELECT ctid FROM "${table}" WHERE "expiresAt" < $1 LIMIT ${SWEEP_LIMIT}))`,
        [now],
      );
  }
}
