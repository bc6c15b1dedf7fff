import pg from 'pg';
import { Crawler } from '../../../src/adapters/crawler/crawler';
import { HostTurns } from '../../../src/adapters/rate-limiter/host-turns';
import { TryLater } from '../../../src/errors';
import { answer, fixture, redirect, type Handler } from '../../fixtures/pages/serve-pages';
import { closedAfterEach } from '../../helpers/closed-after-each';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

const ARTICLE = fixture('mk.html');
const REST_MS = 150;
const { cleanups, serve } = closedAfterEach();

describe('crawlers of several processes that ask one site', () => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new pg.Pool({ connectionString: database.url });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  /** A site that notes when it was asked, and how many requests it had at once. */
  async function site(routes: Record<string, Handler>) {
    const asked: { path: string; at: number }[] = [];
    let underWay = 0;
    let mostAtOnce = 0;
    const watched = (path: string, handler: Handler): Handler => {
      return (request, response) => {
        asked.push({ path, at: performance.now() });
        mostAtOnce = Math.max(mostAtOnce, ++underWay);
        response.on('close', () => (underWay -= 1));
        handler(request, response);
      };
    };
    const all = { '/robots.txt': answer('', 'text/plain'), ...routes };
    const server = await serve(Object.fromEntries(Object.entries(all).map(([path, handler]) => [path, watched(path, handler)])));
    const process = () => {
      const turns = new HostTurns({ pool, restMs: REST_MS });
      const crawler = new Crawler({ userAgent: 'GyeongdanBot/1.0', trustedOrigins: [server.origin], turns });
      cleanups.push(() => crawler.close());
      return crawler;
    };
    return {
      url: (path: string) => server.origin + path,
      process,
      asked,
      mostAtOnce: () => mostAtOnce,
      /** From the end of a request, which came at once, to the next. */
      gaps: () => asked.slice(1).map(({ at }, n) => at - asked[n]!.at),
      paths: () => asked.map(({ path }) => path),
      row: async () =>
        (await pool.query<{ holder: string | null; freeInMs: number }>(
          `SELECT holder, (extract(epoch FROM "freeAt" - now()) * 1000)::float8 AS "freeInMs" FROM "CrawledHost" WHERE host = $1`,
          [new URL(server.origin).host],
        )).rows[0],
    };
  } // prettier-ignore

  /** Crawls as a job does: again when it is told to. */
  async function crawlInTheEnd(crawler: Crawler, url: string, isUrgent = false): Promise<number> {
    for (let tries = 1; ; tries += 1)
      try {
        await crawler.crawl(url, { isUrgent });
        return tries;
      } catch (error) {
        if (!(error instanceof TryLater)) throw error;
        await new Promise((resolve) => setTimeout(resolve, error.afterMs));
      }
  }

  it('do so one at a time with a rest between, robots.txt and the page included', async () => {
    const slowly: Handler = (_request, response) => void setTimeout(() => answer(ARTICLE)(_request, response), 30);
    const { url, process, gaps, mostAtOnce, asked } = await site({ '/1': slowly, '/2': slowly, '/3': slowly, '/4': slowly });
    const [one, other] = [process(), process()];
    await Promise.all([
      ...['/1', '/2'].map((path) => crawlInTheEnd(one, url(path))),
      ...['/3', '/4'].map((path) => crawlInTheEnd(other, url(path), true)),
    ]);
    expect(asked).toHaveLength(6);
    expect(mostAtOnce()).toBe(1);
    // A timer may be a millisecond early.
    expect(Math.min(...gaps())).toBeGreaterThanOrEqual(REST_MS - 2);
  }); // prettier-ignore

  it('leave it alone for as long as its robots.txt says', async () => {
    const robots = answer('User-agent: *\nCrawl-delay: 0.4\nDisallow: /private', 'text/plain');
    const { url, process, gaps } = await site({ '/robots.txt': robots, '/1': answer(ARTICLE), '/2': answer(ARTICLE) });
    const crawler = process();
    await Promise.all(['/1', '/2'].map((path) => crawlInTheEnd(crawler, url(path))));
    expect(Math.min(...gaps())).toBeGreaterThanOrEqual(398);
  }); // prettier-ignore

  it('come again when that is longer than they can wait in their place', async () => {
    const robots = answer('User-agent: *\nCrawl-delay: 60', 'text/plain');
    const { url, process, paths, row } = await site({ '/robots.txt': robots, '/1': answer(ARTICLE) });
    await expect(process().crawl(url('/1'))).rejects.toMatchObject({ name: 'TryLater', afterMs: 60_000 });
    expect(paths()).toEqual(['/robots.txt']);
    expect((await row())!.freeInMs).toBeGreaterThan(50_000);
    await expect(process().crawl(url('/1'))).rejects.toBeInstanceOf(TryLater);
    expect(paths()).toEqual(['/robots.txt']);
  });

  it.each([429, 503])('all wait for as long as %d with Retry-After says', async (status) => {
    const busy: Handler = (_request, response) => response.writeHead(status, { 'retry-after': '120' }).end();
    const { url, process, paths } = await site({ '/busy': busy, '/1': answer(ARTICLE) });
    await expect(process().crawl(url('/busy'))).rejects.toMatchObject({ code: 'PAGE_UNREACHABLE', retryAfterSeconds: 120 });
    for (const isUrgent of [false, true]) {
      const refused = process().crawl(url('/1'), { isUrgent });
      await expect(refused).rejects.toMatchObject({ name: 'TryLater', afterMs: expect.any(Number) });
      await refused.catch((error: TryLater) => expect(error.afterMs).toBeGreaterThan(110_000));
    }
    expect(paths()).toEqual(['/robots.txt', '/busy']);
  }); // prettier-ignore

  it('get places behind each other, and somebody who is waited for does not', async () => {
    const { url, process, asked } = await site({ '/slow': () => {}, '/1': answer(ARTICLE) });
    const held = new AbortController();
    const holding = process().crawl(url('/slow'), { signal: held.signal });
    holding.catch(() => {});
    while (asked.length < 2) await new Promise((resolve) => setImmediate(resolve));
    const turns = new HostTurns({ pool, restMs: REST_MS });
    const query = async (sql: string, values: unknown[]) => (await pool.query(sql, values)).rows as never;
    await turns.queueUp(query, Array<string>(1_000).fill(new URL(url('/')).host));
    const patience = { isUrgent: false, holdMs: 1_000, signal: held.signal };
    const waits: number[] = [];
    for (let n = 0; n < 3; n += 1)
      await turns.take(new URL(url('/')).host, patience).catch(({ afterMs }: TryLater) => waits.push(afterMs));
    expect(waits).toHaveLength(3);
    expect(waits[0]).toBeGreaterThan(999 * REST_MS - 5_000);
    expect(waits[1]! - waits[0]!).toBeGreaterThan(0);
    held.abort(new Error('stop'));
    await holding.catch(() => {});
    await crawlInTheEnd(process(), url('/1'), true);
    expect(asked.at(-1)).toMatchObject({ path: '/1' });
  }); // prettier-ignore

  it('give the turn back whatever becomes of the page, and go from host to host', async () => {
    const target = await site({ '/here': answer(ARTICLE) });
    const { url, process, row } = await site({ '/gone': answer('', 'application/pdf'), '/away': redirect(target.url('/here')) });
    await expect(process().crawl(url('/gone'))).rejects.toMatchObject({ code: 'PAGE_NOT_HTML' });
    expect((await row())!.holder).toBeNull();
    const crawler = new Crawler({
      userAgent: 'GyeongdanBot/1.0',
      trustedOrigins: [new URL(url('/')).origin, new URL(target.url('/')).origin],
      turns: new HostTurns({ pool, restMs: REST_MS }),
    });
    cleanups.push(() => crawler.close());
    await crawlInTheEnd(crawler, url('/away'));
    expect(target.paths()).toEqual(['/robots.txt', '/here']);
    expect((await row())!.holder).toBeNull();
    expect((await target.row())!.holder).toBeNull();
  }); // prettier-ignore

  it('do not wait for one that died with its turn', async () => {
    const { url, process } = await site({ '/1': answer(ARTICLE) });
    const dead = new HostTurns({ pool, restMs: REST_MS });
    const signal = new AbortController().signal;
    await dead.take(new URL(url('/')).host, { holdMs: 300, isUrgent: true, signal });
    await crawlInTheEnd(process(), url('/1'));
  });
});
