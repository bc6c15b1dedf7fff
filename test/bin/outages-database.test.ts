import { ArticlesDocument, MeDocument, RequestArticleDocument } from '../generated/operations';
import type { Answer } from '../helpers/app';
import {
  childSettings,
  sendTo,
  startChild,
  startReadyChild,
  urlOf,
  type ChildProcess,
} from '../helpers/child-process';
import { startGenerationApp, type GenerationApp } from '../helpers/generation-app';
import { liveClient } from '../helpers/live-client';
import { startOwnPostgres, type OwnPostgres } from '../helpers/own-postgres';
import { waitUntil } from '../helpers/wait-until';

describe('while the database is away', () => {
  let postgres: OwnPostgres;
  let world: GenerationApp;
  let gateway: ChildProcess;
  let worker: ChildProcess;
  /** Readers of whose sessions the gateway remembers nothing. */
  const strangers: string[] = [];

  beforeAll(async () => {
    postgres = await startOwnPostgres();
    world = await startGenerationApp({ engine: 'PostgreSQL', databaseUrl: postgres.url, worker: false });
    for (const name of ['reader-1', 'reader-2']) strangers.push((await world.app.login(name)).accessToken);
    gateway = await startReadyChild('server', childSettings(world));
    worker = await startReadyChild('worker', childSettings(world));
  });
  afterEach(async () => {
    if (!postgres.isRunning()) await postgres.start();
    postgres.thaw();
  });
  afterAll(async () => {
    await gateway.stop();
    await worker.stop();
    await world.close();
    await postgres.close();
  });

  const me = (token = world.token) => sendTo(gateway, MeDocument, {}, token);
  const readers = () => sendTo(gateway, ArticlesDocument, { first: 5 });
  const request = (name: string) =>
    sendTo(gateway, RequestArticleDocument, { url: world.pages.articleUrl(name) }, world.token);
  const health = async (name: string) => (await fetch(`${urlOf(gateway)}/health/${name}`)).status;

  const codesOf = async (answer: Promise<Pick<Answer<unknown>, 'errors'>>) =>
    (await answer).errors.map(({ extensions }) => extensions.code);

  async function expectOutage(stranger: string): Promise<void> {
    // The last ones are more than the pool has connections.
    const calls = [readers(), me(), me(stranger), request('refused'), ...Array.from({ length: 20 }, readers)];
    for (const codes of await Promise.all(calls.map(codesOf)))
      expect(codes).toEqual(['UPSTREAM_UNAVAILABLE']);
    // It is asked once a second, for whoever asks.
    await waitUntil('it is not ready', async () => (await health('ready')) === 503);
    expect(await health('live')).toBe(200);
  }

  /** Nobody helps it. How soon it is so: `npm run bench -- outages`. */
  async function expectHealed(): Promise<void> {
    await waitUntil('readers are served', async () => (await readers()).errors.length === 0);
    await waitUntil('it is ready', async () => (await health('ready')) === 200);
    expect((await me()).errors).toEqual([]);
    expect([gateway.ended(), worker.ended()]).toEqual([null, null]);
  }

  async function expectWork(name: string): Promise<void> {
    const { data, errors } = await request(name);
    expect(errors).toEqual([]);
    expect(await world.ended(data!.requestArticle.id)).toMatchObject({ status: 'SUCCEEDED' });
  }

  const nothingLeftOpen = () =>
    waitUntil('no transaction is left open', async () => (await postgres.idleInTransaction()) === 0);

  it('says so when connections are refused, and is well again by itself', async () => {
    expect((await me()).errors).toEqual([]);
    await expectWork('before');
    await postgres.stop();
    await expectOutage(strangers[0]!);
    await postgres.start();
    await expectHealed();
    await expectWork('after-stop');
  });

  it('says so while the server is frozen, and is well again by itself', async () => {
    postgres.freeze();
    await expectOutage(strangers[1]!);
    postgres.thaw();
    await expectHealed();
    await nothingLeftOpen();
    await expectWork('after-freeze');
  });

  it('tells subscribers to come back, and they come about', async () => {
    const { data } = await request('watched');
    const { id } = data!.requestArticle;
    await world.ended(id);
    const client = liveClient(urlOf(gateway), { token: world.token });
    await postgres.stop();
    const watched = client.watch(
      'subscription ($id: ID) { generationJobUpdated(id: $id) { status article { publisher { name } } } }',
      { id },
    );
    await waitUntil('it is told to come back', () => client.closed.some(({ code }) => code === 1013));
    await postgres.start();
    await watched.until('status', 'SUCCEEDED');
    expect(watched.refused).toBeNull();
    await client.dispose();
    await expectHealed();
  });

  it('leaves no transaction open that was under way as the server froze', async () => {
    const codes: string[] = [];
    let frozen = false;
    // Each sender asks again and again, so that some request is under way whenever the freeze comes.
    const senders = Array.from({ length: 15 }, async (_, sender) => {
      for (let i = 0; !frozen; i++) {
        codes.push((await codesOf(request(`under-way-${sender}-${i}`))).join());
        if (!frozen && codes.length >= 15) {
          postgres.freeze();
          frozen = true;
        }
      }
    });
    await Promise.all(senders);
    expect(codes).toContain('UPSTREAM_UNAVAILABLE');
    expect(codes.filter((code) => code !== 'UPSTREAM_UNAVAILABLE' && code !== '')).toEqual([]);
    postgres.thaw();
    await expectHealed();
    await nothingLeftOpen();
    const rows = await world.app.context.database.prisma.generationJob.findMany({
      where: { subject: { contains: 'under-way' } },
    });
    expect(rows.length).toBeGreaterThan(0);
    for (const { id } of rows) expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('keeps a job that was running, and finishes it once', async () => {
    const calls = world.model.requests.length;
    world.model.next({ slowMs: 500 });
    const { id } = (await request('running')).data!.requestArticle;
    await waitUntil('the model is asked', () => world.model.requests.length > calls);
    const noticed = new RegExp(`"jobId":"${id}".*"errorCode":"UPSTREAM_UNAVAILABLE"`);
    await postgres.stop();
    await waitUntil('the worker has noticed', () => noticed.test(worker.output()));
    await postgres.start();
    const { status, articleId } = await world.ended(id);
    expect(status).toBe('SUCCEEDED');
    const { prisma } = world.app.context.database;
    expect(await prisma.auditEntry.count({ where: { targetId: articleId! } })).toBe(1);
    expect([gateway.ended(), worker.ended()]).toEqual([null, null]);
  });

  it('lets processes start without it and heal by themselves', async () => {
    await postgres.stop();
    const late = startChild('worker', childSettings(world));
    const [old, oldWorker] = [gateway, worker];
    const lateGateway = startChild('server', childSettings(world));
    await waitUntil('the gateway says why it waits', () =>
      lateGateway.output().includes('not ready: the database does not answer'),
    );
    gateway = lateGateway;
    worker = late;
    expect(await oldWorker.stop('SIGTERM')).toBe(0);
    expect(await old.stop('SIGTERM')).toBe(0);
    await waitUntil('the worker waits', () => late.output().includes('the start waits'));
    expect(await codesOf(readers())).toEqual(['UPSTREAM_UNAVAILABLE']);
    await postgres.start();
    await expectHealed();
    await expectWork('after-late-start');
  });
});
