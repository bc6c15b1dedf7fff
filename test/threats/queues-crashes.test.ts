import { GenerationJobDocument } from '../generated/operations';
import { childSettings, startChild, startReadyChild, type ChildProcess } from '../helpers/child-process';
import { startGenerationApp, type GenerationApp } from '../helpers/generation-app';
import { sendArticle } from '../helpers/page-server';
import { testedEngines } from '../helpers/redis';
import { waitUntil } from '../helpers/wait-until';

describe.each(testedEngines())('a worker that dies, with its queue in %s', (engine) => {
  let world: GenerationApp;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    world = await startGenerationApp({ engine, worker: false });
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await child.stop();
  });
  afterAll(() => world.close());

  async function startWorker(more: Record<string, string> = {}): Promise<ChildProcess> {
    const child = await startReadyChild('worker', { ...childSettings(world), ...more });
    children.push(child);
    return child;
  }

  /** Requests a page whose rewrite hangs; resolves when a worker waits for the model. */
  async function requestHanging(name: string): Promise<{ id: string }> {
    const calls = world.model.requests.length;
    world.model.next('silence');
    const requested = await world.request(world.pages.articleUrl(name));
    await waitUntil('the model is asked', () => world.model.requests.length > calls);
    return requested;
  }

  it('loses its job to another worker when it is killed, and the job is done once', async () => {
    const before = await world.effects();
    const killed = await startWorker();
    const { id } = await requestHanging('killed');
    const survivor = await startWorker();
    await killed.stop('SIGKILL');
    expect(await world.row(id)).toMatchObject({ status: 'RUNNING', attempts: 1, step: 'rewriting' });

    const job = await world.ended(id);
    expect(job).toMatchObject({ status: 'SUCCEEDED', attempts: 2, errorCode: null });
    const after = await world.effects();
    expect(after).toEqual({
      articles: before.articles + 1,
      originals: before.originals + 1,
      revisions: before.revisions + 1,
      audits: before.audits + 1,
    });
    expect(survivor.ended()).toBeNull();
    // The call that nobody could settle is on the books with the most that it may have cost.
    const calls = await world.calls(id);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['RESERVED', 'OK']);
    expect(calls[0]).toMatchObject({ costUsd: null });
    expect(Number(calls[0]!.reservedUsd)).toBeGreaterThan(Number(calls[1]!.costUsd));
    expect(Number(job.costUsd)).toBeCloseTo(Number(calls[1]!.costUsd), 6);
  });

  it('can change nothing any more when it was only asleep', async () => {
    const before = await world.effects();
    // Long enough that a busy machine does not make the other one lose it too.
    const lease = { JOB_LEASE_SECONDS: '4' };
    const sleeper = await startWorker(lease);
    const calls = world.model.requests.length;
    world.model.next({ slowMs: 300 }, { slowMs: 4_000 });
    const { id } = await world.request(world.pages.articleUrl('asleep'));
    await waitUntil('the model is asked', () => world.model.requests.length > calls);
    sleeper.signal('SIGSTOP');
    const { runId } = await world.row(id);

    const other = await startWorker(lease);
    await waitUntil('the other worker has taken over', () => world.model.requests.length > calls + 1);
    const taken = await world.row(id);
    expect(taken).toMatchObject({ status: 'RUNNING', attempts: 2 });
    expect(taken.runId).not.toBe(runId);

    // It wakes up with a finished rewrite in its hands.
    sleeper.signal('SIGCONT');
    await waitUntil('it has noticed', () => sleeper.output().includes('taken away from this worker'));
    expect(await world.row(id)).toMatchObject({ status: 'RUNNING', runId: taken.runId, articleId: null });
    expect(await world.effects()).toEqual(before);

    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 2 });
    expect((await world.effects()).articles).toBe(before.articles + 1);
    await other.stop('SIGKILL');
    const next = await world.request(world.pages.articleUrl('after-sleep'));
    expect(await world.ended(next.id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('gives its job back uncounted when it is asked to stop, and exits', async () => {
    const stopped = await startWorker();
    const { id } = await requestHanging('stopped');
    expect(await stopped.stop('SIGTERM')).toBe(0);
    expect(await world.row(id)).toMatchObject({ status: 'QUEUED', attempts: 0, runId: null, step: null });

    await startWorker();
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
  });

  it('a job that kills its worker ends as failed after 5 starts and harms no other', async () => {
    const slowly = (name: string) =>
      world.pages.answer(`/articles/${name}`, (_request, response) => {
        const canonicalUrl = world.pages.articleUrl(name);
        setTimeout(() => sendArticle(response, { name, canonicalUrl }), 500).unref();
      });
    const innocent = ['bystander-1', 'bystander-2', 'bystander-3'].map(slowly);
    const starts: ChildProcess[] = [];
    // The others have begun by then.
    const poison = world.pages.answer('/articles/poison', () => {
      setTimeout(() => starts.at(-1)!.signal('SIGKILL'), 250).unref();
    });
    const requested = await Promise.all([poison, ...innocent].map((url) => world.request(url)));

    const over = () => Promise.all(requested.map(({ id }) => world.row(id)));
    const rows = await waitUntil('all jobs have ended', async () => {
      if (starts.at(-1)?.ended() !== null) {
        starts.push(startChild('worker', childSettings(world)));
        children.push(starts.at(-1)!);
      }
      const now = await over();
      return now.every(({ finishedAt }) => finishedAt) && now;
    });
    const [poisoned, ...bystanders] = rows;
    expect(poisoned).toMatchObject({ status: 'FAILED', errorCode: 'WORKER_LOST', attempts: 5, runId: null });
    for (const { status, attempts } of bystanders) {
      expect(status).toBe('SUCCEEDED');
      expect(attempts).toBeLessThanOrEqual(3);
    }
    expect(starts.filter((child) => child.ended() === 'SIGKILL')).toHaveLength(5);

    const { data } = await world.app.send(
      GenerationJobDocument,
      { id: poisoned!.id },
      { token: world.token },
    );
    expect(data!.generationJob!.error).toMatchObject({ code: 'WORKER_LOST', retryable: true });
    const next = await world.request(world.pages.articleUrl('after-poison'));
    expect(await world.ended(next.id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
  });
});
