import type pg from 'pg';
import { pendingMigrations } from '../../adapters/database/migrations';
import { withClient } from '../../adapters/database/with-client';
import { failingFeeds, FAILING_DAYS } from '../../domain/collection/failing-feeds';
import { pausedQueues } from '../../domain/jobs/queues.sql';
import { fail, ok, warn, type Check, type Verdict } from './check';

const OLDEST_VERSION = 15;
const MAX_CLOCK_SKEW_MS = 2_000;

/** Version, Korean text search, migrations, clock and due work of the database, each a check of its own. */
export function databaseChecks(url: string): [name: string, check: Check][] {
  const asked = (ask: (client: pg.Client) => Promise<Verdict>) => () => askDatabase(url, ask);
  return [
    ['database', asked(version)],
    ['database: Korean text', asked(trigrams)],
    ['database: migrations', asked(migrations)],
    ['database: clock', asked(clock)],
    ['scheduled tasks', asked(tasks)],
    ['feeds', asked(feeds)],
    ['paused queues', asked(paused)],
  ];
}

/** For a statement or two, each within 4 s. */
export function askDatabase<T>(url: string, ask: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient({ connectionString: url, connectionTimeoutMillis: 4_000, query_timeout: 4_000 }, ask);
}

async function version(client: pg.Client): Promise<Verdict> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  const text = rows[0]!.server_version;
  return parseInt(text, 10) >= OLDEST_VERSION
    ? ok(`PostgreSQL ${text}`)
    : fail(`PostgreSQL ${text} is too old: ${OLDEST_VERSION} or newer is needed`);
}

/** In a transaction that is rolled back: the extension may not be there yet. */
async function trigrams(client: pg.Client): Promise<Verdict> {
  await client.query('BEGIN');
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    const { rows } = await client.query<{ count: number }>("SELECT cardinality(show_trgm('금리')) AS count");
    return rows[0]!.count > 0
      ? ok('pg_trgm sees Korean words')
      : fail('pg_trgm sees no Korean words: the database needs a UTF-8 LC_CTYPE (not C)');
  } catch {
    return fail('the extension pg_trgm is not there and cannot be created by this user');
  } finally {
    await client.query('ROLLBACK');
  }
}

async function migrations(client: pg.Client): Promise<Verdict> {
  const pending = await pendingMigrations(client);
  return pending.length === 0
    ? ok('all are applied')
    : fail(`${pending.length} to apply: run npm run migrate`);
}

async function clock(client: pg.Client): Promise<Verdict> {
  const before = Date.now();
  const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  const skew = Math.round(rows[0]!.now.getTime() - (before + Date.now()) / 2);
  return Math.abs(skew) <= MAX_CLOCK_SKEW_MS
    ? ok(`differs by ${Math.abs(skew)} ms from this machine's`)
    : warn(`differs by ${Math.abs(skew)} ms from this machine's: set both by NTP, or tokens expire early`);
}

/** Work by the clock waits for a worker; minutes late is a restart, longer is none. */
async function tasks(client: pg.Client): Promise<Verdict> {
  if (!(await exists(client, 'ScheduledTask'))) return ok('none is known before the migrations');
  const { rows } = await client.query<{ name: string; late: boolean }>(
    `SELECT "name", "nextRunAt" < now() - interval '15 minutes' AS late FROM "ScheduledTask" ORDER BY "name"`,
  );
  const late = rows.filter((row) => row.late).map((row) => row.name);
  if (late.length > 0) return warn(`late by more than 15 minutes: ${late.join(', ')}. Does a worker run?`);
  return ok(rows.length === 0 ? 'none is known: no worker has run yet' : `${rows.length}, none is late`);
}

/** The last of them to be read may have been the clock's, this morning. */
async function feeds(client: pg.Client): Promise<Verdict> {
  if (!(await exists(client, 'FeedState'))) return ok('none is known before the migrations');
  const failing = await failingFeeds(client);
  if (failing.length === 0) return ok(`none has failed for ${FAILING_DAYS} days`);
  const named = failing.map(({ name, errorCode }) => `${name} (${errorCode})`).join(', ');
  return warn(
    `not read for ${FAILING_DAYS} days or longer: ${named}. Look at the address with updatePublisher`,
  );
}

async function paused(client: pg.Client): Promise<Verdict> {
  if (!(await exists(client, 'QueueState'))) return ok('none is known before the migrations');
  const queues = await pausedQueues(client);
  if (queues.length === 0) return ok('there is none');
  const named = queues.map(({ name, since }) => `${name} (since ${since.toISOString()})`).join(', ');
  return warn(`no job of these begins: ${named}. pauseQueue resumes them`);
}

export async function exists(client: pg.Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ name: string | null }>('SELECT to_regclass($1) AS name', [
    `"${table}"`,
  ]);
  return rows[0]!.name !== null;
}
