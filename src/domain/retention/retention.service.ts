import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Config } from '../../config/config';
import type { Logger } from '../../logger';
import type { Clock } from '../shared/clock';
import { RETENTION_BATCH, retentionRules, type RetentionRule } from './retention-rules';

const MAX_BATCHES = 100;
/** Lets others at the database between two statements. */
const PAUSE_MS = 50;

export interface RetentionDeps {
  pool: Pool;
  clock: Clock;
  logger: Logger;
  retention: Config['retention'];
}

/** Deletes what has been kept for long enough. */
export class RetentionService {
  private readonly rules: RetentionRule[];

  constructor(private readonly deps: RetentionDeps) {
    this.rules = retentionRules(deps.retention);
  }

  /**
   * At most 100,000 rows a rule, each 1,000 in a statement of their own; the next run goes on where this one ended.
   * A rule that fails does not keep the others from being applied; the first failure is thrown in the end.
   */
  async apply(signal: AbortSignal): Promise<void> {
    const faults: unknown[] = [];
    for (const rule of this.rules) {
      try {
        await this.applyRule(rule, signal);
      } catch (error) {
        signal.throwIfAborted();
        faults.push(new Error(`the retention of ${rule.name} failed`, { cause: error }));
      }
    }
    if (faults.length > 0) throw faults[0];
  }

  private async applyRule({ name, cutoff, sql }: RetentionRule, signal: AbortSignal): Promise<void> {
    const { pool, clock, logger } = this.deps;
    const before = cutoff(clock.now());
    if (before === null) return;
    let deleted = 0;
    try {
      for (let batch = 1; batch <= MAX_BATCHES; batch += 1) {
        signal.throwIfAborted();
        const { rowCount } = await pool.query({
          name: `retention-${name}`,
          text: sql,
          values: [before],
        });
        deleted += rowCount ?? 0;
        if ((rowCount ?? 0) < RETENTION_BATCH) return;
        await delay(PAUSE_MS, undefined, { signal });
      }
      logger.warn({ rule: name, deleted }, 'more rows wait to be deleted than one run deletes');
    } finally {
      if (deleted > 0) logger.info({ rule: name, deleted, before }, 'rows were deleted after their time');
    }
  }
}
