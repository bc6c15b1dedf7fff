import path from 'node:path';
import pg from 'pg';
import { BulkReader } from '../src/adapters/database/bulk-read';
import { writeModel } from '../src/domain/recommendation/model/model-file';
import { trainRecommender } from '../src/domain/recommendation/training/train-recommender';
import { readTrainingData } from '../src/domain/recommendation/training-data.sql';
import { cpuMeter } from './cpu-meter';
import { startBenchDatabase, type BenchDatabase } from './database';
import { Load, type Request } from './load';
import { report, round } from './report';
import { costPerRequest, median, type Cost } from './rounds';
import { OTHER_CORES, pin, startServer, type ServerProcess } from './server-process';
import type { ServerSettings } from './servers/child';
import type { Sizes } from './sizes';

const ARTICLES = 20_000;
const READERS = 3_000;
const VIEWS_OF_READER = 40;

const QUERY = `{
  recommendations(first: 10) {
    score reason
    article { id title comment category imageUrl publishedAt releasedAt viewCount publisher { id name } }
  }
}`;

const BARE = 'bare server that knows the ten';
const KEPT = 'the ranking kept';
// What a request costs after news, and the first one of a reader or after an opening.
const KNOWN = 'ranked anew';
const UNKNOWN = 'ranked anew for a reader who is not known here';

/** What ten recommendations of 20,000 articles cost us, and a bare server that reads and sends the same ten. */
export async function benchRecommendations({ rounds }: Sizes): Promise<boolean> {
  const database = await startBenchDatabase();
  const servers: ServerProcess[] = [];
  try {
    await fillWithViews(database.settings.databaseUrl);
    await train(database.settings.databaseUrl);
    pin(database.pid, OTHER_CORES);
    pin(process.pid, OTHER_CORES);
    const request = requestOf(database);
    const settings = { ...database.settings, frozenAt: Date.now() };
    const logFile = path.join(database.folder, 'servers.log');
    const start = async (title: string, program: string, more: Partial<ServerSettings> = {}) => {
      const server = await startServer(program, { ...settings, ...more }, logFile);
      server.name = title;
      servers.push(server);
      return server;
    };
    const kept = await start(KEPT, 'recommendations');
    const expected = await answerOf(kept, request);
    const { data } = JSON.parse(expected) as { data: { recommendations: { article: { id: string } }[] } };
    const recommended = data.recommendations.map(({ article, ...rest }) => ({
      ...rest,
      id: article.id,
    })) as never;
    const known = await start(KNOWN, 'recommendations', { keep: 'readers' });
    const unknown = await start(UNKNOWN, 'recommendations', { keep: 'nothing' });
    const bare = await start(BARE, 'bare-recommendations', { recommended });
    for (const server of [known, unknown, bare])
      if ((await answerOf(server, request)) !== expected) throw new Error('the answers differ');
    const requests = new Map([[bare, 400], [kept, 300], [known, 200], [unknown, 150]]); // prettier-ignore
    const costs = await costPerRequest(
      [...requests].map(([server, count]) => ({ server, requests: count, asked: [{ request, expected }] })),
      { rounds, databaseCpu: cpuMeter(database.pid) },
    );
    const ratio = (name: string, of: (cost: Cost) => number) =>
      median(costs.get(BARE)!.map((cost, round) => of(cost) / of(costs.get(name)![round]!)));
    const bar = (name: string, atLeast: number) => ({
      name: `${name}, of the bare node:http + pg server, with PostgreSQL`,
      value: ratio(name, ({ server, database: beside }) => server + beside),
      atLeast,
    });
    return report(
      `recommendations(first: 10) of ${ARTICLES} articles, ${Buffer.byteLength(expected)} bytes`,
      [
        ...servers.map(({ name }) => {
          const [server, beside] = (['server', 'database'] as const).map((part) =>
            round(median(costs.get(name)!.map((cost) => cost[part]))),
          );
          return `${name}: ${server} µs of CPU per request, ${beside} µs of PostgreSQL`;
        }),
        ...[KEPT, KNOWN, UNKNOWN].map(
          (name) => `${name}: ${round(ratio(name, ({ server }) => server))} without PostgreSQL`,
        ),
      ],
      [bar(KEPT, 0.6), bar(KNOWN, 0.35), bar(UNKNOWN, 0.35)],
    );
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await database.close();
  }
}

/** Readers with a favourite category, who open mostly what was new; the signed-in one is among them. */
async function fillWithViews(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Search material is not read here, and would take minutes to make.
    await client.query('ALTER TABLE "Article" DISABLE TRIGGER USER');
    await client.query(
      `INSERT INTO "Article" (id, title, content, category, "publisherId", "publishedAt", "releasedAt", status)
       SELECT gen_random_uuid(), title, content || n, category, "publisherId", at, at, 'PUBLISHED'
       FROM generate_series(1, $1::int) n
       JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS total FROM "Article") a
         ON a.place = n % a.total, LATERAL (SELECT now() - n * interval '3 minutes' AS at) at`,
      [ARTICLES - (await count(client, 'Article'))],
    );
    await client.query(
      `INSERT INTO "User" (id, "kakaoId", name) SELECT gen_random_uuid(), 'bench-' || n, '독자' FROM generate_series(1, $1::int) n`,
      [READERS],
    );
    await client.query(
      `INSERT INTO "ArticleView" ("readerId", "userId", "articleId", "dwellSeconds", "firstViewedAt", "lastViewedAt", "countedAt")
       SELECT u.id, u.id, a.id, 20 + (random() * 100)::int, at, at, at
       FROM (SELECT id, row_number() OVER () AS n FROM "User") u
       CROSS JOIN (SELECT array_agg(DISTINCT category) AS categories FROM "Article") known
       CROSS JOIN LATERAL (
         SELECT id, "releasedAt" FROM "Article" TABLESAMPLE SYSTEM (3)
         WHERE category = categories[1 + u.n % cardinality(categories)] ORDER BY random() LIMIT $1
       ) a, LATERAL (SELECT a."releasedAt" + random() * interval '8 hours' AS at) at
       ON CONFLICT DO NOTHING`,
      [VIEWS_OF_READER],
    );
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}

async function count(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${table}"`);
  return rows[0]!.count;
}

async function train(databaseUrl: string): Promise<void> {
  const reader = await BulkReader.open(databaseUrl);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const now = new Date();
    const data = await readTrainingData(reader, now, () => {});
    const model = writeModel(await trainRecommender(data, { trainedAt: now.getTime() / 1000 }));
    await client.query(`INSERT INTO "RecommendationModel" (data, statistics) VALUES ($1, '{}')`, [model]);
    console.log(`  trained on ${data.log.item.length} views; the model has ${round(model.length / 1e6)} MB`);
  } finally {
    await reader.close();
    await client.end();
  }
}

function requestOf({ token }: BenchDatabase): Request {
  return {
    path: '/graphql',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query: QUERY }),
  };
}

async function answerOf({ url }: ServerProcess, request: Request): Promise<string> {
  const load = new Load(url);
  try {
    return await load.send(request);
  } finally {
    await load.close();
  }
}
