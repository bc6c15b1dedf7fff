import { GenerationJobDocument, RetryGenerationJobDocument } from '../../generated/operations';
import { koreanDay, koreanMidnightAfter } from '../../../src/domain/reading/korean-calendar';
import type { RunningWorker } from '../../../src/worker/worker';
import { TestClock } from '../../helpers/clock';
import { childSettings, startReadyChild } from '../../helpers/child-process';
import { startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import { testedEngines } from '../../helpers/redis';
import { waitUntil } from '../../helpers/wait-until';

/** US dollars; a call may cost some twenty, and costs a tenth of it. */
const BUDGET = { DAILY_BUDGET_USD: '100' };
const ENOUGH = { DAILY_BUDGET_USD: '1000' };

describe.each(testedEngines())('a job beyond the budget, with the queue in %s', (engine) => {
  let world: GenerationApp;
  let worker: RunningWorker;
  const clock = new TestClock();

  beforeAll(async () => {
    world = await startGenerationApp({ engine, clock, environment: BUDGET, worker: false });
    worker = await world.startWorker();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    const day = new Date(`${koreanDay(clock.now())}T00:00:00Z`);
    const spentUsd = 100;
    await world.app.context.database.prisma.spendingDay.upsert({
      where: { day }, create: { day, spentUsd }, update: { spentUsd },
    }); // prettier-ignore
  });

  const waiting = (id: string) =>
    waitUntil('it waits for the budget', async () => {
      const row = await world.row(id);
      return row.status === 'QUEUED' && row.errorCode === 'BUDGET_EXCEEDED' && row;
    });
  const midnight = () => koreanMidnightAfter(clock.now()).getTime();

  it('waits until after midnight in Seoul, says so and has used up no try', async () => {
    const { id } = await world.request(world.pages.articleUrl('waits'));
    const row = await waiting(id);
    expect(row).toMatchObject({ attempts: 0, finishedAt: null, runId: null });
    expect(row.nextAttemptAt.getTime()).toBeGreaterThan(midnight());
    expect(row.nextAttemptAt.getTime()).toBeLessThan(midnight() + 300_000);
    const { data } = await world.app.send(GenerationJobDocument, { id }, { token: world.token });
    expect(data!.generationJob).toMatchObject({
      status: 'QUEUED',
      error: null,
      lastError: { code: 'BUDGET_EXCEEDED', message: expect.stringContaining('자정') as unknown },
    });
    expect(world.model.requests).toHaveLength(0);
  });

  it('is tried at once when an admin retries it, and waits again when nothing has changed', async () => {
    const { id } = await world.request(world.pages.articleUrl('retried'));
    const { dispatch } = await waiting(id);
    const { data, errors } = await world.app.send(RetryGenerationJobDocument, { id }, { token: world.token });
    expect(errors).toEqual([]);
    expect(data!.retryGenerationJob.status).toBe('QUEUED');
    const row = await waitUntil('it waits again', async () => {
      const now = await waiting(id);
      return now.dispatch > dispatch + 1 && now;
    });
    expect(row).toMatchObject({ attempts: 0 });
    expect(world.model.requests).toHaveLength(0);
    const told = world.app.logs.filter((line) => line.includes('the budget of models is used up'));
    expect(told).toHaveLength(1);
  });

  it('goes on when a worker has a higher budget', async () => {
    const { id } = await world.request(world.pages.articleUrl('raised'));
    await waiting(id);
    await worker.stop();
    const { pool } = world.app.context.database;
    const other = await startReadyChild('worker', { ...childSettings(world), ...ENOUGH });
    try {
      await waitUntil('its clock has let it go', async () => {
        await pool.query(`UPDATE "ScheduledTask" SET "nextRunAt" = now() WHERE name = 'budget'`);
        return (await world.row(id)).finishedAt;
      });
      expect(await world.row(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1, errorCode: null });
    } finally {
      await other.stop();
      worker = await world.startWorker();
    }
  });

  it('asks for neither its page nor a search while the most that is left cannot suffice, however often it is tried', async () => {
    const { prisma } = world.app.context.database;
    const day = new Date(`${koreanDay(clock.now())}T00:00:00Z`);
    await prisma.spendingDay.update({ where: { day }, data: { spentUsd: 0, reservedUsd: 99 } });
    // As if a worker had died during its call a moment ago: who waits for its end comes back soon.
    const lost = { purpose: 'ARTICLE' as const, provider: 'p', model: 'lost', day, reservedUsd: 99 };
    await prisma.modelCall.create({ data: lost });
    const asked = world.pages.visits.length;
    const { id } = await world.request(world.pages.articleUrl('unfetched'));
    await waiting(id);
    await world.app.send(RetryGenerationJobDocument, { id }, { token: world.token });
    await waiting(id);
    expect(await world.row(id)).toMatchObject({ attempts: 0, step: null });
    expect(world.pages.visits).toHaveLength(asked);
    await prisma.modelCall.deleteMany({ where: { model: 'lost' } });
    await prisma.spendingDay.update({ where: { day }, data: { reservedUsd: 0 } });
    await world.app.send(RetryGenerationJobDocument, { id }, { token: world.token });
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
  });

  it('goes on when the next day has begun in Seoul', async () => {
    const { id } = await world.request(world.pages.articleUrl('tomorrow'));
    await waiting(id);
    clock.advance((midnight() - clock.now().getTime()) / 1000 - 1);
    await world.app.workerContext.spending.freeWaiting();
    expect(await world.row(id)).toMatchObject({ errorCode: 'BUDGET_EXCEEDED' });
    clock.advance(1);
    // As the worker's clock does each minute.
    await world.app.workerContext.spending.freeWaiting();
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1, errorCode: null });
  });
});

describe('a worker that is killed during a call', () => {
  it('has spent the most that it may have cost, and its job is done by another', async () => {
    const world = await startGenerationApp({ engine: 'PostgreSQL', environment: BUDGET, worker: false });
    try {
      world.model.next('silence');
      const doomed = await startReadyChild('worker', { ...childSettings(world), ...BUDGET });
      const { id } = await world.request(world.pages.articleUrl('killed'));
      await waitUntil('the model is asked', () => world.model.requests.length === 1);
      await doomed.stop('SIGKILL');
      await world.startWorker();
      expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 2 });
      const [lost, done] = await world.calls(id);
      expect([lost!.outcome, done!.outcome]).toEqual(['RESERVED', 'OK']);
      const [day] = await world.app.context.database.prisma.spendingDay.findMany();
      expect(Number(day!.reservedUsd)).toBeCloseTo(Number(lost!.reservedUsd), 6);
      expect(Number(day!.spentUsd)).toBeCloseTo(Number(done!.costUsd), 6);
    } finally {
      await world.close();
    }
  });
});
