import pg from 'pg';
import { endPool } from '../../../src/adapters/database/end-pool';

it('a pool has ended when all its connections have, so that a database may stop behind it', async () => {
  const pool = new pg.Pool({ connectionString: process.env.TEST_POSTGRES_URL!, max: 3 });
  const clients = await Promise.all([1, 2, 3].map(() => pool.connect()));
  let ended = 0;
  for (const client of clients) client.once('end', () => (ended += 1));
  for (const client of clients) client.release();
  await endPool(pool);
  expect(ended).toBe(3);
});
