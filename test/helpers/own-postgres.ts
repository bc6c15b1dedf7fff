import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { postgresBinaries, unprivilegedIdentity } from '../../src/dev/embedded-postgres/binaries';
import { startEmbeddedPostgres } from '../../src/dev/embedded-postgres/embedded-postgres';
import { migrateQueue } from '../../src/adapters/queue/queue';
import { migrateDatabase } from '../../src/adapters/database/migrations';
import { waitUntil } from './wait-until';

/** A PostgreSQL that a test may stop and freeze without harm to the others. */
export interface OwnPostgres {
  /** Of a migrated database. */
  url: string;
  isRunning(): boolean;
  /** Ends it at once, every connection with it. */
  stop(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Stops every process of the server: connections stay, nothing answers. */
  freeze(): void;
  thaw(): void;
  /** Connections that were left in the middle of a transaction. */
  idleInTransaction(): Promise<number>;
  close(): Promise<void>;
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-own-postgres-'));
  chmodSync(folder, 0o755);
  const first = await startEmbeddedPostgres({ folder, settings: { fsync: 'off' } });
  await first.ensureDatabase('own');
  const url = first.url('own');
  await migrateDatabase(url);
  await migrateQueue(url);
  const { port } = new URL(url);
  let pid: number | null = first.pid;

  const isGone = () => {
    try {
      process.kill(pid!, 0);
      return false;
    } catch {
      return true;
    }
  };
  const family = () => [pid!, ...childrenOf(pid!)];
  const server: OwnPostgres = {
    url,
    isRunning: () => pid !== null,
    async stop() {
      if (pid === null) return;
      server.thaw();
      process.kill(pid, 'SIGINT');
      await waitUntil('PostgreSQL has stopped', isGone);
      pid = null;
    },
    async start() {
      const identity = unprivilegedIdentity();
      const binary = path.join(
        postgresBinaries(identity, () => {}),
        'postgres',
      );
      const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
      const child = spawn(
        binary,
        ['-D', path.join(folder, 'postgres'), '-p', port, ...settings.flatMap((setting) => ['-c', setting])],
        { ...identity, cwd: '/', env: { PATH: process.env.PATH }, stdio: 'ignore' },
      );
      pid = child.pid!;
      await waitUntil('PostgreSQL answers', () => ask(url, 'SELECT 1').catch(() => null));
    },
    freeze: () => family().forEach((one) => signalIfAlive(one, 'SIGSTOP')),
    thaw: () => family().forEach((one) => signalIfAlive(one, 'SIGCONT')),
    async idleInTransaction() {
      const text = `SELECT count(*)::int AS count FROM pg_stat_activity
                    WHERE datname = current_database() AND state LIKE 'idle in transaction%'`;
      return (await ask<{ count: number }>(url, text))[0]!.count;
    },
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return server;
}

function childrenOf(pid: number): number[] {
  return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);
}

async function ask<T extends object>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** One of PostgreSQL's processes may have ended since they were listed. */
function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
