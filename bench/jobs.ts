import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { Pool } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/dev/embedded-postgres/embedded-postgres';
import { migrateDatabase } from '../src/adapters/database/migrations';
import { migrateQueue } from '../src/adapters/queue/queue';
import { loadConfig } from '../src/config/config';
import { Lifetime } from '../src/context/lifetime';
import { createSharedContext, type SharedContext } from '../src/context/shared';
import { createLogger } from '../src/logger';
import { testSigningKey } from '../test/helpers/app';
import { redisServerPath, startRedis, type RedisServer } from '../test/helpers/redis';
import { countFinished, countTransactions, readJobLedger, type JobLedger } from './job-ledger';
import { startJobPages } from './job-pages';
import { buildProcesses } from './real-process';
import { report, type Bar } from './report';
import type { Sizes } from './sizes';
import { startWorkerCrew, type WorkerCrew } from './worker-crew';

const WORKERS = 3;
const POISON = 3;
const MAX_STARTS = 5;
/** Pages that a worker has asked for before it is killed: on a busy machine nobody would ever get to work. */
const AT_WORK = 5;
/** From the request for a page to the kill: some die while they crawl, others while they write or save. */
const KILL_AFTER_MS = [0, 5, 20, 60, 150];
/** Jobs of one statement, and entries that the queue is told of at a time: what a collection does. */
const ROWS_AT_ONCE = 500;
const NUDGES_AT_ONCE = 100;
/** Lost is what is still missing after so long without any job ending; a slow machine loses nothing. */
const STALL_MS = 120_000;

/** One run. */
interface Trial {
  title: string;
  /** Null for a queue in PostgreSQL. */
  redis: RedisServer | null;
  jobs: number;
  /** Workers to kill, spread over all jobs. */
  kills?: number;
  /** Of the jobs, those whose page kills the worker that asks for it, each time. */
  poison?: number;
  /** Called when half of the jobs are done. */
  halfWay?: () => Promise<void>;
}

/**
 * Jobs of kind ARTICLE, written as a collection writes them, done by three built workers with the built-in rewriter: on
 * both engines of the queue while workers are killed with SIGKILL at work and with poisoned ones among them, and on a
 * Redis that loses everything half-way. True when none was lost, none but the poisoned failed, and nothing was written twice.
 */
export async function benchJobs({ jobs, kills }: Sizes): Promise<boolean> {
  buildProcesses();
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-bench-jobs-'));
  chmodSync(folder, 0o755);
  const closers: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const postgres = await startEmbeddedPostgres({ folder });
    closers.push(() => postgres.stop());
    const redis = redisServerPath() === null ? null : await startRedis();
    if (redis) closers.push(() => redis.close());
    else console.log('\nNo redis-server is installed: the runs on Redis are left out.');

    const few = Math.ceil(jobs / 10);
    const trials: Trial[] = [];
    for (const engine of redis ? [null, redis] : [null]) {
      const place = engine ? 'Redis' : 'PostgreSQL';
      trials.push({ title: `queue in ${place}, workers killed at work`, redis: engine, jobs, kills });
      const title = `queue in ${place}, ${POISON} of them poisoned`;
      trials.push({ title, redis: engine, jobs: few + POISON, poison: POISON });
    }
    if (redis)
      trials.push({
        title: 'Redis killed half-way, started empty a second later',
        redis,
        jobs: few,
        halfWay: async () => {
          await redis.kill();
          await delay(1_000);
          await redis.start();
        },
      });
    let reached = true;
    for (const trial of trials) reached = (await run(trial, postgres, folder)) && reached;
    return reached;
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function run(trial: Trial, postgres: EmbeddedPostgres, folder: string): Promise<boolean> {
  const { jobs, kills = 0, poison = 0, redis } = trial;
  const name = `jobs_${Date.now()}`;
  await postgres.ensureDatabase(name);
  const databaseUrl = postgres.url(name);
  await migrateDatabase(databaseUrl);
  await migrateQueue(databaseUrl);
  const victims = new Victims(jobs, kills);
  const pages = await startJobPages((page, worker) => {
    if (page <= poison) victims.kill(crew, worker, 0);
    else victims.visited(crew, worker);
    return page > poison;
  });
  const settings = settingsOf(databaseUrl, redis?.url ?? databaseUrl, pages.url);
  const opened = new Lifetime();
  const logger = createLogger({ level: 'silent', pretty: false });
  const context = createSharedContext({ config: loadConfig(settings), logger, opened });
  const { pool } = context.database;
  const startedAt = performance.now();
  const crew = startWorkerCrew(WORKERS, settings, folder);
  try {
    const asked = askFor(context, jobs, pages.url);
    await Promise.all([asked, allFinished(pool, trial)]);
    const seconds = (performance.now() - startedAt) / 1000;
    const transactions = await countTransactions(pool);
    await crew.stop();
    const ledger = await readJobLedger(pool, poison);
    return tell(trial, { seconds, transactions, killed: victims.killed, ledger });
  } finally {
    await crew.stop();
    await opened.close();
    await pages.close();
  }
}

/** Who is killed, and when. */
class Victims {
  killed = 0;
  private visits = 0;
  private readonly visitsOf = new Map<string, number>();

  constructor(
    private readonly jobs: number,
    private readonly kills: number,
  ) {}

  kill(crew: WorkerCrew, worker: string, afterMs: number): void {
    if (crew.kill(worker, afterMs)) this.killed += 1;
  }

  /** A worker that asks for a page is at work: it dies when it is time for the next one to die. */
  visited(crew: WorkerCrew, worker: string): void {
    this.visits += 1;
    const own = (this.visitsOf.get(worker) ?? 0) + 1;
    this.visitsOf.set(worker, own);
    const due = this.killed < this.kills && this.visits > ((this.killed + 1) * this.jobs) / (this.kills + 1);
    if (due && own > AT_WORK) this.kill(crew, worker, KILL_AFTER_MS[this.killed % KILL_AFTER_MS.length]!);
  }
}

/** Writes the jobs of the pages `/1` to `/<jobs>` and tells the queue of them. */
async function askFor(
  { database, intake, nudges }: SharedContext,
  jobs: number,
  site: string,
): Promise<void> {
  const urls = Array.from({ length: jobs }, (_, n) => `${site}/${n + 1}`);
  for (let from = 0; from < jobs; from += ROWS_AT_ONCE) {
    const rows = urls.slice(from, from + ROWS_AT_ONCE).map((url) => ({
      kind: 'ARTICLE' as const,
      subject: url,
      sourceUrl: url,
      input: { task: 'collect', url, publishedAt: null },
      delayMs: 0,
    }));
    const nobody = { requestedById: null, traceParent: null };
    const told = await database.prisma.$transaction((tx) => intake.createFollowing(tx, nobody, rows));
    for (let next = 0; next < told.length; next += NUDGES_AT_ONCE)
      await nudges.tell(told.slice(next, next + NUDGES_AT_ONCE));
  }
}

/** Resolves when every job has ended, or when none has for two minutes: what is missing then is lost. */
async function allFinished(pool: Pool, { jobs, halfWay }: Trial): Promise<void> {
  const bar = new SingleBar({ format: '  {bar} {value}/{total} jobs', hideCursor: true, noTTYOutput: false });
  if (process.stderr.isTTY) bar.start(jobs, 0);
  let trouble = halfWay;
  try {
    let finished = 0;
    for (let deadline = Date.now() + STALL_MS; finished < jobs && Date.now() < deadline;) {
      await delay(500);
      const before = finished;
      finished = await countFinished(pool);
      if (finished > before) deadline = Date.now() + STALL_MS;
      if (process.stderr.isTTY) bar.update(finished);
      if (!trouble || finished < jobs / 2) continue;
      await trouble();
      trouble = undefined;
    }
  } finally {
    bar.stop();
  }
}

interface Outcome {
  seconds: number;
  transactions: number;
  killed: number;
  ledger: JobLedger;
}

function tell({ title, jobs, kills = 0, poison = 0 }: Trial, outcome: Outcome): boolean {
  const { seconds, transactions, killed, ledger } = outcome;
  const pace = killed > 0 ? `, one in ${(seconds / killed).toFixed(1)} s` : '';
  const bars: Bar[] = [
    { name: 'lost', value: jobs - ledger.finished, exactly: 0 },
    { name: poison > 0 ? 'good jobs that failed' : 'failed', value: ledger.failed, exactly: 0 },
    { name: 'succeeded, with one article each', value: ledger.succeeded, exactly: jobs - poison },
    { name: 'articles, revisions and audit entries twice', value: ledger.twice, exactly: 0 },
  ];
  if (kills > 0) bars.push({ name: 'workers killed at work', value: killed, atLeast: kills });
  if (poison > 0)
    bars.push(
      { name: 'poisoned jobs that failed', value: ledger.poisonFailed, exactly: poison },
      { name: 'starts of a poisoned job at most', value: ledger.poisonStarts, atMost: MAX_STARTS },
    );
  return report(
    `${jobs} jobs: ${title}`,
    [
      `${seconds.toFixed(1)} s, ${(jobs / seconds).toFixed(1)} jobs/s by ${WORKERS} workers`,
      `${killed} workers killed${pace}; ${ledger.starts} starts of jobs, ${ledger.starts - jobs} of them again`,
      `${(transactions / jobs).toFixed(1)} transactions of the database for a job`,
    ],
    bars,
  );
}

function settingsOf(databaseUrl: string, queueUrl: string, site: string): Record<string, string> {
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    DATABASE_URL: databaseUrl,
    QUEUE_URL: queueUrl,
    JWT_PRIVATE_KEYS: testSigningKey(),
    KAKAO_REST_API_KEY: 'bench',
    CRAWLER_TRUSTED_ORIGINS: site,
    CRAWLER_DELAY_SECONDS: '0',
    JOB_LEASE_SECONDS: '5',
    JOB_SWEEP_SECONDS: '0.5',
  };
}
