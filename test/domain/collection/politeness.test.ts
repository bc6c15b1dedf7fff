import {
  CollectionJobDocument,
  CollectNewsDocument,
  CreatePublisherDocument,
} from '../../generated/operations';
import { childSettings, startReadyChild, type ChildProcess } from '../../helpers/child-process';
import { articleUrls, feedOf, rssOf, sendFeed } from '../../helpers/feed-pages';
import { startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import { sendArticle } from '../../helpers/page-server';
import { testedEngines } from '../../helpers/redis';
import { waitUntil } from '../../helpers/wait-until';

jest.setTimeout(90_000);
const REST_MS = 100;

describe.each(testedEngines())('workers that collect, with their queue in %s', (engine) => {
  let world: GenerationApp;
  const children: ChildProcess[] = [];
  let publishers = 0;

  beforeEach(async () => {
    world = await startGenerationApp({
      engine,
      worker: false,
      environment: { CRAWLER_DELAY_SECONDS: String(REST_MS / 1000) },
    });
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await child.stop();
    await world.close();
  });

  const db = () => world.app.context.database.prisma;
  const asAdmin = () => ({ token: world.token });
  async function publisher(feedUrl: string): Promise<string> {
    const input = { name: `언론사 ${++publishers}`, feedUrl };
    return (await world.app.send(CreatePublisherDocument, { input }, asAdmin())).data!.createPublisher.id;
  }
  async function startChild(more: Record<string, string> = {}): Promise<ChildProcess> {
    const child = await startReadyChild('worker', { ...childSettings(world), ...more });
    children.push(child);
    return child;
  }
  const ask = async () => (await world.app.send(CollectNewsDocument, {}, asAdmin())).data!.collectNews.id;
  const reports = async (id: string) =>
    (await world.app.send(CollectionJobDocument, { id }, asAdmin())).data!.generationJob!.collection!;
  const jobsOf = (urls: string[]) => db().generationJob.findMany({ where: { subject: { in: urls } } });

  /** Notes when the site of these pages was asked, and how many requests it had at once. */
  function watch(urls: string[]) {
    const at: number[] = [];
    let underWay = 0;
    const watched = { at, mostAtOnce: 0 };
    for (const url of urls) {
      const { pathname } = new URL(url);
      world.pages.answer(pathname, (_request, response) => {
        at.push(performance.now());
        watched.mostAtOnce = Math.max(watched.mostAtOnce, ++underWay);
        setTimeout(() => {
          underWay -= 1;
          sendArticle(response, { name: pathname, canonicalUrl: url });
        }, 20);
      });
    }
    return watched;
  }

  it('ask a site for its articles one at a time with a rest between, and no job is failed by the wait', async () => {
    const urls = articleUrls(world.pages, 'polite', 12);
    const watched = watch(urls);
    await publisher(world.pages.answer('/feed.xml', feedOf(...urls)));
    await Promise.all([startChild(), startChild()]);
    const id = await ask();
    expect((await world.ended(id)).status).toBe('SUCCEEDED');
    const jobs = await waitUntil(
      'all are written',
      async () => {
        const rows = await jobsOf(urls);
        return rows.length === 12 && rows.every(({ finishedAt }) => finishedAt) && rows;
      },
      60_000,
    );
    for (const job of jobs) expect(job).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
    expect(watched.at).toHaveLength(12);
    expect(watched.mostAtOnce).toBe(1);
    const gaps = watched.at.slice(1).map((time, n) => time - watched.at[n]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(REST_MS);
    expect(await db().article.count()).toBe(12);
  });

  it('do nothing twice when one is killed half-way, and the feeds that it had read are not read again', async () => {
    const [first, second] = [articleUrls(world.pages, 'first', 60), articleUrls(world.pages, 'second', 60)];
    // Far apart, so that only the collection runs.
    world.pages.answer(
      '/robots.txt',
      (_request, response) => void response.writeHead(200).end('User-agent: *\nCrawl-delay: 0.3\n'),
    );
    const one = await publisher(world.pages.answer('/one.xml', feedOf(...first)));
    let held = true;
    const other = await publisher(
      world.pages
        .answer('/other.xml', (_request, response) => {
          if (!held) sendFeed(response, rssOf([...second, ...first]));
        })
        .replace('127.0.0.1', 'localhost'),
    );
    const trusted = { CRAWLER_TRUSTED_ORIGINS: `${world.pages.url},${world.pages.otherUrl}` };
    const killed = await startChild(trusted);
    const id = await ask();
    await waitUntil(
      'one feed is reported and the other one is asked',
      async () => (await reports(id)).length === 1 && world.pages.visits.includes('/other.xml'),
    );
    await killed.stop('SIGKILL');
    held = false;
    // What the dead one held is over when its time is; here nobody waits for that.
    await db().$executeRaw`UPDATE "CrawledHost" SET "freeAt" = now() WHERE holder IS NOT NULL`;
    await startChild(trusted);
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 2 });
    const found = Object.fromEntries((await reports(id)).map((report) => [report.publisher.id, report]));
    expect(found[one]).toMatchObject({ found: 60, new: 60, known: 0 });
    expect(found[other]).toMatchObject({ found: 120, new: 60, known: 60 });
    expect(world.pages.visits.filter((visit) => visit === '/one.xml')).toHaveLength(1);
    expect(await jobsOf([...first, ...second])).toHaveLength(120);
    expect(await db().auditEntry.count({ where: { action: 'publisher.collect' } })).toBe(2);
  });

  it('leave a feed alone for as long as it asks, without counting the wait, and read the others', async () => {
    let busy = 0;
    const [url] = articleUrls(world.pages, 'later', 1) as [string];
    const later = await publisher(
      world.pages.answer('/busy.xml', (_request, response) => {
        if (busy++ > 0) return sendFeed(response, rssOf([url]));
        response.writeHead(503, { 'retry-after': '3' }).end();
      }),
    );
    const gone = await publisher(
      world.pages
        .answer(
          '/gone.xml',
          (_request, response) => void response.writeHead(429, { 'retry-after': '7200' }).end(),
        )
        .replace('127.0.0.1', 'localhost'),
    );
    await world.startWorker();
    const id = await ask();
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 2 });
    const found = Object.fromEntries((await reports(id)).map((report) => [report.publisher.id, report]));
    expect(found[later]).toMatchObject({ found: 1, new: 1, error: null });
    expect(found[gone]).toMatchObject({ found: 0, error: { code: 'PAGE_UNREACHABLE', retryable: true } });
    expect(world.pages.visits.filter((visit) => visit.endsWith('.xml')).sort()).toEqual([
      '/busy.xml',
      '/busy.xml',
      '/gone.xml',
    ]);
  });

  it('obey robots.txt in feeds and articles', async () => {
    world.pages.answer(
      '/robots.txt',
      (_request, response) =>
        void response.writeHead(200).end('User-agent: *\nDisallow: /articles/secret\nDisallow: /feeds/'),
    );
    const hidden = await publisher(world.pages.answer('/feeds/all.xml', feedOf()));
    const secret = world.pages.articleUrl('secret');
    const open = await publisher(world.pages.answer('/open.xml', feedOf(secret)));
    await world.startWorker();
    const id = await ask();
    await world.ended(id);
    const found = Object.fromEntries((await reports(id)).map((report) => [report.publisher.id, report]));
    expect(found[hidden]).toMatchObject({ found: 0, error: { code: 'ROBOTS_DISALLOWED', retryable: false } });
    expect(found[open]).toMatchObject({ found: 1, new: 1 });
    const [job] = await jobsOf([secret]);
    expect(await world.ended(job!.id)).toMatchObject({
      status: 'FAILED',
      errorCode: 'ROBOTS_DISALLOWED',
    });
    expect(world.pages.visits).toEqual(['/open.xml']);
  });

  it('let an article that an admin asks for not wait behind what was collected', async () => {
    world.pages.answer(
      '/robots.txt',
      (_request, response) => void response.writeHead(200).end('User-agent: *\nCrawl-delay: 1.5\n'),
    );
    const urls = articleUrls(world.pages, 'behind', 200);
    await publisher(world.pages.answer('/many.xml', feedOf(...urls)));
    await world.startWorker();
    await world.ended(await ask());
    const last = urls.at(-1)!;
    const [queued] = await jobsOf([last]);
    expect(queued).toMatchObject({ status: 'QUEUED', attempts: 0, input: { task: 'collect' } });
    expect(queued!.nextAttemptAt.getTime() - Date.now()).toBeGreaterThan(100 * REST_MS);
    const asked = await world.request(last);
    expect(asked.id).toBe(queued!.id);
    expect(await world.ended(asked.id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await db().generationJob.count({ where: { status: 'QUEUED' } })).toBeGreaterThan(100);
  });
});
