import { openDatabase, type Database } from '../../../src/adapters/database/database';
import type { CallReservation, CallResult } from '../../../src/adapters/language-model/model-call';
import { Metrics } from '../../../src/adapters/telemetry/metrics';
import { SpendingService } from '../../../src/domain/spending/spending.service';
import { TryLater } from '../../../src/errors';
import { createLogger } from '../../../src/logger';
import { TestClock } from '../../helpers/clock';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

const PURPOSE = { purpose: 'ARTICLE', jobId: null, promptVersion: 'v1' } as const;
const call = (maxCostUsd: number): CallReservation => ({ provider: 'p', model: 'm', maxCostUsd });
const ended = (costUsd: number | null): CallResult => ({
  outcome: costUsd === null ? 'ABORTED' : 'OK',
  model: 'm',
  inputTokens: null,
  outputTokens: null,
  costUsd,
});

const TOO_SMALL = { name: 'AppError', code: 'BUDGET_TOO_SMALL', retriedByItself: false };

describe('the budget of a day', () => {
  let own: TestDatabase;
  let database: Database;
  let clock: TestClock;

  beforeAll(async () => {
    own = await createTestDatabase();
    database = openDatabase({ url: own.url, connections: 20, logger: silent() });
  });
  afterAll(async () => {
    await database.close();
    await own.drop();
  });
  beforeEach(async () => {
    clock = new TestClock();
    await database.pool.query('TRUNCATE "SpendingDay", "ModelCall"');
  });

  function silent() {
    return createLogger({ level: 'silent', pretty: false });
  }
  const spendingWith = (dailyBudgetUsd: number | null) =>
    new SpendingService({
      pool: database.pool, clock, metrics: new Metrics(), logger: silent(), dailyBudgetUsd,
    }); // prettier-ignore
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => null,
      (error: unknown) => {
        if (!(error instanceof TryLater)) throw error;
        return error;
      },
    );
  async function days(): Promise<{ spent: number; reserved: number }[]> {
    const rows = await database.prisma.spendingDay.findMany({ orderBy: { day: 'asc' } });
    return rows.map(({ spentUsd, reservedUsd }) => ({ spent: Number(spentUsd), reserved: Number(reservedUsd) }));
  } // prettier-ignore
  const untilMidnightMs = () => {
    const seoul = clock.now().getTime() + 9 * 3_600_000;
    return 86_400_000 - (seoul % 86_400_000);
  };

  it('is never exceeded by 100 calls at once of eight workers, and takes as many as fit', async () => {
    const workers = Array.from({ length: 8 }, () => spendingWith(1));
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => refusal(workers[n % 8]!.reserve(PURPOSE, call(0.03)))),
    );
    expect(answers.filter((answer) => answer === null)).toHaveLength(33);
    expect(await days()).toEqual([{ spent: 0, reserved: 0.99 }]);
    expect(await database.prisma.modelCall.count()).toBe(33);
  });

  it('holds while a hundred calls of different size are reserved and settled at once', async () => {
    const workers = Array.from({ length: 8 }, () => spendingWith(1));
    let most = 0;
    const look = async () => {
      for (const { spent, reserved } of await days()) most = Math.max(most, spent + reserved);
    };
    await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const max = 0.01 + (n % 7) * 0.013;
        const settle = await workers[n % 8]!.reserve(PURPOSE, call(max)).catch(() => null);
        await look();
        await settle?.(ended(n % 3 === 0 ? null : max / (1 + (n % 5))));
        await look();
      }),
    );
    expect(most).toBeGreaterThan(0.9);
    expect(most).toBeLessThanOrEqual(1.0000001);
    const [{ paid }] = await database.prisma.$queryRaw<[{ paid: number }]>`
      SELECT sum(COALESCE("costUsd", "reservedUsd"))::float8 AS paid FROM "ModelCall"`;
    const [day] = await days();
    expect(day!.spent).toBeCloseTo(paid, 6);
    expect(day!.reserved).toBeCloseTo(0, 6);
  });

  it('gives back what a call did not cost, once', async () => {
    const spending = spendingWith(1);
    const settle = await spending.reserve(PURPOSE, call(0.9));
    await settle(ended(0.1));
    await settle(ended(0.1));
    expect(await days()).toEqual([{ spent: 0.1, reserved: 0 }]);
    expect(await refusal(spending.reserve(PURPOSE, call(0.9)))).toBeNull();
  });

  it('counts a call that costs more than it was allowed to in full', async () => {
    const spending = spendingWith(1);
    const settle = await spending.reserve(PURPOSE, call(0.5));
    await settle(ended(7));
    expect(await days()).toEqual([{ spent: 7, reserved: 0 }]);
    expect(await refusal(spending.reserve(PURPOSE, call(0.000001)))).toMatchObject({
      reason: { code: 'BUDGET_EXCEEDED' },
    });
  });

  it('ends a call that costs more than a row can hold', async () => {
    const { id: jobId } = await database.prisma.generationJob.create({
      data: { kind: 'ARTICLE', input: {} },
    });
    for (let round = 0; round < 2; round += 1)
      await (
        await spendingWith(null).reserve({ ...PURPOSE, jobId }, call(0.5))
      )(ended(2_000_000));
    expect((await days())[0]!.reserved).toBe(0);
    expect(await database.prisma.modelCall.count({ where: { outcome: 'RESERVED' } })).toBe(0);
  });

  it('counts a call whose cost nobody knows at its most', async () => {
    const spending = spendingWith(1);
    await (
      await spending.reserve(PURPOSE, call(0.4))
    )(ended(null));
    expect(await days()).toEqual([{ spent: 0.4, reserved: 0 }]);
  });

  it('lets whoever only waits for calls under way come back soon, not tomorrow', async () => {
    const spending = spendingWith(1);
    const settle = await spending.reserve(PURPOSE, call(0.9));
    const soon = await refusal(spending.reserve(PURPOSE, call(0.2)));
    expect(soon!.afterMs).toBeLessThanOrEqual(10_000);
    expect(soon!.reason).toMatchObject({ code: 'BUDGET_EXCEEDED' });
    await settle(ended(0.1));
    expect(await refusal(spending.reserve(PURPOSE, call(0.2)))).toBeNull();
  });

  it('keeps what a lost worker reserved until midnight in Seoul', async () => {
    const spending = spendingWith(1);
    await spending.reserve(PURPOSE, call(0.9));
    await database.pool.query(`UPDATE "ModelCall" SET "createdAt" = now() - interval '16 minutes'`);
    const refused = await refusal(spending.reserve(PURPOSE, call(0.2)));
    const untilMidnight = untilMidnightMs();
    expect(refused!.afterMs).toBeGreaterThan(untilMidnight - 60_000);
    expect(refused!.afterMs).toBeLessThan(untilMidnight + 120_000);
    expect(await days()).toEqual([{ spent: 0, reserved: 0.9 }]);
    clock.advance(untilMidnightMs() / 1000);
    expect(await refusal(spending.reserve(PURPOSE, call(0.2)))).toBeNull();
    expect(await days()).toEqual([{ spent: 0, reserved: 0.9 }, { spent: 0, reserved: 0.2 }]); // prettier-ignore
  });

  it('counts a call for the day on which it began', async () => {
    const spending = spendingWith(1);
    clock.advance(untilMidnightMs() / 1000 - 60);
    const settle = await spending.reserve(PURPOSE, call(0.9));
    clock.advance(120);
    await settle(ended(0.3));
    expect(await days()).toEqual([{ spent: 0.3, reserved: 0 }]);
    expect(await refusal(spending.reserve(PURPOSE, call(1)))).toBeNull();
  });

  it('of nothing lets only that go which is free', async () => {
    const spending = spendingWith(0);
    await expect(spending.reserve(PURPOSE, call(0.000001))).rejects.toMatchObject(TOO_SMALL);
    expect(await refusal(spending.reserve(PURPOSE, call(0)))).toBeNull();
    await (
      await spendingWith(null).reserve(PURPOSE, call(5))
    )(ended(5));
    expect(await refusal(spending.reserve(PURPOSE, call(0)))).toBeNull();
  });

  it('that no day suffices for a call fails it, and is not said to be used up', async () => {
    await expect(spendingWith(1).reserve(PURPOSE, call(1.01))).rejects.toMatchObject(TOO_SMALL);
    expect(await days()).toEqual([]);
    expect(await refusal(spendingWith(1.01).reserve(PURPOSE, call(1.01)))).toBeNull();
  });

  it('is known before a call is prepared, by one statement, and by none when there is no budget', async () => {
    const query = jest.spyOn(database.pool, 'query');
    await spendingWith(null).check(5);
    await spendingWith(0).check(0);
    expect(query).not.toHaveBeenCalled();
    await spendingWith(1).check(1);
    expect(query).toHaveBeenCalledTimes(1);
    query.mockRestore();
    expect(await days()).toEqual([]);
    await (
      await spendingWith(1).reserve(PURPOSE, call(0.6))
    )(ended(0.6));
    expect(await refusal(spendingWith(1).check(0.4))).toBeNull();
    expect(await refusal(spendingWith(1).check(0.400001))).toMatchObject({
      afterMs: expect.any(Number) as unknown,
      reason: { code: 'BUDGET_EXCEEDED' },
    });
    await expect(spendingWith(1).check(1.01)).rejects.toMatchObject(TOO_SMALL);
  });

  it('that is not set refuses nothing, and is counted for the one that is set later', async () => {
    await (
      await spendingWith(null).reserve(PURPOSE, call(5))
    )(ended(5));
    expect(await refusal(spendingWith(5.5).reserve(PURPOSE, call(1)))).not.toBeNull();
    expect(await refusal(spendingWith(6).reserve(PURPOSE, call(1)))).toBeNull();
  });

  it('is counted under the model that was asked for, whatever servers name', async () => {
    const metrics = new Metrics();
    const deps = { pool: database.pool, clock, metrics, logger: silent(), dailyBudgetUsd: null };
    const spending = new SpendingService(deps);
    for (const model of ['m-1', 'm-2', 'm-3']) {
      const settle = await spending.reserve(PURPOSE, call(1));
      await settle({ ...ended(0.5), model, inputTokens: 10, outputTokens: 5 });
    }
    const tokens = (await metrics.tokens.get()).values.map(({ labels, value }) => ({ ...labels, value }));
    expect(tokens).toEqual([
      { model: 'm', direction: 'input', value: 30 },
      { model: 'm', direction: 'output', value: 15 },
    ]);
    expect((await metrics.cost.get()).values).toMatchObject([{ labels: { model: 'm' }, value: 1.5 }]);
  });

  it('is told once a day and a budget when it is used up', async () => {
    const warned: unknown[] = [];
    const logger = { ...silent(), warn: (what: unknown) => warned.push(what) };
    const metrics = new Metrics();
    const deps = { pool: database.pool, clock, metrics, logger: logger as never };
    const refuse = async (dailyBudgetUsd: number) => {
      const spending = new SpendingService({ ...deps, dailyBudgetUsd });
      const spent = await spendingWith(null).reserve(PURPOSE, call(2));
      await spent(ended(2));
      await Promise.all(Array.from({ length: 10 }, () => refusal(spending.reserve(PURPOSE, call(1)))));
    };
    await refuse(1);
    expect(warned).toHaveLength(1);
    await refuse(1.5);
    expect(warned).toHaveLength(2);
    clock.advance(86_400);
    await refuse(1.5);
    expect(warned).toHaveLength(3);
    expect((await metrics.budgetRefusals.get()).values[0]!.value).toBe(30);
  });
});
