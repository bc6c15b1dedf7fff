import { BulkReader } from '../../../src/adapters/database/bulk-read';
import { isDatabaseOutage } from '../../../src/adapters/database/database-errors';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

describe('a bulk read', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('gives all rows in batches, and of one moment', async () => {
    const reader = await BulkReader.open(database.url);
    try {
      const sizes: number[] = [];
      let sum = 0;
      const query = { text: 'SELECT n, $1::text FROM generate_series(1, 45000) n', values: ['x'] };
      for await (const rows of reader.batches<[number, string]>(query)) {
        sizes.push(rows.length);
        for (const [n] of rows) sum += n;
      }
      expect(sizes).toEqual([20_000, 20_000, 5_000]);
      expect(sum).toBe((45_000 * 45_001) / 2);
    } finally {
      await reader.close();
    }
  });

  it('can be left in the middle, and asked again', async () => {
    const reader = await BulkReader.open(database.url);
    try {
      for await (const rows of reader.batches({ text: 'SELECT generate_series(1, 100000)' })) {
        expect(rows).toHaveLength(20_000);
        break;
      }
      const again: unknown[] = [];
      for await (const rows of reader.batches({ text: 'SELECT 1' })) again.push(...rows);
      expect(again).toEqual([[1]]);
    } finally {
      await reader.close();
    }
  });

  it('tells a wrong statement and a database that is away', async () => {
    const reader = await BulkReader.open(database.url);
    try {
      await expect(reader.batches({ text: 'SELECT nothing' }).next()).rejects.toThrow('nothing');
    } finally {
      await reader.close();
    }
    await expect(BulkReader.open('postgresql://nobody@127.0.0.1:1/none')).rejects.toThrow();
  });

  /** Two batches, each of which takes some `seconds`. */
  const slow = (seconds: number) => ({
    text: `SELECT n FROM generate_series(1, 40000) n WHERE n % 20000 <> 1 OR pg_sleep(${seconds}) IS NOT NULL`,
  });

  it('may take longer in all than the limit of one batch, and than the limit of the role', async () => {
    const url = new URL(database.url);
    url.searchParams.set('options', '-c statement_timeout=500');
    const reader = await BulkReader.open(url.href, 900);
    try {
      expect(await reader.rows(slow(0.6))).toHaveLength(40_000);
    } finally {
      await reader.close();
    }
  });

  it('gives a batch up that takes too long, and tells it as an outage', async () => {
    const reader = await BulkReader.open(database.url, 200);
    const failure: unknown = await reader.rows(slow(30)).catch((error: unknown) => error);
    expect(isDatabaseOutage(failure)).toBe(true);
    await reader.close();
  });

  it('does not count the time in which its own process stood still', async () => {
    const reader = await BulkReader.open(database.url, 400);
    try {
      const rows = reader.rows(slow(0.1));
      await new Promise(setImmediate);
      for (const until = Date.now() + 900; Date.now() < until;);
      expect(await rows).toHaveLength(40_000);
    } finally {
      await reader.close();
    }
  });
});
