import { openDatabase } from '../../../src/adapters/database/database';
import { Metrics } from '../../../src/adapters/telemetry/metrics';
import { WORK_LINE, WorkReportService } from '../../../src/domain/jobs/work-report.service';
import { SpendingService } from '../../../src/domain/spending/spending.service';
import { createLogger } from '../../../src/logger';
import { TestClock } from '../../helpers/clock';
import { createTestDatabase } from '../../helpers/test-database';

describe('the line that tells how the work stands', () => {
  const opened: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const close of opened.reverse()) await close();
  });

  async function world(dailyBudgetUsd: number | null) {
    const own = await createTestDatabase();
    opened.push(() => own.drop());
    const lines: Record<string, unknown>[] = [];
    const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
    const logger = createLogger({ level: 'info', pretty: false, destination: { write } });
    const database = openDatabase({ url: own.url, connections: 2, logger });
    opened.push(() => database.close());
    const { pool, prisma } = database;
    const deps = { pool, clock: new TestClock(), metrics: new Metrics(), logger, dailyBudgetUsd };
    const spending = new SpendingService(deps);
    return { lines, prisma, spending, report: new WorkReportService({ pool, logger, spending }) };
  }

  it('has the jobs, how long the oldest due one has waited, and what is used of the budget', async () => {
    const { lines, prisma, spending, report } = await world(4);
    const ago = new Date(Date.now() - 100_000);
    const later = new Date(Date.now() + 100_000);
    for (const nextAttemptAt of [ago, later])
      await prisma.generationJob.create({ data: { kind: 'COLLECTION', input: {}, nextAttemptAt } });
    const purpose = { purpose: 'ARTICLE', jobId: null, promptVersion: 'v1' } as const;
    await spending.reserve(purpose, { provider: 'p', model: 'm', maxCostUsd: 1 });

    await report.tell();
    expect(lines).toMatchObject([{ msg: WORK_LINE, queued: 2, running: 0, budgetUsedPercent: 25 }]);
    expect(lines[0]!.oldestDueSeconds).toBeGreaterThanOrEqual(100);
  });

  it('says 0 seconds where nothing is due, and nothing of a budget where there is none', async () => {
    const { lines, report } = await world(null);
    await report.tell();
    expect(lines).toMatchObject([{ msg: WORK_LINE, queued: 0, oldestDueSeconds: 0 }]);
    expect(lines[0]).not.toHaveProperty('budgetUsedPercent');
  });
});
