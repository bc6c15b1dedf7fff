import { CancelGenerationJobDocument, RetryGenerationJobDocument } from '../generated/operations';
import { startGenerationApp, type GenerationApp } from '../helpers/generation-app';
import { testedEngines } from '../helpers/redis';
import { waitUntil } from '../helpers/wait-until';
import { JobProducer } from '../../src/adapters/queue/job-producer';
import { openQueue } from '../helpers/queue-state';

const ABSENT = '0190a000-0000-7000-8000-000000000000';

describe.each(testedEngines())('a request to run or to cancel a job, with its queue in %s', (engine) => {
  let world: GenerationApp;

  beforeAll(async () => {
    const environment = { OPENAI_TIMEOUT_SECONDS: '60' };
    world = await startGenerationApp({ engine, worker: false, environment });
  });
  afterAll(() => world.close());

  const cancel = (id: string) => world.app.send(CancelGenerationJobDocument, { id }, { token: world.token });

  it('keeps a waiting job from ever starting, however often it is repeated', async () => {
    const { id } = await world.request(world.pages.articleUrl('waiting'));
    const canceled = (await cancel(id)).data!.cancelGenerationJob;
    expect(canceled).toMatchObject({ id, status: 'CANCELED', attempts: 0, error: null });
    expect((await cancel(id)).data!.cancelGenerationJob).toEqual(canceled);

    await world.startWorker();
    const next = await world.request(world.pages.articleUrl('after-waiting'));
    expect(await world.ended(next.id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.row(id)).toMatchObject({ status: 'CANCELED', attempts: 0, startedAt: null });
    expect(world.pages.visits).not.toContain('/articles/waiting');
    const { prisma } = world.app.context.database;
    expect(await prisma.auditEntry.count({ where: { targetId: id, action: 'job.cancel' } })).toBe(1);
  });

  it('a cancelled job writes nothing, and its call to the model is cut', async () => {
    const before = await world.effects();
    const calls = world.model.requests.length;
    world.model.next('silence');
    const { id } = await world.request(world.pages.articleUrl('running'));
    const call = await waitUntil('the model is asked', () => world.model.requests[calls]);

    const canceled = (await cancel(id)).data!.cancelGenerationJob;
    expect(canceled).toMatchObject({ status: 'CANCELED', step: null });
    await waitUntil('the call is cut', () => call.abandoned);

    const next = await world.request(world.pages.articleUrl('after-running'));
    await world.ended(next.id);
    expect(await world.row(id)).toMatchObject({
      status: 'CANCELED',
      articleId: null,
      runId: null,
      model: null,
    });
    const after = await world.effects();
    expect(after.articles - before.articles).toBe(1);
    expect(after.revisions - before.revisions).toBe(1);
    expect(world.model.requests).toHaveLength(calls + 2);
  });

  it('a cancelled job writes nothing, although its rewrite was ready', async () => {
    const before = await world.effects();
    const calls = world.model.requests.length;
    world.model.next({ slowMs: 200 });
    const { id } = await world.request(world.pages.articleUrl('too-late'));
    const call = await waitUntil('the model is asked', () => world.model.requests[calls]);
    // Only the row is told, as by another gateway just before the worker's write.
    await world.app.context.database.prisma.generationJob.update({
      where: { id },
      data: { status: 'CANCELED', runId: null, leaseUntil: null, finishedAt: new Date() },
    });
    await waitUntil('the worker has let go', () =>
      world.app.logs.some((line) => line.includes(id) && line.includes('taken away')),
    );
    expect(call.body.model).toBe('test-model');
    expect(await world.row(id)).toMatchObject({ status: 'CANCELED', articleId: null });
    expect(await world.effects()).toEqual(before);
  });

  it('runs a cancelled job again when it is retried', async () => {
    const calls = world.model.requests.length;
    world.model.next('silence');
    const { id } = await world.request(world.pages.articleUrl('retried'));
    await waitUntil('the model is asked', () => world.model.requests[calls]);
    await cancel(id);
    await world.app.send(RetryGenerationJobDocument, { id }, { token: world.token });
    expect(await world.ended(id)).toMatchObject({
      status: 'SUCCEEDED',
      attempts: 1,
      cancelRequestedAt: null,
    });
  });

  it('conflicts with a job that has succeeded or failed, and knows no other', async () => {
    const succeeded = await world.request(world.pages.articleUrl('succeeded'));
    await world.ended(succeeded.id);
    world.model.next('refusal');
    const failed = await world.request(world.pages.articleUrl('failed'));
    expect(await world.ended(failed.id)).toMatchObject({ status: 'FAILED', errorCode: 'MODEL_REFUSED' });
    for (const { id } of [succeeded, failed])
      expect((await cancel(id)).errors[0]!.extensions.code).toBe('CONFLICT');
    expect((await cancel(ABSENT)).errors[0]!.extensions.code).toBe('NOT_FOUND');
  });

  it('a 10 MB payload is refused when enqueued', async () => {
    const { config, context } = world.app;
    const producer = new JobProducer({ url: config.queueUrl, logger: context.logger });
    for (const bytes of [1_001, 10 * 1024 * 1024]) {
      const payload = { jobId: ABSENT, text: 'x'.repeat(bytes) };
      await expect(producer.add('articles', { id: 'large', payload })).rejects.toThrow(RangeError);
    }
    // A pending or finished entry would have another state.
    const queue = openQueue('articles', config.queueUrl, context.logger);
    expect(await queue.holds('large').finally(() => queue.close())).toBe(false);
    await producer.close();
  });
});
