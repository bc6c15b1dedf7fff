import { randomUUID } from 'node:crypto';
import { openDatabase, type Database } from '../../../src/adapters/database/database';
import { Metrics } from '../../../src/adapters/telemetry/metrics';
import { JOB_KINDS } from '../../../src/domain/jobs/kinds';
import { claimUnnudged, releaseLostRuns } from '../../../src/domain/jobs/runs.sql';
import { recordImpressions } from '../../../src/domain/reading/impressions.sql';
import { recordViews } from '../../../src/domain/reading/views.sql';
import { RetentionService } from '../../../src/domain/retention/retention.service';
import { createLogger } from '../../../src/logger';
import { createArticle, createPublisher } from '../../helpers/records';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

describe('what is written and swept in batches', () => {
  const logger = createLogger({ level: 'silent', pretty: false });
  const metrics = new Metrics();
  let testDatabase: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    // One connection: what it has prepared is all that is prepared.
    database = openDatabase({ url: testDatabase.url, connections: 1, logger, metrics });
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.drop();
  });

  it('is planned anew each time, not as for the nearly empty tables of the first day', async () => {
    const { pool, prisma } = database;
    const { id: publisherId } = await createPublisher(prisma);
    const { id: articleId } = await createArticle(prisma, { publisherId });
    const retention = {
      sessionDays: 9, jobDays: 9, originalDays: 9, auditDays: 9, answerDays: 9, viewDays: 9, anonymousViewDays: 9,
    }; // prettier-ignore
    const clock = { now: () => new Date() };
    const service = new RetentionService({ pool, clock, logger, retention });
    const reader = { readerId: randomUUID(), articleId, userId: null };
    await recordImpressions(pool, [{ ...reader, surface: 'HOME' }], clock.now());
    await recordViews(pool, [{ ...reader, dwellSeconds: 1 }], clock.now());
    await claimUnnudged(pool, JOB_KINDS);
    await releaseLostRuns(pool, ['ARTICLE']);
    await service.apply(new AbortController().signal);
    const { rows } = await pool.query<{ name: string }>('SELECT name FROM pg_prepared_statements');
    // Ours have names of words, those of Prisma are hashes.
    expect(rows.filter(({ name }) => name.includes('-') && /^[a-z-]+$/.test(name))).toEqual([]);
    const text = await metrics.registry.metrics();
    for (const name of ['record-impressions', 'record-views', 'jobs-claim-unnudged', 'retention-user-views'])
      expect(text).toContain(`statement="${name}"`);
  });
});
