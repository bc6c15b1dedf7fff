import type { GenerationStatus, Prisma } from '../../../src/generated/prisma/client';
import { QueuesDocument } from '../../generated/operations';
import { startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import { testedEngines } from '../../helpers/redis';
import { waitUntil } from '../../helpers/wait-until';

const NOTHING = {
  waiting: 0,
  active: 0,
  delayed: 0,
  failed: 0,
  completed: 0,
  paused: false,
  oldestWaitingSeconds: null,
};

describe.each(testedEngines())('the queues, with their nudges in %s', (engine) => {
  let world: GenerationApp;

  beforeAll(async () => {
    world = await startGenerationApp({ engine, worker: false });
  });
  afterAll(() => world.close());

  async function queues() {
    const { data, errors } = await world.app.send(QueuesDocument, {}, { token: world.token });
    expect(errors).toEqual([]);
    return Object.fromEntries(data!.queues.map((queue) => [queue.name, queue]));
  }

  it('are all there before there is any job', async () => {
    const { data } = await world.app.send(QueuesDocument, {}, { token: world.token });
    expect(data!.queues).toEqual(
      ['articles', 'answers', 'bulk', 'training'].map((name) => ({ id: name, name, ...NOTHING })),
    );
  });

  it('count each job once, where it stands', async () => {
    const { prisma, pool } = world.app.context.database;
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);
    const job = (status: GenerationStatus, more: Partial<Prisma.GenerationJobCreateManyInput> = {}) => ({
      kind: 'ARTICLE' as const, status, input: {}, ...more,
    }); // prettier-ignore
    await prisma.generationJob.createMany({
      data: [
        job('QUEUED', { nextAttemptAt: ago(100) }),
        job('QUEUED', { nextAttemptAt: ago(900), createdAt: ago(5_000) }),
        job('QUEUED', { nextAttemptAt: ago(-900) }),
        job('RUNNING', { leaseUntil: ago(-900) }),
        job('FAILED', { errorCode: 'PAGE_TIMEOUT' }),
        job('CANCELED'),
        ...Array.from({ length: 3 }, () => job('SUCCEEDED')),
        job('SUCCEEDED', { kind: 'COLLECTION' }),
        job('QUEUED', { kind: 'RECOMMENDATIONS', nextAttemptAt: ago(7) }),
      ],
    });
    // Of a newer version: whose queue nobody here knows.
    await pool.query(`ALTER TYPE "GenerationKind" ADD VALUE 'FROM_THE_FUTURE'`);
    await pool.query(
      `INSERT INTO "GenerationJob" (id, kind, input) VALUES (gen_random_uuid(), 'FROM_THE_FUTURE', '{}')`,
    );
    const { articles, answers, bulk, training } = await queues();
    expect(articles).toMatchObject({ waiting: 2, active: 1, delayed: 1, failed: 1, completed: 3 });
    expect(articles!.oldestWaitingSeconds).toBeGreaterThanOrEqual(900);
    expect(articles!.oldestWaitingSeconds).toBeLessThan(5_000);
    expect(answers).toMatchObject(NOTHING);
    expect(bulk).toMatchObject({ ...NOTHING, completed: 1 });
    expect(training).toMatchObject({ ...NOTHING, waiting: 1, oldestWaitingSeconds: expect.any(Number) });
    await prisma.generationJob.deleteMany();
  });

  it('follow a job from its request to its end', async () => {
    const { id } = await world.request(world.pages.articleUrl('followed'));
    expect((await queues()).articles).toMatchObject({ waiting: 1, active: 0, completed: 0 });
    const calls = world.model.requests.length;
    world.model.next({ slowMs: 400 });
    const worker = await world.startWorker();
    await waitUntil('the model is asked', () => world.model.requests[calls]);
    expect((await queues()).articles).toMatchObject({ waiting: 0, active: 1, oldestWaitingSeconds: null });
    await world.ended(id);
    expect((await queues()).articles).toMatchObject({ waiting: 0, active: 0, completed: 1 });
    await worker.stop();
  });

  if (engine === 'Redis')
    it.each(['emptied', 'away', 'frozen'] as const)(
      'are told from the rows while Redis is %s',
      async (how) => {
        const { redis } = world;
        await world.request(world.pages.articleUrl(`redis-${how}`));
        const before = (await queues()).articles!;
        expect(before.waiting).toBeGreaterThan(0);
        if (how === 'emptied') await redis!.flush();
        else if (how === 'away') await redis!.stop();
        else redis!.freeze();
        expect((await queues()).articles).toMatchObject({
          waiting: before.waiting,
          completed: before.completed,
        });
        redis!.thaw();
        if (how === 'away') await redis!.start();
      },
    );

  it('are counted by two statements, however many jobs there are', async () => {
    await queues();
    world.app.statements.length = 0;
    await queues();
    expect(world.app.statements.filter((sql) => !sql.includes('"Session"'))).toHaveLength(2);
  });
});
