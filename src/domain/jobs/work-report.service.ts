import type { Pool } from 'pg';
import { lookAtJobs } from '../../adapters/telemetry/metrics';
import type { Logger } from '../../logger';
import type { SpendingService } from '../spending/spending.service';

/** Watchers of a log look for this text: deploy/stack/work-figures.ts. */
export const WORK_LINE = 'how the work stands';

export interface WorkReportDeps {
  pool: Pool;
  logger: Logger;
  spending: Pick<SpendingService, 'usedPercent'>;
}

/** Tells the log how the work stands, for whoever watches logs and reads no /metrics. */
export class WorkReportService {
  constructor(private readonly deps: WorkReportDeps) {}

  /** One line: jobs, seconds that the oldest due one has waited, percent of the day's budget when there is one. */
  async tell(): Promise<void> {
    const { pool, logger, spending } = this.deps;
    const jobs = await lookAtJobs(pool);
    const budgetUsedPercent = await spending.usedPercent();
    logger.info({ ...jobs, ...(budgetUsedPercent !== null && { budgetUsedPercent }) }, WORK_LINE);
  }
}
