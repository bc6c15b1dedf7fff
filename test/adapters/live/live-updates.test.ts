import pg from 'pg';
import { LiveListener, LIVE_CHANNEL } from '../../../src/adapters/live/live-listener';
import { LiveTopic } from '../../../src/adapters/live/live-topic';
import { createLogger } from '../../../src/logger';
import { startOwnPostgres, type OwnPostgres } from '../../helpers/own-postgres';
import { waitUntil } from '../../helpers/wait-until';

interface Counter {
  id: string;
  value: number;
}

describe('live updates', () => {
  const logger = createLogger({ level: 'silent', pretty: false });
  let postgres: OwnPostgres;
  let pool: pg.Pool;
  let listener: LiveListener;
  let counters: LiveTopic<Counter>;
  let statements = 0;

  beforeAll(async () => {
    postgres = await startOwnPostgres();
    pool = new pg.Pool({
      connectionString: postgres.url,
      query_timeout: 2_000,
      connectionTimeoutMillis: 2_000,
    });
    pool.on('error', () => {});
    await pool.query('CREATE TABLE counter (id text PRIMARY KEY, value int NOT NULL)');
    await pool.query(
      `CREATE TRIGGER live AFTER UPDATE ON counter FOR EACH ROW EXECUTE FUNCTION "notifyLive"('counter')`,
    );
  });
  beforeEach(async () => {
    await pool.query(`TRUNCATE counter`);
    await pool.query(`INSERT INTO counter SELECT 'c' || n, 0 FROM generate_series(1, 1500) n`);
    listener = new LiveListener({ url: postgres.url, logger });
    counters = new LiveTopic('counter', listener, async (ids) => {
      statements += 1;
      const { rows } = await pool.query<Counter>('SELECT id, value FROM counter WHERE id = ANY($1)', [ids]);
      return new Map(rows.map((row) => [row.id, row]));
    });
  });
  afterEach(() => listener.close());
  afterAll(async () => {
    await pool.end();
    await postgres.close();
  });

  const set = (id: string, value: number) =>
    pool.query('UPDATE counter SET value = $2 WHERE id = $1', [id, value]);
  const read = async (updates: AsyncIterator<Counter>) => (await updates.next()).value?.value as number;
  const listeners = async () => {
    const { rows } = await pool.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE application_name = 'gyeongdan-live'`,
    );
    return rows.map(({ pid }) => pid);
  };

  it('give the present state first, then every change that was committed', async () => {
    const updates = counters.watch('c1', () => ['c1']);
    expect(await read(updates)).toBe(0);
    const next = read(updates);
    await set('c2', 7);
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(`UPDATE counter SET value = 1 WHERE id = 'c1'`);
    await client.query('ROLLBACK');
    client.release();
    await set('c1', 2);
    expect(await next).toBe(2);
  });

  it('read a row once for all who watch it', async () => {
    const watchers = Array.from({ length: 100 }, () => counters.watch('c1', () => ['c1']));
    expect(await Promise.all(watchers.map(read))).toEqual(watchers.map(() => 0));
    statements = 0;
    const next = Promise.all(watchers.map(read));
    await set('c1', 5);
    expect(await next).toEqual(watchers.map(() => 5));
    expect(statements).toBe(1);
  });

  it('tell a slow reader the newest state only', async () => {
    const slow = counters.watch('c1', () => ['c1']);
    const quick = counters.watch('c1', () => ['c1']);
    await Promise.all([read(slow), read(quick)]);
    for (let value = 1; value <= 50; value += 1) {
      const next = read(quick);
      await set('c1', value);
      expect(await next).toBe(value);
    }
    expect(await read(slow)).toBe(50);
    const next = read(slow);
    await set('c1', 51);
    expect(await next).toBe(51);
  });

  it('let who is behind by more rows than are kept begin anew', async () => {
    const sinces: unknown[] = [];
    const updates = counters.watch(null, (since) => {
      sinces.push(since);
      return ['c1500'];
    });
    expect(await read(updates)).toBe(0);
    const next = read(updates);
    await set('c1', 1);
    expect(await next).toBe(1);
    await pool.query('UPDATE counter SET value = 9');
    const ids = await waitUntil('the last change was heard', async () => {
      const heard = (updates as unknown as { changed: Set<string> }).changed;
      return heard.has('c1500') && heard;
    });
    expect(ids.size).toBeLessThanOrEqual(1_000);
    for (let last = ''; last !== 'c1500';) last = ((await updates.next()).value as Counter).id;
    expect(sinces).toEqual([null, expect.any(Date)]);
  });

  it('leave out what the reader does not want, and what is gone', async () => {
    const even = counters.watch(
      null,
      () => ['nothing', 'c1'],
      ({ value }) => value % 2 === 0,
    );
    expect(await read(even)).toBe(0);
    const next = read(even);
    await set('c2', 3);
    await set('c3', 4);
    expect(await next).toBe(4);
  });

  it('end while a change is waited for', async () => {
    const updates = counters.watch('c1', () => ['c1']);
    await read(updates);
    const next = updates.next();
    await updates.return();
    expect(await next).toEqual({ value: undefined, done: true });
    expect(await updates.next()).toEqual({ value: undefined, done: true });
  });

  it('hold one connection, whoever watches, and none before', async () => {
    expect(await listeners()).toEqual([]);
    const watchers = Array.from({ length: 20 }, (_, n) => counters.watch(`c${n + 1}`, () => [`c${n + 1}`]));
    await Promise.all(watchers.map(read));
    expect(await listeners()).toHaveLength(1);
  });

  it('do not mind what a stranger notifies', async () => {
    const updates = counters.watch('c1', () => ['c1']);
    await read(updates);
    const next = read(updates);
    for (const payload of [
      '',
      'nothing',
      '{}',
      '[1]',
      'null',
      JSON.stringify({ topic: 'counter', id: 1, version: 1 }),
    ])
      await pool.query('SELECT pg_notify($1, $2)', [LIVE_CHANNEL, payload]);
    await set('c1', 3);
    expect(await next).toBe(3);
  });

  it('look again when the connection was lost', async () => {
    const updates = counters.watch('c1', () => ['c1']);
    await read(updates);
    const next = read(updates);
    const [pid] = await listeners();
    await pool.query(
      `BEGIN; LOCK counter; SELECT pg_terminate_backend(${pid}, 10000); UPDATE counter SET value = 8 WHERE id = 'c1'; COMMIT`,
    );
    expect(await next).toBe(8);
    await waitUntil('another connection listens', async () =>
      (await listeners()).some((other) => other !== pid),
    );
  });

  it.each(['stopped', 'frozen'])('heal by themselves when the database was %s', async (how) => {
    const updates = counters.watch('c1', () => ['c1']);
    await read(updates);
    const next = read(updates);
    if (how === 'stopped') {
      await postgres.stop();
      await postgres.start();
    } else {
      postgres.freeze();
      // Not a change: the server would make it once it is thawed, perhaps behind the one that is waited for.
      await expect(pool.query('SELECT')).rejects.toThrow();
      postgres.thaw();
    }
    await waitUntil('the database answers', () => set('c1', 6).then(Boolean, () => false));
    let value = await next;
    while (value !== 6) value = await read(updates);
    expect(value).toBe(6);
  });
});
