import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { Pool } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/dev/embedded-postgres/embedded-postgres';
import { migrateQueue } from '../src/adapters/queue/queue';
import { loadConfig } from '../src/config/config';
import { environmentWith } from '../src/config/environment';
import { createGatewayContext, type GatewayContext } from '../src/context/gateway';
import { Lifetime } from '../src/context/lifetime';
import { createSharedContext } from '../src/context/shared';
import { createLogger } from '../src/logger';
import { migrateDatabase } from '../src/adapters/database/migrations';
import { testSigningKey } from '../test/helpers/app';
import { startModelServer, type ModelServer } from '../test/helpers/model-server';
import { startPageServer, type PageServer } from '../test/helpers/page-server';
import { redisServerPath, startRedis, type RedisServer } from '../test/helpers/redis';
import { readJobLedger, type JobLedger } from './job-ledger';
import { report } from './report';
import { startWorkerCrew, type WorkerCrew } from './worker-crew';

const WORKERS = 3;
const KILL_EVERY_MS = 2_000;
/** Lost is what is still missing after so long without any job ending; a slow machine loses nothing. */
const STALL_MS = 60_000;
/** Requests under way at a time while the jobs are asked for. */
const ASKING = 8;

/** What every run works with. */
interface Stage {
  jobs: number;
  postgres: EmbeddedPostgres;
  pages: PageServer;
  model: ModelServer;
  signingKey: string;
}

/** What goes wrong while the jobs run; `half` resolves when half of them are done. */
type Trouble = (crew: WorkerCrew, half: Promise<void>) => Promise<void>;

/**
 * 500 generation jobs (or JOBS of them), the model answering at once: on both engines while a worker is killed with
 * SIGKILL every 2 s, and on a Redis that loses everything half-way. True when none was lost and none was done twice.
 */
export async function benchJobDurability(): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-bench-jobs-'));
  chmodSync(folder, 0o755);
  const closers: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const postgres = await startEmbeddedPostgres({ folder });
    closers.push(() => postgres.stop());
    const pages = await startPageServer();
    closers.push(() => pages.close());
    const model = await startModelServer();
    closers.push(() => model.close());
    const jobs = Number(environmentWith({}).JOBS ?? 500);
    const stage: Stage = { jobs, postgres, pages, model, signingKey: testSigningKey() };

    const killing: Trouble = async (crew) => crew.killEvery(KILL_EVERY_MS);
    let reached = await run(stage, 'queue in PostgreSQL, a worker killed every 2 s', null, killing);
    if (redisServerPath() === null) {
      console.log('\nNo redis-server is installed: the runs on Redis are left out.');
      return reached;
    }
    const redis = await startRedis();
    closers.push(() => redis.close());
    reached = (await run(stage, 'queue in Redis, a worker killed every 2 s', redis, killing)) && reached;
    const losing: Trouble = async (_crew, half) => {
      await half;
      await redis.kill();
      await delay(1_000);
      await redis.start();
    };
    return (
      (await run(stage, 'Redis killed half-way, started empty a second later', redis, losing)) && reached
    );
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function run(
  stage: Stage,
  title: string,
  redis: RedisServer | null,
  trouble: Trouble,
): Promise<boolean> {
  const name = `jobs_${Date.now()}`;
  await stage.postgres.ensureDatabase(name);
  const databaseUrl = stage.postgres.url(name);
  await migrateDatabase(databaseUrl);
  await migrateQueue(databaseUrl);
  const settings = settingsOf(stage, databaseUrl, redis?.url ?? databaseUrl);
  const opened = new Lifetime();
  const logger = createLogger({ level: 'silent', pretty: false });
  const shared = createSharedContext({ config: loadConfig(settings), logger, opened });
  const context = createGatewayContext(shared, opened);
  const { pool } = context.database;
  const crew = startWorkerCrew(WORKERS, settings);
  try {
    const startedAt = Date.now();
    let halfWay = () => {};
    const half = new Promise<void>((resolve) => (halfWay = resolve));
    const troubled = trouble(crew, half);
    await Promise.all([requestAll(context, stage), allFinished(pool, stage.jobs, halfWay)]);
    const seconds = (Date.now() - startedAt) / 1000;
    halfWay();
    await troubled;
    await crew.stop();
    return tell(title, stage.jobs, seconds, crew.kills(), await readJobLedger(pool));
  } finally {
    await crew.stop();
    await opened.close();
  }
}

function tell(title: string, jobs: number, seconds: number, kills: number, ledger: JobLedger): boolean {
  const { succeeded, twice, restarts } = ledger;
  const rate = (jobs / seconds).toFixed(1);
  const pace = kills > 0 ? ` (one in ${(seconds / kills).toFixed(1)} s)` : '';
  return report(
    `${jobs} jobs: ${title}`,
    [`${seconds.toFixed(1)} s, ${rate} jobs/s; ${kills} workers killed${pace}, ${restarts} starts repeated`],
    [
      { name: 'lost', value: jobs - succeeded, exactly: 0 },
      { name: 'done twice', value: twice, exactly: 0 },
    ],
  );
}

async function requestAll({ database, services }: GatewayContext, { jobs, pages }: Stage): Promise<void> {
  const user = await database.prisma.user.create({
    data: { kakaoId: '1', name: '벤치 관리자', role: 'ADMIN' },
  });
  const viewer = { userId: user.id, sessionId: user.id, role: user.role };
  let next = 0;
  const ask = async () => {
    while (next < jobs) {
      const url = pages.articleUrl(`job-${next++}`);
      await services.articleJobs.requestArticle({ viewer, requestId: `bench-${next}` }, url, null);
    }
  };
  await Promise.all(Array.from({ length: ASKING }, ask));
}

/** Resolves when every job has ended, or when none has for a minute: what is missing then is lost. */
async function allFinished(pool: Pool, jobs: number, halfWay: () => void): Promise<void> {
  const bar = new SingleBar({ format: '  {bar} {value}/{total} jobs', hideCursor: true, noTTYOutput: false });
  if (process.stderr.isTTY) bar.start(jobs, 0);
  try {
    let finished = 0;
    for (let deadline = Date.now() + STALL_MS; finished < jobs && Date.now() < deadline;) {
      await delay(200);
      const before = finished;
      ({ finished } = await readJobLedger(pool));
      if (finished > before) deadline = Date.now() + STALL_MS;
      if (process.stderr.isTTY) bar.update(finished);
      if (finished >= jobs / 2) halfWay();
    }
  } finally {
    bar.stop();
  }
}

function settingsOf(
  { model, pages, signingKey }: Stage,
  databaseUrl: string,
  queueUrl: string,
): Record<string, string> {
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'info',
    DATABASE_URL: databaseUrl,
    QUEUE_URL: queueUrl,
    JWT_PRIVATE_KEYS: signingKey,
    KAKAO_REST_API_KEY: 'bench',
    WORKER_PORT: '0',
    OPENAI_API_KEY: model.apiKey,
    OPENAI_BASE_URL: model.url,
    OPENAI_MODEL: 'test-model',
    CRAWLER_TRUSTED_ORIGINS: pages.url,
    CRAWLER_DELAY_SECONDS: '0',
    JOB_LEASE_SECONDS: '5',
    JOB_SWEEP_SECONDS: '0.5',
  };
}
