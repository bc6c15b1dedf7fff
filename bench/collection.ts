import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, startEmbeddedPostgres } from '../src/dev/embedded-postgres/embedded-postgres';
import { migrateQueue } from '../src/adapters/queue/queue';
import { loadConfig } from '../src/config/config';
import { createGatewayContext, type GatewayContext } from '../src/context/gateway';
import { Lifetime } from '../src/context/lifetime';
import { createSharedContext } from '../src/context/shared';
import { createLogger } from '../src/logger';
import { migrateDatabase } from '../src/adapters/database/migrations';
import { testSigningKey } from '../test/helpers/app';
import { articleUrls, rssOf } from '../test/helpers/feed-pages';
import { startModelServer } from '../test/helpers/model-server';
import { sendArticle, startPageServer, type PageServer } from '../test/helpers/page-server';
import { buildProcesses, startRealProcess, type RealProcess } from './real-process';
import { report } from './report';
import type { Sizes } from './sizes';

const WORKERS = 2;
const REST_MS = 50;
/** How long a slow server takes for a piece of its feed, and for a page. */
const SLOW_MS = 100;
const FEED_PIECES = 30;
const STALL_MS = 60_000;
const MOST_MEMORY_MB = 500;

/** A publisher's server that notes when it was asked. */
interface Site {
  name: string;
  pages: PageServer;
  askedAt: number[];
  mostAtOnce: number;
}

/**
 * Three feeds of 1,000 items (or `--items`), two on slow servers and one cut off in the middle of its last item,
 * by two workers that leave each server alone for 50 ms. True when every page became an article once, none was asked for
 * out of turn, and a second collection found nothing.
 */
export async function benchCollection({ items }: Sizes): Promise<boolean> {
  buildProcesses();
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-bench-collection-'));
  chmodSync(folder, 0o755);
  const closers: (() => Promise<unknown> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const postgres = await startEmbeddedPostgres({ folder });
    closers.push(() => postgres.stop());
    await postgres.ensureDatabase('collection');
    const databaseUrl = postgres.url('collection');
    await migrateDatabase(databaseUrl);
    await migrateQueue(databaseUrl);
    const model = await startModelServer();
    closers.push(() => model.close());
    const sites = [
      await site('slow-1', items, true),
      await site('slow-2', items, true),
      await site('broken', items, false),
    ];
    for (const { pages } of sites) closers.push(() => pages.close());
    const settings = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      DATABASE_URL: databaseUrl,
      JWT_PRIVATE_KEYS: testSigningKey(),
      KAKAO_REST_API_KEY: 'bench',
      OPENAI_API_KEY: model.apiKey,
      OPENAI_BASE_URL: model.url,
      OPENAI_MODEL: 'test-model',
      CRAWLER_TRUSTED_ORIGINS: sites.map(({ pages }) => pages.url).join(','),
      CRAWLER_DELAY_SECONDS: String(REST_MS / 1000),
    };
    const opened = new Lifetime();
    closers.push(() => opened.close());
    const logger = createLogger({ level: 'silent', pretty: false });
    const context = createGatewayContext(
      createSharedContext({ config: loadConfig(settings), logger, opened }),
      opened,
    );
    const workers: RealProcess[] = [];
    for (let n = 0; n < WORKERS; n += 1) {
      const worker = await startRealProcess('worker', await freePort(), settings);
      closers.push(() => worker.stop());
      workers.push(worker);
    }
    return await measure(context, sites, workers, items);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function measure(
  context: GatewayContext,
  sites: Site[],
  workers: RealProcess[],
  items: number,
): Promise<boolean> {
  const { prisma } = context.database;
  for (const { name, pages } of sites)
    await prisma.publisher.create({ data: { name, domain: name, feedUrl: `${pages.url}/feed.xml` } });
  const user = await prisma.user.create({ data: { kakaoId: '1', name: '벤치 관리자', role: 'ADMIN' } });
  const viewer = { userId: user.id, sessionId: user.id, role: user.role };
  const collect = async () => {
    const startedAt = performance.now();
    const { id } = await context.services.collectionJobs.request({ viewer, requestId: 'bench' }, null);
    await ended(async () => prisma.generationJob.count({ where: { id, finishedAt: { not: null } } }), 1);
    const reports = [...(await context.services.collectionJobs.reportsOf([id])).values()].flat();
    return { seconds: (performance.now() - startedAt) / 1000, reports };
  };
  const startedAt = performance.now();
  const first = await collect();
  const wanted = 3 * items - 1;
  await ended(
    () => prisma.generationJob.count({ where: { kind: 'ARTICLE', finishedAt: { not: null } } }),
    wanted,
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const rates = sites.map((one) => `${one.name} ${perSecond(one)}`);
  const soonest = Math.min(...sites.map(({ askedAt }) => smallestGap(askedAt)));
  const second = await collect();
  const articles = await prisma.article.count();
  const tries = await prisma.generationJob.aggregate({
    where: { kind: 'ARTICLE' },
    _max: { attempts: true },
  });
  const memory = workers.map((worker) => worker.peakMemory());
  const told = first.reports.map(
    ({ publisher, found, new: fresh, failed, errorCode }) =>
      `${publisher.name} ${found} found, ${fresh} new, ${failed} failed${errorCode ? ` (${errorCode})` : ''}`,
  );
  return report(
    `collection of 3 feeds with ${items} items, two slow, one broken; ${WORKERS} workers, ${REST_MS} ms of rest for a server`,
    [
      `feeds read and jobs written in ${first.seconds.toFixed(1)} s: ${told.join('; ')}`,
      `${articles} articles after ${seconds.toFixed(0)} s; a second collection took ${second.seconds.toFixed(1)} s`,
      `requests per second, mean (most in any second): ${rates.join('; ')}`,
    ],
    [
      {
        name: 'new links that were reported',
        value: newIn(first.reports),
        exactly: wanted,
      },
      {
        name: 'feeds that were reported wrongly',
        value: first.reports.filter(isWrong).length,
        exactly: 0,
      },
      { name: 'articles that are missing or twice', value: wanted - articles, exactly: 0 },
      {
        name: 'requests at a server at once',
        value: Math.max(...sites.map((one) => one.mostAtOnce)),
        exactly: 1,
      },
      { name: 'least time between two requests to a server', value: soonest, atLeast: REST_MS, unit: ' ms' },
      {
        name: 'most requests to a server in a second',
        value: Math.max(...sites.map(({ askedAt }) => mostInASecond(askedAt))),
        atMost: 1000 / REST_MS,
      },
      { name: 'tries of a job at most', value: tries._max.attempts ?? 0, exactly: 1 },
      { name: 'new in the second collection', value: newIn(second.reports), exactly: 0 },
      { name: 'memory of a worker at most', value: Math.max(...memory), atMost: MOST_MEMORY_MB, unit: ' MB' },
    ],
  );
}

async function site(name: string, items: number, isSlow: boolean): Promise<Site> {
  const pages = await startPageServer();
  const noted: Site = { name, pages, askedAt: [], mostAtOnce: 0 };
  let underWay = 0;
  const note = (response: ServerResponse) => {
    noted.askedAt.push(performance.now());
    noted.mostAtOnce = Math.max(noted.mostAtOnce, ++underWay);
    response.on('close', () => (underWay -= 1));
  };
  pages.answer('/robots.txt', (_request, response) => {
    note(response);
    response.writeHead(404).end();
  });
  const urls = articleUrls(pages, name, items);
  for (const url of urls) {
    const { pathname } = new URL(url);
    pages.answer(pathname, async (_request, response) => {
      note(response);
      if (isSlow) await delay(SLOW_MS);
      sendArticle(response, { name: pathname, canonicalUrl: url });
    });
  }
  const whole = rssOf(urls);
  const feed = isSlow ? whole : whole.slice(0, whole.lastIndexOf('</item>') - 40);
  pages.answer('/feed.xml', async (_request, response) => {
    note(response);
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    const size = Math.ceil(feed.length / FEED_PIECES);
    for (let from = 0; from < feed.length; from += size) {
      response.write(feed.slice(from, from + size));
      if (isSlow) await delay(SLOW_MS);
    }
    response.end();
  });
  return noted;
}

interface Report {
  publisher: { name: string };
  new: number;
  errorCode: string | null;
}

function newIn(reports: readonly Report[]): number {
  return reports.reduce((sum, report) => sum + report.new, 0);
}

/** A feed that was cut off must say so, and no other. */
function isWrong({ publisher, errorCode }: Report): boolean {
  return errorCode !== (publisher.name === 'broken' ? 'FEED_INCOMPLETE' : null);
}

/** Resolves when so many have ended, or when none has for a minute. */
async function ended(count: () => Promise<number>, wanted: number): Promise<void> {
  let before = -1;
  for (let deadline = Date.now() + STALL_MS; Date.now() < deadline;) {
    const now = await count();
    if (now >= wanted) return;
    if (now > before) deadline = Date.now() + STALL_MS;
    before = now;
    await delay(200);
  }
}

function perSecond({ askedAt }: Site): string {
  const mean = (1000 * (askedAt.length - 1)) / (askedAt.at(-1)! - askedAt[0]!);
  return `${mean.toFixed(1)} (${mostInASecond(askedAt)})`;
}

function mostInASecond(times: readonly number[]): number {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last += 1) {
    while (times[last]! - times[first]! >= 1000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

function smallestGap(times: readonly number[]): number {
  return Math.min(...times.slice(1).map((time, n) => time - times[n]!));
}
