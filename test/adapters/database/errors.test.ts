import { openDatabase, type Database } from '../../../src/adapters/database/database';
import { isDatabaseOutage } from '../../../src/adapters/database/database-errors';
import { createLogger } from '../../../src/logger';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('a fault of the database that passes', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await createTestDatabase();
    database = openDatabase({
      url: test.url,
      connections: 6,
      logger: createLogger({ level: 'silent', pretty: false }),
    });
    await database.pool.query('CREATE TABLE pair AS SELECT n AS id, 0 AS value FROM generate_series(1, 2) n');
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  /** Two transactions that take the two rows in opposite order; PostgreSQL ends one of them. */
  async function deadlock(transaction: (first: number, met: () => Promise<void>) => Promise<unknown>) {
    let arrived = 0;
    let open = () => {};
    const both = new Promise<void>((resolve) => (open = resolve));
    const met = () => {
      if (++arrived === 2) open();
      return both;
    };
    const errors = await Promise.all([1, 2].map((first) => rejection(transaction(first, met))));
    return errors.filter((error) => error !== null);
  }

  it('is a deadlock, in SQL of our own', async () => {
    const faults = await deadlock(async (first, met) => {
      const client = await database.pool.connect();
      try {
        await client.query('BEGIN');
        await client.query('UPDATE pair SET value = 1 WHERE id = $1', [first]);
        await met();
        await client.query('UPDATE pair SET value = 1 WHERE id = $1', [3 - first]);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    });
    expect(faults).toMatchObject([{ code: '40P01' }]);
    expect(faults.map(isDatabaseOutage)).toEqual([true]);
  });

  it('is a deadlock, through Prisma', async () => {
    const faults = await deadlock((first, met) =>
      database.prisma.$transaction(async (tx) => {
        await tx.$executeRaw`UPDATE pair SET value = 2 WHERE id = ${first}`;
        await met();
        await tx.$executeRaw`UPDATE pair SET value = 2 WHERE id = ${3 - first}`;
      }),
    );
    expect(faults).toHaveLength(1);
    expect(faults.map(isDatabaseOutage)).toEqual([true]);
  });

  it('is a lock that did not come in time, or a transaction that could not be serialized', async () => {
    const { pool, prisma } = database;
    const holder = await pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('UPDATE pair SET value = 3 WHERE id = 1');
      const waiting = prisma.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT set_config('lock_timeout', '50', true)`;
        await tx.$executeRaw`UPDATE pair SET value = 4 WHERE id = 1`;
      });
      expect(isDatabaseOutage(await rejection(waiting))).toBe(true);
      const serial = prisma.$transaction(
        async (tx) => {
          await tx.$queryRaw`SELECT * FROM pair`;
          await holder.query('COMMIT');
          await tx.$executeRaw`UPDATE pair SET value = 5 WHERE id = 1`;
        },
        { isolationLevel: 'Serializable' },
      );
      expect(isDatabaseOutage(await rejection(serial))).toBe(true);
    } finally {
      holder.release();
    }
  });

  it('is a full disk, and is not a fault of ours', async () => {
    const raise = (state: string) =>
      rejection(database.pool.query(`DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${state}'; END $$`));
    for (const state of ['53100', '53200', '53400', '58030', '40001', '55P03'])
      expect([state, isDatabaseOutage(await raise(state))]).toEqual([state, true]);
    for (const state of ['23505', '42601', '22001', 'P0001'])
      expect([state, isDatabaseOutage(await raise(state))]).toEqual([state, false]);
  });
});
