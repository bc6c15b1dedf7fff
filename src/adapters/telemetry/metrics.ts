import type { Pool } from 'pg';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { withinDeadline } from '../http/deadline';
import { keptFor } from '../kept-for';

/** Services that we call; the only values of the label `upstream`. */
export type Upstream = 'kakao' | 'model' | 'crawler' | 'feed' | 'search' | 'mail' | 'public-data';

const PREFIX = 'gyeongdan_';
const FAST = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const SLOW = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
/** A name that we gave a hand-written statement; Prisma's are hashes. */
const OUR_STATEMENT = /^[a-z]+(-[a-z]+)+$/;
const QUEUE_FOR_MS = 5_000;
const FEEDS_FOR_MS = 60_000;
const QUEUE_TIMEOUT_MS = 1_000;

/** Everything that /metrics tells; docs/metrics.md says what each one means. Labels come from bounded sets only. */
export class Metrics {
  readonly registry = new Registry();

  readonly httpRequests = this.histogram(
    'http_request_seconds',
    ['route', 'method', 'status'],
    'HTTP requests',
  );
  readonly operations = this.histogram(
    'graphql_operation_seconds',
    ['operation'],
    'GraphQL operations by root field',
  );
  readonly errors = this.counter('errors_total', ['code'], 'Errors told to clients, by code');
  readonly rateLimited = this.counter('rate_limited_total', ['scope'], 'Requests refused by a rate limit');
  readonly sql = this.histogram(
    'sql_statement_seconds',
    ['statement'],
    'SQL statements; Prisma’s own are "prisma"',
  );
  readonly jobs = this.histogram('job_seconds', ['kind', 'outcome'], 'Attempts of generation jobs', SLOW);
  readonly lostJobs = this.counter('jobs_lost_total', [], 'Jobs whose worker died');
  readonly tasks = this.histogram(
    'scheduled_task_seconds',
    ['task', 'outcome'],
    'Runs of tasks by the clock',
    SLOW,
  );
  readonly tokens = this.counter('model_tokens_total', ['model', 'direction'], 'Tokens paid for');
  readonly cost = this.counter('model_cost_usd_total', ['model', 'price'], 'US dollars spent on models');
  readonly circuits = this.gauge('model_circuit_open', ['provider'], 'Whether a provider is not asked');
  readonly budgetRefusals = this.counter('model_budget_refusals_total', [], 'Calls beyond the day’s budget');
  readonly feedItems = this.counter('feed_items_total', ['outcome'], 'Items of feeds that were read');
  readonly mails = this.counter('mails_total', ['outcome'], 'Mails handed to the mail server, by outcome');
  readonly upstreams = this.histogram(
    'upstream_seconds',
    ['upstream', 'outcome'],
    'Calls of other services',
    SLOW,
  );

  readonly liveConnections = this.gauge('live_connections', ['transport'], 'Open sockets and event streams');
  readonly liveSubscriptions = this.gauge('live_subscriptions', ['transport'], 'Subscriptions under way');
  readonly liveEvents = this.counter('live_events_total', ['operation'], 'Events of subscriptions');
  readonly liveCut = this.counter('live_cut_total', ['reason'], 'Connections that were ended by the gateway');
  readonly liveDelay = this.histogram('live_delay_seconds', [], 'From a change to the gateway that tells it');

  /** CPU, memory, event loop and garbage collection. Once a process: its observers are never let go. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry, prefix: PREFIX });
  }

  /** Connections and waiting callers of the pool. */
  watchPool(pool: Pool): void {
    this.gauge('pool_connections', ['state'], 'Database connections', (gauge) => {
      gauge.set({ state: 'idle' }, pool.idleCount);
      gauge.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      gauge.set({ state: 'waiting' }, pool.waitingCount);
    });
  }

  /** Jobs that wait or run, from their rows: the queue itself may be empty, or gone. Asked at most every 5 s. */
  watchJobs(pool: Pool): void {
    const look = keptFor(QUEUE_FOR_MS, () => lookAtJobs(pool).catch(() => null));
    this.gauge('database_up', [], 'Whether the database answered the last look at the jobs', async (up) =>
      up.set((await look()) ? 1 : 0),
    );
    this.gauge('job_queue_depth', ['status'], 'Generation jobs by status', async (depth) => {
      const found = await look();
      if (!found) return;
      depth.set({ status: 'QUEUED' }, found.queued);
      depth.set({ status: 'RUNNING' }, found.running);
    });
    this.gauge('job_oldest_due_seconds', [], 'How long the oldest due job has waited', async (oldest) => {
      const found = await look();
      if (found) oldest.set(found.oldestDueSeconds);
    });
  }

  /** Whether each queue is paused, by whoever knows it; nothing while it cannot be asked. Asked at most every 5 s. */
  watchQueues(whetherPaused: () => Promise<Record<string, boolean>>): void {
    const deadline = { timeoutMs: QUEUE_TIMEOUT_MS, late: () => new Error('too late') };
    const states = keptFor(QUEUE_FOR_MS, () => withinDeadline(deadline, whetherPaused).catch(() => null));
    this.gauge('queue_paused', ['queue'], 'Whether a queue is paused', async (gauge) => {
      for (const [queue, paused] of Object.entries((await states()) ?? {}))
        gauge.set({ queue }, paused ? 1 : 0);
    });
  }

  /** How many feeds have failed for days, by whoever knows it; nothing while it cannot be asked. Asked at most every minute. */
  watchFeeds(countFailing: () => Promise<number>): void {
    const deadline = { timeoutMs: QUEUE_TIMEOUT_MS, late: () => new Error('too late') };
    const count = keptFor(FEEDS_FOR_MS, () => withinDeadline(deadline, countFailing).catch(() => null));
    this.gauge(
      'feeds_failing',
      [],
      'Enabled feeds that could not be read for three days',
      async (failing) => {
        const found = await count();
        if (found !== null) failing.set(found);
      },
    );
  }

  /** Times one statement; `name` is ours or what Prisma prepared it under. */
  statementTimer(name: string | undefined): () => void {
    const end = this.sql.startTimer({ statement: name && OUR_STATEMENT.test(name) ? name : 'prisma' });
    return () => void end();
  }

  private histogram<T extends string>(
    name: string,
    labelNames: T[],
    help: string,
    buckets = FAST,
  ): Histogram<T> {
    return new Histogram({ name: PREFIX + name, help, labelNames, buckets, registers: [this.registry] });
  }

  private counter<T extends string>(name: string, labelNames: T[], help: string): Counter<T> {
    return new Counter({ name: PREFIX + name, help, labelNames, registers: [this.registry] });
  }

  private gauge<T extends string>(
    name: string,
    labelNames: T[],
    help: string,
    collect: (gauge: Gauge<T>) => void | Promise<void> = () => {},
  ): Gauge<T> {
    const gauge: Gauge<T> = new Gauge({
      name: PREFIX + name,
      help,
      labelNames,
      registers: [this.registry],
      collect: () => collect(gauge),
    });
    return gauge;
  }
}

/** Jobs that wait or run, by their rows, and how long the one that is due first has waited. Throws within a second. */
export async function lookAtJobs(
  pool: Pool,
): Promise<{ queued: number; running: number; oldestDueSeconds: number }> {
  const query = {
    name: 'job-queue-depth',
    text: `SELECT status::text, count(*)::int AS count, extract(epoch FROM now() - min("nextAttemptAt"))::float AS age
           FROM "GenerationJob" WHERE status IN ('QUEUED', 'RUNNING') GROUP BY status`,
  };
  const late = () => new Error('too late');
  const { rows } = await withinDeadline({ timeoutMs: QUEUE_TIMEOUT_MS, late }, () =>
    pool.query<{ status: string; count: number; age: number }>(query),
  );
  const of = (status: string) => rows.find((row) => row.status === status);
  return {
    queued: of('QUEUED')?.count ?? 0,
    running: of('RUNNING')?.count ?? 0,
    oldestDueSeconds: Math.max(0, of('QUEUED')?.age ?? 0),
  };
}
