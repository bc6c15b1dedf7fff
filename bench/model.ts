import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/dev/embedded-postgres/embedded-postgres';
import { migrateDatabase } from '../src/adapters/database/migrations';
import { migrateQueue } from '../src/adapters/queue/queue';
import { loadConfig } from '../src/config/config';
import { createGatewayContext, type GatewayContext } from '../src/context/gateway';
import { Lifetime } from '../src/context/lifetime';
import { createSharedContext } from '../src/context/shared';
import { createLogger } from '../src/logger';
import { testSigningKey } from '../test/helpers/app';
import { startModelServer, type ModelServer } from '../test/helpers/model-server';
import { startPageServer, type PageServer } from '../test/helpers/page-server';
import { buildProcesses } from './real-process';
import { report } from './report';
import { startWorkerCrew } from './worker-crew';

const WORKERS = 8;
const JOBS_AT_ONCE = 4;
const PER_MINUTE = 600;
/** US dollars per million tokens: a token is a tenth of a cent, so every cent is seen. */
const PRICE = { input: 1_000, output: 4_000 };
const TIMEOUT_SECONDS = 3;
const STALL_MS = 120_000;

/** What every run works with. */
interface Stage {
  postgres: EmbeddedPostgres;
  pages: PageServer;
  folder: string;
}

interface Trial {
  title: string;
  jobs: number;
  settings: Record<string, string>;
  /** Those whose calls count. */
  models: ModelServer[];
}

/**
 * Eight built workers and model servers on a bad day: one answers 429 to half of its calls, some of them with
 * Retry-After, one never answers at all, and one answers well but costs more than the budget of the day. True when every job was done,
 * no server was asked more often than configured, and never was a cent more spent or promised than the budget.
 */
export async function benchModel(): Promise<boolean> {
  buildProcesses();
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-bench-model-'));
  chmodSync(folder, 0o755);
  const closers: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const postgres = await startEmbeddedPostgres({ folder, settings: { max_connections: '300' } });
    closers.push(() => postgres.stop());
    const pages = await startPageServer();
    closers.push(() => pages.close());
    const stage = { postgres, pages, folder };
    const limited = () =>
      startModelServer({
        usually: (n) => (n % 2 === 0 ? { error: 429, ...(n % 6 === 0 && { headers: { 'retry-after': '1' } }) } : 'good'),
      }); // prettier-ignore
    const servers = [await limited(), await startModelServer({ usually: () => 'silence' }), await limited(), await startModelServer()] as const; // prettier-ignore
    for (const server of servers) closers.push(() => server.close());
    const [first, hanging, second, dear] = servers;

    let reached = await onBadDay(stage, {
      title: 'a model answers 429 to half of its calls',
      jobs: 300,
      settings: { ...settingsOf('', first), REWRITER_OF_LAST_RESORT: 'built-in' },
      models: [first],
    });
    reached =
      (await onBadDay(stage, {
        title: 'a model never answers, its fallback answers 429 to half of its calls',
        jobs: 300,
        settings: {
          ...settingsOf('', hanging),
          ...settingsOf('FALLBACK_', second),
          REWRITER_OF_LAST_RESORT: 'built-in',
        },
        models: [hanging, second],
      })) && reached;
    return (await onBudget(stage, { title: 'half of the budget', jobs: 200, settings: settingsOf('', dear), models: [dear] })) && reached; // prettier-ignore
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function onBadDay(stage: Stage, trial: Trial): Promise<boolean> {
  return within(stage, trial, {}, async ({ database: { pool } }, startedAt) => {
    await settled(pool, trial.jobs);
    const seconds = (performance.now() - startedAt) / 1000;
    const ledger = await readLedger(pool);
    const calls = trial.models.map(({ requests }) => requests.length);
    return report(
      `${trial.jobs} jobs, ${WORKERS} workers, ${PER_MINUTE} calls a minute: ${trial.title}`,
      [
        `${seconds.toFixed(0)} s; calls of each model: ${calls.join(', ')}; most in any second: ${trial.models.map((model) => mostWithin(model, 1_000)).join(', ')}`,
        `written by: ${ledger.writers}; tries of a job at most: ${ledger.tries}`,
      ],
      [
        { name: 'jobs that were not done', value: trial.jobs - ledger.succeeded, exactly: 0 },
        { name: 'calls of a model in any minute', value: Math.max(...trial.models.map((model) => mostWithin(model, 60_000))), atMost: PER_MINUTE }, // prettier-ignore
        { name: 'calls of a model that never answers', value: trial.models.length > 1 ? calls[0]! : 0, atMost: WORKERS * (5 + JOBS_AT_ONCE + probesIn(seconds)) }, // prettier-ignore
        { name: 'US dollars billed but not counted', value: Math.abs(trial.models.reduce((sum, model) => sum + billed(model), 0) - ledger.paid), atMost: 0.000_001 }, // prettier-ignore
      ],
    );
  });
}

async function onBudget(stage: Stage, trial: Trial): Promise<boolean> {
  const [model] = trial.models as [ModelServer];
  // Some 1.6 of these are what a job costs.
  const budget = trial.jobs;
  let most = 0;
  const bars = await within(stage, trial, { DAILY_BUDGET_USD: String(budget) }, async ({ database: { pool } }) => {
    const watching = new AbortController();
    const watched = (async () => {
      while (!watching.signal.aborted) {
        most = Math.max(most, await counted(pool), billed(model));
        await delay(5);
      }
    })();
    await settled(pool, trial.jobs);
    watching.abort();
    await watched;
    const { succeeded, waiting } = await readLedger(pool);
    return { succeeded, waiting, spent: billed(model), counted: await counted(pool) };
  }); // prettier-ignore
  return report(
    `${trial.jobs} jobs, ${WORKERS} workers, a budget of ${budget} dollars`,
    [
      `${bars.succeeded} jobs done for ${bars.spent.toFixed(3)} dollars, ${bars.waiting} wait for midnight in Seoul`,
    ],
    [
      { name: 'US dollars spent and promised at most', value: most, atMost: budget },
      { name: 'US dollars billed but not counted', value: Math.abs(bars.spent - bars.counted), atMost: 0.000_001 }, // prettier-ignore
      {
        name: 'jobs neither done nor waiting',
        value: trial.jobs - bars.succeeded - bars.waiting,
        exactly: 0,
      },
      { name: 'jobs that wait', value: bars.waiting, atLeast: 1 },
      { name: 'part of the budget that was used', value: bars.spent / budget, atLeast: 0.8 },
    ],
  );
}

/** Asks for the jobs of a trial in a database of its own, with workers at work. */
async function within<T>(
  { postgres, pages, folder }: Stage,
  { title, jobs, settings }: Trial,
  more: Record<string, string>,
  measure: (context: GatewayContext, startedAt: number) => Promise<T>,
): Promise<T> {
  const name = `model_${Date.now()}`;
  await postgres.ensureDatabase(name);
  const databaseUrl = postgres.url(name);
  await migrateDatabase(databaseUrl);
  await migrateQueue(databaseUrl);
  const all = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    DATABASE_URL: databaseUrl,
    JWT_PRIVATE_KEYS: testSigningKey(),
    KAKAO_REST_API_KEY: 'bench',
    CRAWLER_TRUSTED_ORIGINS: pages.url,
    CRAWLER_DELAY_SECONDS: '0',
    JOB_CONCURRENCY: String(JOBS_AT_ONCE),
    JOB_SWEEP_SECONDS: '0.5',
    ...settings,
    ...more,
  };
  const opened = new Lifetime();
  const logger = createLogger({ level: 'silent', pretty: false });
  const shared = createSharedContext({ config: loadConfig(all), logger, opened });
  const context = createGatewayContext(shared, opened);
  const startedAt = performance.now();
  const crew = startWorkerCrew(WORKERS, all, folder);
  try {
    const user = await context.database.prisma.user.create({
      data: { kakaoId: '1', name: '벤치 관리자', role: 'ADMIN' },
    });
    const viewer = { userId: user.id, sessionId: user.id, role: user.role };
    for (let n = 0; n < jobs; n += 1) {
      const url = pages.articleUrl(`${encodeURIComponent(title)}-${n}`);
      await context.services.articleJobs.requestArticle({ viewer, requestId: `bench-${n}` }, url, null);
    }
    return await measure(context, startedAt);
  } finally {
    await crew.stop();
    await opened.close();
  }
}

function settingsOf(prefix: '' | 'FALLBACK_', { apiKey, url }: ModelServer): Record<string, string> {
  return {
    [`${prefix}OPENAI_API_KEY`]: apiKey,
    [`${prefix}OPENAI_BASE_URL`]: url,
    [`${prefix}OPENAI_MODEL`]: 'test-model',
    [`${prefix}OPENAI_TIMEOUT_SECONDS`]: String(TIMEOUT_SECONDS),
    [`${prefix}OPENAI_REQUESTS_PER_MINUTE`]: String(PER_MINUTE),
    [`${prefix}OPENAI_USD_PER_MILLION_INPUT_TOKENS`]: String(PRICE.input),
    [`${prefix}OPENAI_USD_PER_MILLION_OUTPUT_TOKENS`]: String(PRICE.output),
  };
}

/** Resolves when every job has ended or waits for another day, or when nothing has changed for two minutes. */
async function settled(pool: Pool, jobs: number): Promise<void> {
  let before = -1;
  for (let deadline = Date.now() + STALL_MS; Date.now() < deadline;) {
    const { succeeded, failed, waiting } = await readLedger(pool);
    const now = succeeded + failed + waiting;
    if (now === jobs) return;
    if (now !== before) deadline = Date.now() + STALL_MS;
    before = now;
    await delay(200);
  }
}

interface Ledger {
  succeeded: number;
  failed: number;
  /** For midnight, not for calls under way. */
  waiting: number;
  tries: number;
  writers: string;
  /** US dollars. */
  paid: number;
}

async function readLedger(pool: Pool): Promise<Ledger> {
  const { rows } = await pool.query<Ledger>(`
    SELECT count(*) FILTER (WHERE status = 'SUCCEEDED')::int AS succeeded, count(*) FILTER (WHERE status = 'FAILED')::int AS failed,
           count(*) FILTER (WHERE status = 'QUEUED' AND "errorCode" = 'BUDGET_EXCEEDED' AND "nextAttemptAt" > now() + interval '20 seconds')::int AS waiting,
           max(attempts) AS tries, COALESCE(sum("costUsd"), 0)::float8 AS paid,
           (SELECT string_agg(model || ' ' || jobs, ', ') FROM
              (SELECT model, count(*) AS jobs FROM "GenerationJob" WHERE model IS NOT NULL GROUP BY model) written) AS writers
    FROM "GenerationJob"`);
  return rows[0]!;
}

/** What a day's budget is used up by. */
async function counted(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ usd: number }>(
    'SELECT COALESCE(sum("spentUsd" + "reservedUsd"), 0)::float8 AS usd FROM "SpendingDay"',
  );
  return rows[0]!.usd;
}

function billed({ requests }: ModelServer): number {
  return requests.reduce((sum, { usage }) => {
    const { prompt_tokens: read = 0, completion_tokens: wrote = 0 } = usage ?? {};
    return sum + (read * PRICE.input + wrote * PRICE.output) / 1_000_000;
  }, 0);
}

function mostWithin({ requests }: ModelServer, milliseconds: number): number {
  const times = requests.map(({ at }) => at).sort((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last += 1) {
    while (times[last]! - times[first]! >= milliseconds) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** Probes of one worker: pauses of 5, 10, 20, … 120 s. */
function probesIn(seconds: number): number {
  let probes = 0;
  for (let pause = 5, at = pause; at < seconds; at += pause) {
    probes += 1;
    pause = Math.min(2 * pause, 120);
  }
  return probes;
}
