import { openDatabase, type Database } from '../../../src/adapters/database/database';
import { FairTurns, type Asker } from '../../../src/adapters/rate-limiter/fair-turns';
import { createLogger } from '../../../src/logger';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

const asker = (address: string, { signal } = new AbortController()): Asker => ({ address, signal });
const codeOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'served',
    (error: { code?: string }) => error.code,
  );

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

  const slow = (address: string) =>
    database.heavy.run(asker(address), () => database.pool.query('SELECT pg_sleep(0.6)'));

  it('leave connections for the others, and tell who would wait long to come back later', async () => {
    const answers = Array.from({ length: 8 }, (_, n) => codeOf(slow(`here ${n}`)));
    let first = false;
    void answers[0]!.then(() => (first = true));
    await database.pool.query('SELECT 1');
    expect(first).toBe(false);
    const codes = await Promise.all(answers);
    expect(codes.slice(0, 1)).toEqual(['served']);
    expect(codes.slice(4)).toEqual(Array(4).fill('UPSTREAM_UNAVAILABLE'));
    expect(await codeOf(slow('here'))).toBe('served');
  });

  it('give their turn back when they fail', async () => {
    const broken = () => database.heavy.run(asker('here'), () => database.pool.query('SELECT nothing'));
    await Promise.all([broken(), broken()].map((one) => expect(one).rejects.toThrow('nothing')));
    expect(await codeOf(slow('here'))).toBe('served');
  });
});

describe('Turns at what costs much', () => {
  const turnsOf = (atOnce: number, atOnceOfOne: number) =>
    new FairTurns({ atOnce, atOnceOfOne, longestWaitMs: 600_000 });

  it('are refused at once when hundreds wait already', async () => {
    const turns = turnsOf(1, 1);
    const giveBack = await turns.take(asker('first'));
    const waiting = Array.from({ length: 200 }, (_, n) => codeOf(turns.run(asker(`${n}`), async () => {})));
    expect(await codeOf(turns.take(asker('late')))).toBe('UPSTREAM_UNAVAILABLE');
    giveBack();
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['served']));
  });

  it('are never all of one address, and go to who has least under way', async () => {
    const turns = turnsOf(3, 2);
    const order: string[] = [];
    const take = (address: string) =>
      turns.take(asker(address)).then((giveBack) => {
        order.push(address);
        return giveBack;
      });
    const [first, ...others] = ['greedy', 'greedy', 'greedy', 'greedy', 'honest', 'honest'].map(take);
    const giveBack = await first!;
    await Promise.all([others[0], others[3]]);
    expect(order).toEqual(['greedy', 'greedy', 'honest']);
    giveBack();
    // "greedy" has one under way, as "honest" has; it has waited longer, but had a turn more.
    await others[4];
    expect(order).toEqual(['greedy', 'greedy', 'honest', 'honest']);
  });

  it('go to a newcomer before ten addresses that ask all the time, however many of theirs wait', async () => {
    const turns = turnsOf(2, 1);
    const order: string[] = [];
    const ask = (address: string) =>
      turns.run(asker(address), async () => {
        order.push(address);
        await new Promise(setImmediate);
      });
    const greedy = Array.from({ length: 300 }, (_, n) => codeOf(ask(`greedy ${n % 10}`)));
    await greedy[20];
    const before = order.length;
    const newcomer = [codeOf(ask('newcomer')), codeOf(ask('newcomer'))];
    expect(await Promise.all(newcomer)).toEqual(['served', 'served']);
    // Two turns are under way at a time, and one at most of an address.
    expect(order.indexOf('newcomer') - before).toBeLessThanOrEqual(2);
    expect(order.lastIndexOf('newcomer') - before).toBeLessThanOrEqual(5);
    await Promise.all(greedy);
  });

  it('are still waited for by a newcomer when all places are taken: who has most of them gives one up', async () => {
    const turns = turnsOf(1, 1);
    const giveBack = await turns.take(asker('first'));
    const greedy = Array.from({ length: 200 }, (_, n) =>
      codeOf(turns.run(asker(`${n % 10}`), async () => {})),
    );
    const newcomer = codeOf(turns.run(asker('newcomer'), async () => {}));
    giveBack();
    expect(await newcomer).toBe('served');
    const codes = await Promise.all(greedy);
    expect(codes.filter((code) => code !== 'served')).toEqual(['UPSTREAM_UNAVAILABLE']);
  });

  it('are refused to an address of which dozens wait, as its own fault, and to nobody else', async () => {
    const turns = turnsOf(2, 1);
    const giveBack = await turns.take(asker('greedy'));
    const waiting = Array.from({ length: 50 }, () => codeOf(turns.run(asker('greedy'), async () => {})));
    expect(await codeOf(turns.take(asker('greedy')))).toBe('RATE_LIMITED');
    expect(await codeOf(turns.run(asker('honest'), async () => {}))).toBe('served');
    giveBack();
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['served']));
  });

  it('are not used for what nobody waits for any more', async () => {
    const turns = turnsOf(1, 1);
    const giveBack = await turns.take(asker('first'));
    const gone = new AbortController();
    let done = false;
    const abandoned = turns.run(asker('gone', gone), async () => (done = true));
    gone.abort();
    giveBack();
    expect([await codeOf(abandoned), done]).toEqual(['UPSTREAM_UNAVAILABLE', false]);
    expect(await codeOf(turns.run(asker('next'), async () => {}))).toBe('served');
  });

  it('are given back once, however often it is said', async () => {
    const turns = turnsOf(1, 1);
    const giveBack = await turns.take(asker('one'));
    giveBack();
    giveBack();
    await turns.take(asker('two'));
    let third = false;
    void turns.take(asker('three')).then(() => (third = true));
    await new Promise(setImmediate);
    expect(third).toBe(false);
  });
});
