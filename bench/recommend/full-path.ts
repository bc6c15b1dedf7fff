import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { TrainingData } from '../../src/domain/recommendation/model/reading-data';
import { freePort } from '../../src/dev/embedded-postgres/embedded-postgres';
import { articlesRequest } from '../articles-request';
import { startBenchDatabase } from '../database';
import { buildProcesses, startRealProcess, type RealProcess } from '../real-process';
import { report, round } from '../report';
import { quantile } from '../rounds';
import { productionSettings } from '../servers/our-context';
import { OTHER_CORES, pin, SERVER_CORE } from '../server-process';
import { startSteadyReaders, type Answers } from '../steady-readers';
import { scaleData, type Scale } from './scale-data';

const PER_SECOND = 50;
const BEFORE_MS = 20_000;
const AFTER_MS = 5_000;
const ROWS_AT_ONCE = 100_000;

/**
 * The whole way of a training at the given size: rows in the database, the job in a worker, the model saved and taken up
 * by a gateway that readers ask all the while. Prints what it takes; true when the readers hardly noticed.
 */
export async function benchFullPath(scale: Scale): Promise<boolean> {
  buildProcesses();
  const database = await startBenchDatabase();
  const client = new pg.Client({ connectionString: database.settings.databaseUrl });
  const started: { stop(): Promise<unknown> }[] = [];
  try {
    await client.connect();
    const filledAt = performance.now();
    await fill(client, scaleData(scale, new Date()));
    const filling = secondsSince(filledAt);
    const settings = productionSettings(database.settings);
    const port = await freePort();
    const gateway = await startRealProcess('server', port, settings);
    started.unshift(gateway);
    const worker = await startRealProcess('worker', await freePort(), settings);
    started.unshift(worker);
    // As though the worker had a machine of its own, and shared but the database.
    pin(worker.pid, OTHER_CORES);
    for (const { pid } of [gateway, database, process]) pin(pid, SERVER_CORE);
    const memory = { gateway: gateway.peakMemory(), worker: worker.peakMemory() };

    const url = `http://127.0.0.1:${port}`;
    const ask = (query: string) => askAs(database.token, url, query);
    const untrained = await ask(RECOMMENDATIONS);
    const readers = startSteadyReaders(url, PER_SECOND, articlesRequest(database.token));
    started.unshift({ stop: () => readers.end() });
    await delay(BEFORE_MS / 4);
    await readers.take(); // connections and code that is warm
    await delay(BEFORE_MS);
    const before = await readers.take();

    const begun = performance.now();
    await ask('mutation { refreshRecommendations { id } }');
    await jobSucceeded(client);
    const training = secondsSince(begun);
    const during = await readers.take();

    const saved = performance.now();
    // Requests for recommendations are what makes a gateway look for a newer model.
    while ((await ask(RECOMMENDATIONS)) === untrained) await delay(500);
    const loading = secondsSince(saved);
    await delay(AFTER_MS);
    const whileLoading = await readers.end();

    const { rows } = await client.query<{ bytes: number; statistics: Record<string, number> }>(
      'SELECT octet_length(data) AS bytes, statistics FROM "RecommendationModel" ORDER BY version DESC LIMIT 1',
    );
    const { bytes, statistics } = rows[0]!;
    const { readers: people, articles, views, impressions } = statistics;
    const p99 = ({ times }: Answers) => quantile(times, 0.99);
    const phases = {
      before,
      'while a worker trains': during,
      'while the gateway takes the model up': whileLoading,
    };
    const failures = Object.values(phases).flatMap((phase) => phase.failures);
    const grown = (name: keyof typeof memory, now: RealProcess) =>
      `${name}: ${round1(now.peakMemory())} MB at most, ${round1(memory[name])} MB at its start`;
    return report(
      `training of ${[people, articles, views, impressions].map((n) => n!.toLocaleString('en-US')).join(' / ')} readers, articles, views, impressions in the database`,
      [
        `filled in ${round1(filling)} s; job ${round1(training)} s, of which reading and computing ${statistics.seconds} s; a model of ${round1(bytes / 1024 ** 2)} MB, served ${round1(loading)} s after it was saved`,
        grown('worker', worker),
        grown('gateway', gateway),
        ...Object.entries(phases).map(
          ([name, phase]) => `articles(first: 20), ${PER_SECOND} a second, ${name}: ${phase.times.length} answers, p99 ${round1(p99(phase))} ms`,
        ),
        ...failures.slice(0, 5).map((failure) => `failed: ${failure}`),
      ],
      [
        { name: 'p99 while a worker trains, of before', value: p99(during) / p99(before), atMost: 2, unit: '×' },
        { name: 'p99 while the gateway takes the model up, of before', value: p99(whileLoading) / p99(before), atMost: 2, unit: '×' },
        { name: 'requests that failed', value: failures.length, exactly: 0 },
      ],
    ); // prettier-ignore
  } finally {
    for (const one of started) await one.stop();
    await client.end();
    await database.close();
  }
}

const RECOMMENDATIONS = '{ recommendations(first: 10) { score article { id } } }';

async function askAs(token: string, url: string, query: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  if (!text.startsWith('{"data":{')) throw new Error(text);
  return text;
}

async function jobSucceeded(client: pg.Client): Promise<void> {
  let told = '';
  for (;;) {
    const { rows } = await client.query<{ status: string; step: string | null; errorCode: string | null }>(
      `SELECT status::text, step, "errorCode" FROM "GenerationJob" WHERE kind = 'RECOMMENDATIONS' ORDER BY "createdAt" LIMIT 1`,
    );
    const { status, step, errorCode } = rows[0]!;
    if (status === 'SUCCEEDED') return;
    if (!['QUEUED', 'RUNNING'].includes(status)) throw new Error(`the job is ${status}: ${errorCode}`);
    const state = step ?? status;
    if (state !== told) console.log(`  ${(told = state)}`);
    await delay(500);
  }
}

/** Numbers of the made-up data as ids of rows. */
const uuid = (kind: 'a' | 'e', number: string) =>
  `('${kind}0000000-0000-4000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** Replaces the articles; the signed-in reader becomes an admin with the history of the first one. */
async function fill(client: pg.Client, data: TrainingData): Promise<void> {
  const { items, log, impressions } = data;
  // Neither keys to other tables nor search material: all rows fit, and checks would take minutes.
  await client.query('SET session_replication_role = replica');
  await client.query('DELETE FROM "Article"');
  for (let from = 0; from < items.length; from += 5_000) {
    const some = items.slice(from, from + 5_000);
    await client.query(
      `INSERT INTO "Article" (id, title, content, category, "publisherId", "publishedAt", "releasedAt", status)
       SELECT ${uuid('a', '$1 + n::int - 1')}, left(text, 30), substr(text, 31), category::"ArticleCategory", p.id, at, at, 'PUBLISHED'
       FROM unnest($2::text[], $3::text[], $4::float8[]) WITH ORDINALITY AS t (text, category, seconds, n),
       LATERAL (SELECT to_timestamp(seconds) AS at) moment,
       LATERAL (SELECT id FROM "Publisher" ORDER BY md5(id::text || n % 20) LIMIT 1) p`,
      [from, some.map(({ text }) => text), some.map(({ category }) => category), some.map(({ publishedAt }) => publishedAt)],
    ); // prettier-ignore
  }
  await client.query(
    `INSERT INTO "User" (id, "kakaoId", name) SELECT ${uuid('e', 'n')}, 'bench-' || n, '독자' FROM generate_series(0, $1::int - 1) n`,
    [data.readers],
  );
  await withoutIndexes(client, 'ArticleView', async () => {
    await inserted(client, log, (columns) => ({
      text: `INSERT INTO "ArticleView" ("readerId", "userId", "articleId", "firstViewedAt", "lastViewedAt", "countedAt", "dwellSeconds")
             SELECT reader, reader, ${uuid('a', 'item')}, at, at, at, dwell
             FROM unnest($1::int[], $2::int[], $3::float8[], $4::int[]) AS t (number, item, seconds, dwell),
             LATERAL (SELECT ${uuid('e', 'number')} AS reader, to_timestamp(seconds) AS at) r ON CONFLICT DO NOTHING`,
      values: columns,
    }));
    await client.query(
      `INSERT INTO "ArticleView" SELECT u.id, "articleId", u.id, "dwellSeconds", "firstViewedAt", "lastViewedAt", "countedAt"
       FROM "ArticleView", "User" u WHERE "readerId" = ${uuid('e', '0')} AND u."kakaoId" = '1'`,
    );
  });
  await inserted(client, impressions!, (columns) => ({
    text: `INSERT INTO "Impression" ("readerId", "userId", "articleId", day, "shownAt", surface)
           SELECT reader, reader, ${uuid('a', 'item')}, at::date, at, 'HOME'
           FROM unnest($1::int[], $2::int[], $3::float8[]) AS t (number, item, seconds),
           LATERAL (SELECT ${uuid('e', 'number')} AS reader, to_timestamp(seconds) AS at) r ON CONFLICT DO NOTHING`,
    values: columns.slice(0, 3),
  }));
  await client.query(`UPDATE "User" SET role = 'ADMIN' WHERE "kakaoId" = '1'`);
  await client.query('VACUUM ANALYZE');
}

type Columns = NonNullable<TrainingData['impressions']> & { dwell?: Float32Array };

async function inserted(
  client: pg.Client,
  { reader, item, at, dwell }: Columns,
  statement: (columns: number[][]) => { text: string; values: number[][] },
): Promise<void> {
  for (let from = 0; from < at.length; from += ROWS_AT_ONCE) {
    const part = [reader, item, at, dwell ?? []].map((column) => [
      ...column.slice(from, from + ROWS_AT_ONCE),
    ]);
    await client.query(statement(part));
  }
}

/** Rows come faster into a table that has only its key. */
async function withoutIndexes(client: pg.Client, table: string, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename = $1 AND indexname NOT LIKE '%pkey'`,
    [table],
  );
  for (const { name } of rows) await client.query(`DROP INDEX "${name}"`);
  await work();
  for (const { definition } of rows) await client.query(definition);
}

const secondsSince = (moment: number) => (performance.now() - moment) / 1000;
const round1 = (value: number) => round(Math.round(value * 10) / 10);
