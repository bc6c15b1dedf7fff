import { openDatabase, type Database } from '../../../src/adapters/database/database';
import { HeavyStatements } from '../../../src/adapters/database/heavy-statements';
import { createLogger } from '../../../src/logger';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

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

  it('are refused at once when hundreds wait already', async () => {
    const turns = new HeavyStatements(4);
    let finish = () => {};
    const first = turns.run(() => new Promise<void>((resolve) => (finish = resolve)));
    await new Promise(setImmediate); // it has its turn, and waits no more
    const waiting = Array.from({ length: 200 }, () => codeOf(turns.run(async () => {})));
    await expect(turns.run(async () => {})).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    finish();
    await first;
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['served']));
  });

  it('give their turn back when they fail', async () => {
    const broken = () => database.heavy.run(() => database.pool.query('SELECT nothing'));
    await Promise.all([broken(), broken()].map((one) => expect(one).rejects.toThrow('nothing')));
    expect(await codeOf(slow())).toBe('served');
  });
});
