import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { plannedAnew } from '../../adapters/database/planned-anew';
import type { Config } from '../../config/config';
import type { Logger } from '../../logger';
import type { Clock } from '../shared/clock';
import { RETENTION_BATCH, retentionRules, type RetentionRule } from './retention-rules';

/** A run holds its task's row for so long. */
const RUN_MS = 20_000;
/** Lets others at the database between two statements. */
const PAUSE_MS = 50;

/** Deletes what has been kept for long enough. */
export class RetentionService {
  private readonly rules: RetentionRule[];

  constructor(
    private readonly deps: { pool: Pool; clock: Clock; logger: Logger; retention: Config['retention'] },
  ) {
    this.rules = retentionRules(deps.retention);
  }

  /**
   * For about 20 s, 1,000 rows a statement; true when there is more, and the next run goes on where this one ended.
   * A rule that fails does not keep the others from being applied; the first failure is thrown in the end.
   */
  async apply(signal: AbortSignal): Promise<boolean> {
    const deadline = performance.now() + RUN_MS;
    const faults: unknown[] = [];
    let more = false;
    for (const rule of this.rules) {
      try {
        more = (await this.applyRule(rule, deadline, signal)) || more;
      } catch (error) {
        signal.throwIfAborted();
        faults.push(new Error(`the retention of ${rule.name} failed`, { cause: error }));
      }
    }
    if (faults.length > 0) throw faults[0];
    return more;
  }

  /** At least one batch, so that no rule starves; true when the deadline has passed and there is more. */
  private async applyRule(
    { name, cutoff, sql }: RetentionRule,
    deadline: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { pool, clock, logger } = this.deps;
    const before = cutoff(clock.now());
    if (before === null) return false;
    let deleted = 0;
    try {
      for (;;) {
        signal.throwIfAborted();
        const { rowCount } = await pool.query(
          plannedAnew({
            name: `retention-${name}`,
            text: sql,
            values: [before],
          }),
        );
        deleted += rowCount ?? 0;
        if ((rowCount ?? 0) < RETENTION_BATCH) return false;
        if (performance.now() > deadline) return true;
        await delay(PAUSE_MS, undefined, { signal });
      }
    } finally {
      if (deleted > 0) logger.info({ rule: name, deleted, before }, 'rows were deleted after their time');
    }
  }
}
