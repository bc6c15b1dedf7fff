import { openDatabase, type Database } from '../../src/adapters/database/database';
import { createLogger } from '../../src/logger';
import { createTestDatabase, type TestDatabase } from '../helpers/test-database';

describe('statements that cost much', () => {
  let own: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    const logger = createLogger({ level: 'silent', pretty: false });
    own = await createTestDatabase();
    database = openDatabase({ url: own.url, connections: 4, logger });
  });
  afterAll(async () => {
    await database.close();
    await own.drop();
  });

  const slow = () => database.heavy.run(() => database.pool.query('SELECT pg_sleep(0.6)'));
  const codeOf = (answer: Promise<unknown>) =>
    answer.then(
      () => 'served',
      (error: { code?: string }) => error.code,
    );

  it('leave connections for the others, and tell who would wait long to come back later', async () => {
    const answers = Array.from({ length: 8 }, () => codeOf(slow()));
    let first = false;
    void answers[0]!.then(() => (first = true));
    await database.pool.query('SELECT 1');
    expect(first).toBe(false);
    const codes = await Promise.all(answers);
    expect(codes.slice(0, 1)).toEqual(['served']);
    expect(codes.slice(4)).toEqual(Array(4).fill('UPSTREAM_UNAVAILABLE'));
    expect(await codeOf(slow())).toBe('served');
  });

  it('give their turn back when they fail', async () => {
    const broken = () => database.heavy.run(() => database.pool.query('SELECT nothing'));
    await Promise.all([broken(), broken()].map((one) => expect(one).rejects.toThrow('nothing')));
    expect(await codeOf(slow())).toBe('served');
  });
});
