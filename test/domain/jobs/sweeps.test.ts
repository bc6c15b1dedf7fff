import { Pool } from 'pg';
import { JOB_KINDS } from '../../../src/domain/jobs/kinds';
import { claimUnnudged } from '../../../src/domain/jobs/runs.sql';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

describe('Waiting jobs that the queue is told of again', () => {
  let own: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    own = await createTestDatabase();
    pool = new Pool({ connectionString: own.url, max: 2 });
  });
  afterEach(() => pool.query('DELETE FROM "GenerationJob"'));
  afterAll(async () => {
    await pool.end();
    await own.drop();
  });

  const HOUR = 3_600;

  // Seconds since it was due, and since the queue was told; whether it is told again.
  it.each([
    ['was told just now', 0, 0, false],
    ['was told ten seconds ago for the first time', 11, 11, true],
    ['was told again after ten seconds, ten seconds ago', 22, 12, true],
    ['was told after half a minute, just now', 45, 15, false],
    ['was told after half a minute, long ago', 70, 36, true],
    ['has waited for an hour and was told half a minute ago', HOUR, 30, false],
    ['has waited for an hour and was told a minute ago', HOUR, 61, true],
    ['was told before it was due, which it is now', 1, HOUR, true],
    ['is not due yet', -600, HOUR, false],
  ])('one that %s', async (_what, due, told, again) => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO "GenerationJob" (id, kind, input, "nextAttemptAt", "nudgedAt")
       VALUES (gen_random_uuid(), 'ARTICLE', '{}', now() - make_interval(secs => $1), now() - make_interval(secs => $2)) RETURNING id`,
      [due, told],
    );
    expect((await claimUnnudged(pool, JOB_KINDS)).map(({ id }) => id)).toEqual(again ? [rows[0]!.id] : []);
    expect(await claimUnnudged(pool, JOB_KINDS)).toEqual([]);
  });

  it('are told by one of several workers that look at the same time', async () => {
    await pool.query(
      `INSERT INTO "GenerationJob" (id, kind, input, "nextAttemptAt", "nudgedAt")
       SELECT gen_random_uuid(), 'ARTICLE', '{}', now() - interval '1 minute', now() - interval '1 minute' FROM generate_series(1, 700)`,
    );
    const claims = await Promise.all([claimUnnudged(pool, JOB_KINDS), claimUnnudged(pool, JOB_KINDS)]);
    const rest = await claimUnnudged(pool, JOB_KINDS);
    const ids = [...claims.flat(), ...rest].map(({ id }) => id);
    expect(ids).toHaveLength(700);
    expect(new Set(ids).size).toBe(700);
  });

  it('of a paused queue are left out until it is resumed, and then told although they were told just now', async () => {
    await pool.query(
      `INSERT INTO "GenerationJob" (id, kind, input, "nextAttemptAt", "nudgedAt")
       SELECT gen_random_uuid(), 'ARTICLE', '{}', now() - interval '1 minute', now() - make_interval(secs => n) FROM generate_series(2, 60) n`,
    );
    await pool.query(`INSERT INTO "QueueState" (name, paused) VALUES ('articles', true), ('bulk', true)`);
    expect(await claimUnnudged(pool, JOB_KINDS)).toEqual([]);
    await pool.query(`UPDATE "QueueState" SET paused = false, "changedAt" = now() WHERE name = 'bulk'`);
    expect(await claimUnnudged(pool, JOB_KINDS)).toEqual([]);
    await pool.query(`UPDATE "QueueState" SET paused = false, "changedAt" = now() WHERE name = 'articles'`);
    expect(await claimUnnudged(pool, JOB_KINDS)).toHaveLength(59);
    await pool.query(`UPDATE "QueueState" SET "changedAt" = now() - interval '1 hour'`);
    expect(await claimUnnudged(pool, JOB_KINDS)).toEqual([]);
    await pool.query('DELETE FROM "QueueState"');
  });
});
