import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlQuery } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { PrismaClient } from '../../generated/prisma/client';
import type { Logger } from '../../logger';
import type { Metrics } from '../telemetry/metrics';
import { FairTurns } from '../rate-limiter/fair-turns';
import { endPool } from './end-pool';

export type Prisma = PrismaClient;
/** What runs inside `prisma.$transaction(async (tx) => …)`. */
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

export type Database = ReturnType<typeof openDatabase>;

export interface DatabaseOptions {
  url: string;
  connections: number;
  logger: Logger;
  /** Called with every statement that is sent; tests count them. */
  onStatement?: (sql: string) => void;
  metrics?: Metrics;
  /** For a command that nobody waits for: its statements may take so long, and a connection stays with what it holds. */
  statementTimeoutMs?: number;
}

// Each under 3 s: an unreachable database must be reported within that, and who waits for a connection to one that
// does not answer never gets as far as a statement. A busy pool is no outage, so the first is not short.
const CONNECT_TIMEOUT_MS = 2_000;
const STATEMENT_TIMEOUT_MS = 2_000;
const PATIENT_CONNECT_MS = 15_000;
const TRANSACTION_TIMEOUT_MS = 5_000;
const MAX_NAMED_STATEMENTS = 500;

/** Opens one pool for Prisma and hand-written SQL. Does not connect yet. */
export function openDatabase(options: DatabaseOptions) {
  const { url, connections, logger, onStatement, metrics, statementTimeoutMs } = options;
  const timeoutMs = statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
  const connectMs = statementTimeoutMs === undefined ? CONNECT_TIMEOUT_MS : PATIENT_CONNECT_MS;
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: connectMs,
    query_timeout: timeoutMs,
    statement_timeout: timeoutMs,
    ...(statementTimeoutMs !== undefined && { idleTimeoutMillis: 0 }),
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'gyeongdan',
  });
  pool.on('error', (error) => logger.warn({ error }, 'an idle database connection was lost'));
  pool.on('connect', destroyWhenLate);
  pool.on('release', (_error, client) => destroyWhenBusy(client));
  if (onStatement || metrics) pool.on('connect', (client) => observe(client, metrics, onStatement));
  metrics?.watchPool(pool);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: boundedNames() }),
    transactionOptions: {
      maxWait: connectMs,
      timeout: statementTimeoutMs ?? TRANSACTION_TIMEOUT_MS,
    },
  });
  return {
    prisma,
    /** The pool Prisma uses, for the hot reads in `*.sql.ts`. */
    pool,
    heavy: heavyTurns(connections),
    async close() {
      await prisma.$disconnect();
      await endPool(pool);
    },
  };
}

/**
 * Statements that cost much run a few at a time, half of them of one address, so that connections are left for everybody
 * else. With the statement's own two seconds whoever waits is answered within three.
 */
function heavyTurns(connections: number): FairTurns {
  const atOnce = Math.max(1, Math.floor(connections / 4));
  return new FairTurns({ atOnce, atOnceOfOne: Math.ceil(atOnce / 2), longestWaitMs: 900 });
}

/** A server that let one statement time out would let the ROLLBACK time out too, and the caller wait for both. */
function destroyWhenLate(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const watched = (...args: unknown[]) => {
    const result = query(...args);
    if (result instanceof Promise)
      result.catch((error: Error) => error.message === 'Query read timeout' && destroy(client));
    return result;
  };
  Object.assign(client, { query: watched });
}

/** A transaction whose statement timed out on our side would go back to the pool still open. */
function destroyWhenBusy(client: pg.PoolClient): void {
  if ((client as { readyForQuery?: boolean }).readyForQuery === false) destroy(client);
}

function destroy(client: pg.PoolClient): void {
  (client as { connection?: { stream: { destroy(): void } } }).connection?.stream.destroy();
}

function observe(client: pg.PoolClient, metrics?: Metrics, onStatement?: (sql: string) => void): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const observed = (...args: unknown[]) => {
    const first = args[0] as string | { text?: string; name?: string; label?: string } | undefined;
    const { text = '', name, label } = typeof first === 'string' ? { text: first } : (first ?? {});
    onStatement?.(text);
    const end = metrics?.statementTimer(label ?? name);
    const done = args.at(-1);
    // The pool asks its clients by callback; Prisma and transactions wait for a promise.
    if (end && typeof done === 'function')
      args[args.length - 1] = (...outcome: unknown[]) => {
        end();
        (done as (...outcome: unknown[]) => void)(...outcome);
      };
    const result = query(...args);
    if (end && result instanceof Promise) result.then(end, end);
    return result;
  };
  Object.assign(client, { query: observed });
}

/** A prepared `SELECT *` fails for good once a migration of the next release has added a column. */
const STAR = /\b(SELECT|RETURNING)\s+\*|\.\*/;

/** Names make PostgreSQL keep a plan per connection; bounded, because Prisma's IN lists vary in length. */
function boundedNames(): (query: SqlQuery) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    let name = names.get(sql);
    if (name === undefined) {
      if (names.size >= MAX_NAMED_STATEMENTS || STAR.test(sql)) return '';
      name = createHash('sha1').update(sql).digest('base64url');
      names.set(sql, name);
    }
    return name;
  };
}
