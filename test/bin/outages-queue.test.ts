import { freePort } from '../../src/dev/embedded-postgres/embedded-postgres';
import { RequestArticleDocument } from '../generated/operations';
import { childSettings, sendTo, startReadyChild, type ChildProcess } from '../helpers/child-process';
import { startGenerationApp, type GenerationApp } from '../helpers/generation-app';
import { testedEngines, type RedisServer } from '../helpers/redis';
import { waitUntil } from '../helpers/wait-until';

const describeWithRedis = testedEngines().includes('Redis') ? describe : describe.skip;

describeWithRedis('while Redis is away', () => {
  let world: GenerationApp;
  let redis: RedisServer;
  let worker: ChildProcess;

  beforeAll(async () => {
    world = await startGenerationApp({ engine: 'Redis', worker: false });
    redis = world.redis!;
    worker = await startReadyChild('worker', childSettings(world));
    await expectWork('before');
  });
  afterEach(async () => {
    redis.thaw();
    if (!redis.isRunning()) await redis.start();
  });
  afterAll(async () => {
    await worker.stop();
    await world.close();
  });

  async function expectWork(name: string): Promise<void> {
    const { id } = await world.request(world.pages.articleUrl(name));
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
  }

  /** The mutation does not wait for the queue, which stays away; the row does. How soon: `npm run bench -- outages`. */
  async function requestQueued(name: string): Promise<string> {
    const { id, status } = await world.request(world.pages.articleUrl(name));
    expect(status).toBe('QUEUED');
    return id;
  }

  /** The same of a gateway in a process of its own, three times. */
  async function requestThree(gateway: ChildProcess, name: string): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const variables = { url: world.pages.articleUrl(`${name}-${n}`) };
      const { data } = await sendTo(gateway, RequestArticleDocument, variables, world.token);
      expect(data!.requestArticle.status).toBe('QUEUED');
      ids.push(data!.requestArticle.id);
    }
    return ids;
  }

  it('answers, and does the work when it is back', async () => {
    await redis.stop();
    const ids = [await requestQueued('stopped-1'), await requestQueued('stopped-2')];
    await redis.start();
    for (const id of ids) expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
    await expectWork('after-stop');
    expect(worker.ended()).toBeNull();
  });

  it('answers while it is frozen, and does the work when it moves again', async () => {
    redis.freeze();
    const id = await requestQueued('frozen');
    redis.thaw();
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
    await expectWork('after-freeze');
  });

  it('finishes every job once when it dies in the middle and comes back empty', async () => {
    const before = await world.effects();
    const calls = world.model.requests.length;
    world.model.next(...Array.from({ length: 8 }, () => ({ slowMs: 400 })));
    const requested = await Promise.all(
      Array.from({ length: 12 }, (_, i) => world.request(world.pages.articleUrl(`emptied-${i}`))),
    );
    await waitUntil('work is under way', () => world.model.requests.length > calls);
    await redis.kill();
    await redis.start();
    for (const { id } of requested)
      expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
    expect((await world.effects()).audits - before.audits).toBe(12);
    expect(worker.ended()).toBeNull();
  });

  it.each(['stopped', 'frozen'] as const)('lets gateway and worker stop in order: %s', async (how) => {
    const gateway = await startReadyChild('server', childSettings(world));
    if (how === 'stopped') await redis.stop();
    else redis.freeze();
    await requestThree(gateway, `ending-${how}`);
    expect(await worker.stop('SIGTERM')).toBe(0);
    expect(await gateway.stop('SIGTERM')).toBe(0);
    if (how === 'stopped') await redis.start();
    else redis.thaw();
    worker = await startReadyChild('worker', childSettings(world));
    await expectWork(`after-${how}`);
  });

  it('lets gateway and worker start, and heal when it appears', async () => {
    await redis.stop();
    await worker.stop();
    worker = await startReadyChild('worker', childSettings(world));
    const gateway = await startReadyChild('server', childSettings(world));
    try {
      const ids = await requestThree(gateway, 'late');
      await redis.start();
      for (const id of ids) expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
      // The gateway's own connection is well again, too: the work begins before a sweep would care.
      const url = world.pages.articleUrl('in-time');
      const { data } = await sendTo(gateway, RequestArticleDocument, { url }, world.token);
      expect(await world.ended(data!.requestArticle.id)).toMatchObject({ status: 'SUCCEEDED' });
      expect([gateway.ended(), worker.ended()]).toEqual([null, null]);
    } finally {
      await gateway.stop();
    }
  });

  it('answers when nobody has ever been at its address', async () => {
    const settings = { ...childSettings(world), QUEUE_URL: `redis://127.0.0.1:${await freePort()}` };
    const gateway = await startReadyChild('server', settings);
    try {
      await requestThree(gateway, 'nobody');
      expect(await gateway.stop('SIGTERM')).toBe(0);
    } finally {
      await gateway.stop();
    }
  });
});

describeWithRedis('while Redis does not answer', () => {
  let world: GenerationApp;

  beforeAll(async () => {
    world = await startGenerationApp({ engine: 'Redis' });
  });
  afterAll(async () => {
    world.redis?.thaw();
    await world.close();
  });

  it('the jobs of dead workers are taken back all the same, and done when it answers', async () => {
    const { pool } = world.app.context.database;
    world.redis!.freeze();
    // Many that the queue is to be told of keep nobody busy.
    await pool.query(
      `INSERT INTO "GenerationJob" (id, kind, input, "nudgedAt")
       SELECT gen_random_uuid(), 'ARTICLE', '{"task": "regenerate", "articleId": "0190a000-0000-7000-8000-000000000000"}', now() - interval '1 hour'
       FROM generate_series(1, 200)`,
    );
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO "GenerationJob" (id, kind, input, status, attempts, "runId", "leaseUntil")
       VALUES (gen_random_uuid(), 'ARTICLE', jsonb_build_object('task', 'request', 'url', $1::text), 'RUNNING', 1, gen_random_uuid(), now())
       RETURNING id`,
      [world.pages.articleUrl('lost')],
    );
    const { id } = rows[0]!;
    await waitUntil('it is taken back', async () => (await world.row(id)).status === 'QUEUED');
    world.redis!.thaw();
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 2 });
  });
});
