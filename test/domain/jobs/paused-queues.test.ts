import type { GenerationJob } from '../../../src/generated/prisma/client';
import {
  AuditLogDocument,
  CancelGenerationJobDocument,
  CollectNewsDocument,
  PauseQueueDocument,
  RetryGenerationJobDocument,
} from '../../generated/operations';
import { startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import { openQueue, type OpenQueue } from '../../helpers/queue-state';
import { createPublisher } from '../../helpers/records';
import { testedEngines } from '../../helpers/redis';
import { waitUntil } from '../../helpers/wait-until';

const NEVER = new AbortController().signal;

describe.each(testedEngines())('a paused queue, with its nudges in %s', (engine) => {
  let world: GenerationApp;
  let nudges: OpenQueue;

  beforeAll(async () => {
    world = await startGenerationApp({ engine });
    nudges = openQueue('articles', world.app.config.queueUrl, world.app.context.logger);
  });
  afterEach(() => pause(false));
  afterAll(async () => {
    await nudges.close();
    await world.close();
  });

  const send = <T, V>(document: Parameters<typeof world.app.send<T, V>>[0], variables: V) =>
    world.app.send(document, variables, { token: world.token });
  const db = () => world.app.context.database;

  async function pause(paused: boolean, name = 'articles') {
    const { data, errors } = await send(PauseQueueDocument, { name, paused });
    expect(errors).toEqual([]);
    return data!.pauseQueue;
  }

  /** Asks for an article that must wait, and lets a worker look at it in every way in which it may begin. */
  async function requestHeld(name: string): Promise<GenerationJob> {
    const { id } = await world.request(world.pages.articleUrl(name));
    await expectHeld(id);
    return world.row(id);
  }

  async function expectHeld(id: string): Promise<void> {
    const { dispatch } = await world.row(id);
    await waitUntil(
      'a worker has taken the nudge',
      async () => !(await nudges.holds(`generation-${id}-${dispatch}`)),
    );
    const { runner } = world.app.workerContext;
    await db().pool.query(`UPDATE "GenerationJob" SET "nudgedAt" = now() - interval '1 hour' WHERE id = $1`, [
      id,
    ]);
    await runner.renudge();
    await runner.run(id, NEVER);
    expect(await world.row(id)).toMatchObject({ status: 'QUEUED', attempts: 0, startedAt: null });
    expect(await nudges.holds(`generation-${id}-${dispatch}`)).toBe(false);
  }

  it('lets the job go on that runs, begins no other, and goes on when it is resumed', async () => {
    const calls = world.model.requests.length;
    world.model.next({ slowMs: 500 });
    const running = await world.request(world.pages.articleUrl('running'));
    await waitUntil('the model is asked', () => world.model.requests[calls]);
    expect(await pause(true)).toMatchObject({ name: 'articles', paused: true, active: 1, waiting: 0 });

    const held = await requestHeld('held');
    expect(await world.ended(running.id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
    expect(world.model.requests).toHaveLength(calls + 1);

    expect(await pause(false)).toMatchObject({ paused: false });
    expect(await world.ended(held.id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
  });

  it('holds back the next try of a job that fails meanwhile', async () => {
    const asked: (() => void)[] = [];
    const url = world.pages.answer('/broken', (_request, response) => {
      asked.push(() => response.writeHead(500).end());
    });
    const { id } = await world.request(url);
    await waitUntil('its page is asked for', () => asked[0]);
    await pause(true);
    asked[0]!();
    await waitUntil('it is due again', async () => {
      const { status, nextAttemptAt } = await world.row(id);
      return status === 'QUEUED' && nextAttemptAt <= new Date();
    });
    await world.app.workerContext.runner.run(id, NEVER);
    expect(await world.row(id)).toMatchObject({
      status: 'QUEUED',
      attempts: 1,
      errorCode: 'PAGE_UNREACHABLE',
    });
    expect(asked).toHaveLength(1);
    await send(CancelGenerationJobDocument, { id });
  });

  it('is left by no other queue, nor any other by it', async () => {
    await createPublisher(db().prisma, { feedUrl: `${world.pages.url}/feed`, enabled: true });
    await pause(true);
    const { data } = await send(CollectNewsDocument, {});
    expect(await world.ended(data!.collectNews.id)).toMatchObject({ kind: 'COLLECTION', attempts: 1 });
  });

  it('stays paused whatever is restarted or emptied', async () => {
    await pause(true);
    const worker = await world.startWorker();
    const { id } = await requestHeld('restarted');
    await worker.stop();
    await world.redis?.flush();
    await world.startWorker();
    // The new one takes what it is told.
    await world.app.workerContext.nudges.tell([await world.row(id)]);
    await expectHeld(id);
    expect(await pause(true)).toMatchObject({ paused: true });
    await pause(false);
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
  });

  it('takes back the job of a worker that died, and does not begin it', async () => {
    await pause(true);
    const { rows } = await db().pool.query<{ id: string }>(
      `INSERT INTO "GenerationJob" (id, kind, input, status, attempts, "runId", "leaseUntil")
       VALUES (gen_random_uuid(), 'ARTICLE', jsonb_build_object('task', 'request', 'url', $1::text), 'RUNNING', 2, gen_random_uuid(), now())
       RETURNING id`,
      [world.pages.articleUrl('lost')],
    );
    const { id } = rows[0]!;
    await waitUntil('it is taken back', async () => (await world.row(id)).status === 'QUEUED');
    // A suspect runs alone, and so must not keep others from running while it may not.
    await world.app.workerContext.runner.run(id, NEVER);
    expect(await world.row(id)).toMatchObject({ status: 'QUEUED', attempts: 2, errorCode: 'WORKER_LOST' });
    await pause(false);
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 3 });
  });

  it('may be retried into and cancelled out of', async () => {
    world.model.next('refusal');
    const failed = await world.request(world.pages.articleUrl('failed'));
    expect(await world.ended(failed.id)).toMatchObject({ status: 'FAILED' });
    await pause(true);
    const { data } = await send(RetryGenerationJobDocument, { id: failed.id });
    expect(data!.retryGenerationJob).toMatchObject({ status: 'QUEUED', attempts: 0 });
    await expectHeld(failed.id);
    expect((await send(RetryGenerationJobDocument, { id: failed.id })).errors).toMatchObject([
      { extensions: { code: 'CONFLICT' } },
    ]);

    const canceled = await requestHeld('canceled');
    const answer = await send(CancelGenerationJobDocument, { id: canceled.id });
    expect(answer.data!.cancelGenerationJob.status).toBe('CANCELED');
    await pause(false);
    expect(await world.ended(failed.id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
    expect(await world.row(canceled.id)).toMatchObject({ status: 'CANCELED', attempts: 0 });
  });

  it('does not let the clock pile up jobs', async () => {
    await createPublisher(db().prisma, { feedUrl: `${world.pages.url}/feed-of-the-clock`, enabled: true });
    await pause(true, 'bulk');
    const asked = [1, 2, 3].map(() =>
      db().prisma.$transaction((tx) => world.app.workerContext.collectionJobs.schedule(tx)),
    );
    const jobs = await Promise.all(asked);
    expect(new Set(jobs.map((job) => job!.id)).size).toBe(1);
    await world.app.workerContext.runner.run(jobs[0]!.id, NEVER);
    expect(await world.row(jobs[0]!.id)).toMatchObject({ status: 'QUEUED', attempts: 0 });
    await pause(false, 'bulk');
    expect(await world.ended(jobs[0]!.id)).toMatchObject({ attempts: 1 });
  });

  it('tells what waited to the engine at once when it is resumed, without waiting for a sweep', async () => {
    const own = await startGenerationApp({ engine, worker: false });
    const told = openQueue('articles', own.app.config.queueUrl, own.app.context.logger);
    try {
      const setPaused = (paused: boolean) =>
        own.app.send(PauseQueueDocument, { name: 'articles', paused }, { token: own.token });
      await setPaused(true);
      const { id } = await own.app.context.database.prisma.generationJob.create({
        data: { kind: 'ARTICLE', input: {} },
      });
      expect(await told.holds(`generation-${id}-1`)).toBe(false);
      await setPaused(false);
      expect(await told.holds(`generation-${id}-1`)).toBe(true);
    } finally {
      await told.close();
      await own.close();
    }
  });

  it('is audited once, however often and from wherever it is asked for', async () => {
    const entries = async () =>
      (await send(AuditLogDocument, { targetType: 'Queue', targetId: 'answers' })).data!.auditLog.edges.map(
        ({ node }) => [node.action, node.actor?.name],
      );
    await pause(false, 'answers');
    expect(await entries()).toEqual([]);
    const all = await Promise.all(Array.from({ length: 20 }, () => pause(true, 'answers')));
    expect(all.map(({ paused }) => paused)).toEqual(Array(20).fill(true));
    expect(await entries()).toEqual([['queue.pause', '관리자']]);
    await pause(false, 'answers');
    await pause(false, 'answers');
    expect(await entries()).toEqual([
      ['queue.resume', '관리자'],
      ['queue.pause', '관리자'],
    ]);
  });

  it.each(['', 'Articles', 'articles ', 'articles\u0000', '기사', '__proto__', 'x'.repeat(10_000)])(
    'is one that there is: not %j',
    async (name) => {
      const { errors } = await send(PauseQueueDocument, { name, paused: true });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'name' } }]);
      expect(
        await db()
          .prisma.queueState.count({ where: { name } })
          .catch(() => 0),
      ).toBe(0);
    },
  );
});
