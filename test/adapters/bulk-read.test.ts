import { BulkReader } from '../../src/adapters/database/bulk-read';
import { createTestDatabase, type TestDatabase } from '../helpers/test-database';

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
});
