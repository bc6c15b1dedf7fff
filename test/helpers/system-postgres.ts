import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { unprivilegedIdentity } from '../../src/dev/embedded-postgres/binaries';
import { freePort } from '../../src/dev/embedded-postgres/embedded-postgres';
import { waitUntil } from './wait-until';

const PROGRAMS = ['initdb', 'postgres', 'pg_dump', 'pg_restore'];
const DEBIAN = '/usr/lib/postgresql';

/** A PostgreSQL of this machine's distribution, with its programs: the one of npm has neither pg_dump nor pg_restore. */
export interface SystemPostgres {
  url(database: string): string;
  /** Runs a statement in the database `postgres`. */
  administer(sql: string): Promise<void>;
  /** Runs pg_dump or pg_restore. Throws with what it said. */
  run(program: 'pg_dump' | 'pg_restore', args: string[]): void;
  close(): Promise<void>;
}

/** The folder of its programs, those of the oldest version there is, or null. */
export function systemPostgresPath(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(a) - Number(b)) : [];
  const folders = [
    ...versions.map((version) => path.join(DEBIAN, version, 'bin')),
    ...(process.env.PATH ?? '').split(path.delimiter),
  ];
  return (
    folders.find((folder) => PROGRAMS.every((program) => existsSync(path.join(folder, program)))) ?? null
  );
}

/** Starts a server of its own on a free port. Throws when PostgreSQL is not installed. */
export async function startSystemPostgres(): Promise<SystemPostgres> {
  const bin = systemPostgresPath();
  if (bin === null) throw new Error('postgresql is not installed');
  const identity = unprivilegedIdentity();
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-system-postgres-'));
  chmodSync(folder, 0o755);
  const cluster = path.join(folder, 'cluster');
  mkdirSync(cluster, { mode: 0o700 });
  if (identity) chownSync(cluster, identity.uid, identity.gid);
  const options = { ...identity, cwd: '/', env: { PATH: process.env.PATH } };
  const initialise = ['-D', cluster, '-U', 'postgres', '-A', 'trust', '--no-sync', '--encoding=UTF8'];
  execFileSync(path.join(bin, 'initdb'), [...initialise, '--locale=C.UTF-8'], { ...options, stdio: 'pipe' });

  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const child = spawn(
    path.join(bin, 'postgres'),
    ['-D', cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = (database: string) => `postgresql://postgres@127.0.0.1:${port}/${database}`;
  const administer = async (sql: string) => {
    const client = new pg.Client({ connectionString: url('postgres'), connectionTimeoutMillis: 1_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query(sql);
    } finally {
      await client.end().catch(() => {});
    }
  };
  await waitUntil('PostgreSQL answers', () =>
    administer('SELECT 1').then(
      () => true,
      () => false,
    ),
  );
  return {
    url,
    administer,
    run: (program, args) => void execFileSync(path.join(bin, program), args, { stdio: 'pipe' }),
    async close() {
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
