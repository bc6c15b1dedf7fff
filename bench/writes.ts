import { randomUUID } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { KeyRing } from '../src/adapters/tokens/key-ring';
import { ViewerIds } from '../src/adapters/tokens/viewer-id';
import { ImpressionService } from '../src/domain/reading/impression.service';
import { readerIdOfViewer } from '../src/domain/reading/reader';
import { ViewService } from '../src/domain/reading/view.service';
import { AnonymousWeight } from '../src/domain/reading/anonymous-weight';
import { systemClock } from '../src/domain/shared/clock';
import { createLogger } from '../src/logger';
import { cpuMeter } from './cpu-meter';
import { startBenchDatabase, type BenchDatabase } from './database';
import { Load } from './load';
import { report, round, type Bar } from './report';
import { median } from './rounds';
import { startServer } from './server-process';

const ROUNDS = 7;
const VIEWS = 5_000;
/** As many views as a gateway has waiting while one batch is written. */
const AT_ONCE = 500;
const READERS = 2_000;
/** Of a page that was shown. */
const SHOWN = 20;
const PAGES = 250;
/** Views sent to a gateway over HTTP, and how many are answered when it is killed. */
const SENT = 2_000;
const KILLED_AFTER = 500;

/** Microseconds of CPU for each row, of PostgreSQL and of the process that asks it. */
interface Cost {
  database: number;
  process: number;
}

interface World {
  pool: pg.Pool;
  views: ViewService;
  impressions: ImpressionService;
  pid: number;
  articles: string[];
  users: string[];
}

/** What a view and an impression cost, beside the least that could keep the same rows; and what a killed gateway loses. */
export async function benchWrites(): Promise<boolean> {
  const database = await startBenchDatabase();
  const pool = new pg.Pool({ connectionString: database.settings.databaseUrl, max: 4, idleTimeoutMillis: 0 });
  try {
    const world = await prepare(database, pool);
    const costs = await measure(world);
    const killed = await killGateway(database, world);
    const of = (name: string) => costs.get(name)!;
    const line = (name: string) => {
      const [postgres, gateway] = [middle(of(name), 'database'), middle(of(name), 'process')];
      const rate = Math.round(1e6 / (postgres + gateway));
      return `${name}: ${round(postgres)} µs of PostgreSQL, ${round(gateway)} µs of the process; ${rate} a second on one core`;
    };
    const ratio = (name: string, bare: string) =>
      median(of(name).map(({ database: used }, at) => used / of(bare)[at]!.database));
    const perView =
      middle(of('views of one hot article'), 'database') + middle(of('views of one hot article'), 'process');
    const bars: Bar[] = [
      {
        name: 'views a second of one hot article, on one core for both',
        value: 1e6 / perView,
        atLeast: 20_000,
      },
      {
        name: 'impressions, of PostgreSQL',
        value: middle(of('impressions'), 'database'),
        atMost: 12,
        unit: ' µs a row',
      },
      {
        name: 'views that were counted and not kept, or the other way round',
        value: killed.miscounted,
        exactly: 0,
      },
      { name: 'views that a killed gateway had answered and lost', value: killed.lost, exactly: 0 },
    ];
    return report(
      `views and impressions, batches of ${AT_ONCE}, half of the readers signed in`,
      [
        ...[...costs.keys()].map(line),
        `views of one hot article: ${round(ratio('views of one hot article', 'bare rows of views'))} × the bare rows`,
        `impressions: ${round(ratio('impressions', 'bare rows of impressions'))} × the bare rows`,
        `killed with SIGKILL after ${killed.answered} of ${SENT} views were answered; ${killed.kept} are kept`,
      ],
      bars,
    );
  } finally {
    await pool.end();
    await database.close();
  }
}

async function prepare({ settings, pid }: BenchDatabase, pool: pg.Pool): Promise<World> {
  const clock = systemClock;
  // The bound of an address would leave most of it out: one address sends everything.
  const weight = new AnonymousWeight({ allows: () => Promise.resolve(true) });
  await pool.query(
    `INSERT INTO "User" (id, "kakaoId", name) SELECT gen_random_uuid(), 'bench-' || n, '독자' FROM generate_series(1, $1::int) n`,
    [READERS],
  );
  for (const table of ['ArticleView', 'Impression'])
    await pool.query(`CREATE TABLE "Bare${table}" (LIKE "${table}" INCLUDING DEFAULTS INCLUDING INDEXES)`);
  await pool.query('VACUUM ANALYZE');
  const idsOf = async (table: string) =>
    (await pool.query<{ id: string }>(`SELECT id FROM "${table}" ORDER BY id`)).rows.map(({ id }) => id);
  const views = new ViewService({ pool, clock, weight, onRead: () => {} });
  const impressions = new ImpressionService({ pool, clock, weight });
  const [articles, users] = [await idsOf('Article'), await idsOf('User')];
  console.log(
    `  ${articles.length} articles, ${users.length} users, PostgreSQL ${settings.databaseUrl.split('@')[1]}`,
  );
  return { pool, views, impressions, pid, articles, users };
}

/** Interleaved rounds; the first one, which fills caches, is left out. */
async function measure(world: World): Promise<Map<string, Cost[]>> {
  const { articles } = world;
  const contestants: Record<string, (round: number) => Promise<number>> = {
    'views of one hot article': () => viewAll(world, () => articles[0]!),
    [`views of ${articles.length} articles`]: () => viewAll(world, (n) => articles[n % articles.length]!),
    'bare rows of views': () => bareViews(world),
    impressions: (at) => showAll(world, at),
    'bare rows of impressions': (at) => bareImpressions(world, at),
  };
  const costs = new Map(Object.keys(contestants).map((name) => [name, [] as Cost[]]));
  const databaseCpu = cpuMeter(world.pid);
  for (let at = -1; at < ROUNDS; at += 1)
    for (const [name, run] of Object.entries(contestants)) {
      const [before, own] = [databaseCpu(), process.cpuUsage()];
      const rows = await run(at);
      const { user, system } = process.cpuUsage(own);
      const database = (databaseCpu() - before) / rows;
      if (at >= 0) costs.get(name)!.push({ database, process: (user + system) / rows });
    }
  return costs;
}

const middle = (costs: Cost[], of: keyof Cost) => median(costs.map((cost) => cost[of]));

/** Every other reader is signed in; the others were never here before. */
function readerOf({ users }: World, n: number): { id: string; userId: string | null; address: string } {
  const userId = n % 2 ? users[(n >> 1) % users.length]! : null;
  return { id: userId ?? randomUUID(), userId, address: 'bench' };
}

/** Every view is a pair of its own, or a repeat of one that is counted already: returns how many there were. */
async function viewAll(world: World, articleOf: (n: number) => string): Promise<number> {
  let next = 0;
  const one = async () => {
    while (next < VIEWS) {
      const n = next++;
      await world.views.record(readerOf(world, n), articleOf(n), 30);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return VIEWS;
}

async function showAll(world: World, round: number): Promise<number> {
  const pages = Array.from({ length: PAGES }, (_, n) =>
    world.impressions.record(readerOf(world, reader(round, n)), page(world, round, n), 'HOME'),
  );
  await Promise.all(pages);
  return PAGES * SHOWN;
}

const reader = (round: number, n: number) => (round + 1) * PAGES + n;

/** Another one in every round: what was shown today is not kept twice. */
function page({ articles }: World, round: number, n: number): string[] {
  return Array.from(
    { length: SHOWN },
    (_, place) => articles[(n + round * SHOWN + place + SHOWN) % articles.length]!,
  );
}

/** The least that keeps such rows: no other table is looked at, nothing is counted. */
async function bareViews(world: World): Promise<number> {
  for (let from = 0; from < VIEWS; from += AT_ONCE) {
    const readers = Array.from({ length: AT_ONCE }, (_, n) => readerOf(world, from + n));
    await world.pool.query({
      name: 'bare-views',
      text: `INSERT INTO "BareArticleView" ("readerId", "articleId", "userId", "dwellSeconds", "firstViewedAt", "lastViewedAt", "countedAt")
             SELECT r, $3, u, 30, $4, $4, $4 FROM unnest($1::uuid[], $2::uuid[]) AS batch(r, u)
             ON CONFLICT ("readerId", "articleId") DO UPDATE SET "lastViewedAt" = EXCLUDED."lastViewedAt"`,
      values: [
        readers.map(({ id }) => id),
        readers.map(({ userId }) => userId),
        world.articles[0],
        new Date(),
      ],
    });
  }
  return VIEWS;
}

async function bareImpressions(world: World, round: number): Promise<number> {
  const rows = Array.from({ length: PAGES }, (_, n) => {
    const { id, userId } = readerOf(world, reader(round, n));
    return page(world, round, n).map((articleId) => ({ id, userId, articleId }));
  }).flat();
  for (let from = 0; from < rows.length; from += 50 * SHOWN) {
    const batch = rows.slice(from, from + 50 * SHOWN);
    await world.pool.query({
      name: 'bare-impressions',
      text: `INSERT INTO "BareImpression" ("readerId", day, "articleId", "userId", surface, "shownAt")
             SELECT r, current_date, a, u, 'HOME', $4 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS batch(r, a, u)
             ON CONFLICT DO NOTHING`,
      values: [
        batch.map(({ id }) => id),
        batch.map(({ articleId }) => articleId),
        batch.map(({ userId }) => userId),
        new Date(),
      ],
    });
  }
  return rows.length;
}

/** Anonymous readers of one article over HTTP, the gateway killed among them: what was answered must be there, and counted. */
async function killGateway(
  { settings, folder }: BenchDatabase,
  { pool, articles }: World,
): Promise<{ answered: number; kept: number; lost: number; miscounted: number }> {
  const articleId = articles.at(-1)!;
  const logger = createLogger({ level: 'error', pretty: false });
  const names = new ViewerIds(new KeyRing({ pems: [settings.signingKey], file: null, logger }));
  const before = await countsOf(pool, articleId);
  const gateway = await startServer(
    'gateway',
    { ...settings, manyReaders: true },
    path.join(folder, 'servers.log'),
  );
  const load = new Load(gateway.url);
  const answered: string[] = [];
  let killed: Promise<void> | null = null;
  const body = JSON.stringify({
    query: `mutation { recordArticleView(articleId: "${articleId}") { counted } }`,
  });
  const one = async (name: string) => {
    const headers = { 'content-type': 'application/json', 'viewer-id': name };
    const answer = await load.send({ path: '/graphql', headers, body }).catch(() => null);
    if (answer?.includes('"counted":true')) answered.push(readerIdOfViewer(name.split('.')[0]!));
    if (answered.length >= KILLED_AFTER) killed ??= gateway.stop();
  };
  await Promise.all(Array.from({ length: SENT }, () => one(names.issue())));
  await (killed ?? gateway.stop());
  await load.close();
  // A statement that had begun may still end: PostgreSQL learns of the death when it answers.
  const after = await settled(() => countsOf(pool, articleId));
  const { rows } = await pool.query<{ lost: number }>(
    `SELECT count(*)::int AS lost FROM unnest($1::uuid[]) AS answered(id)
     WHERE NOT EXISTS (SELECT FROM "ArticleView" v WHERE v."readerId" = answered.id AND v."articleId" = $2)`,
    [answered, articleId],
  );
  const kept = after.rows - before.rows;
  const miscounted = Math.abs(after.total - before.total - kept) + Math.abs(after.days - before.days - kept);
  return { answered: answered.length, kept, lost: rows[0]!.lost, miscounted };
}

interface Counts {
  rows: number;
  total: number;
  days: number;
}

/** Kept views of an article, and what the two places that count say. */
async function countsOf(pool: pg.Pool, articleId: string): Promise<Counts> {
  const { rows } = await pool.query<Counts>(
    `SELECT (SELECT count(*)::int FROM "ArticleView" WHERE "articleId" = a.id) AS rows, a."viewCount" AS total,
       (SELECT coalesce(sum(views), 0)::int FROM "ArticleDayViews" WHERE "articleId" = a.id) AS days
     FROM "Article" a WHERE a.id = $1`,
    [articleId],
  );
  return rows[0]!;
}

/** What two looks in a row agree on. */
async function settled(look: () => Promise<Counts>): Promise<Counts> {
  for (let last = await look(); ;) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const now = await look();
    if (JSON.stringify(now) === JSON.stringify(last)) return now;
    last = now;
  }
}
