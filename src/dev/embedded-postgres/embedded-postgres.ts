import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { withClient } from '../../adapters/database/with-client';
import { isFree } from '../data-dir';
import { isTraversable, postgresBinaries, reachableCopyOf, unprivilegedIdentity } from './binaries';

export interface EmbeddedPostgres {
  /** Connection URL of a database on this server. */
  url(database: string): string;
  pid: number;
  port: number;
  isAlive(): boolean;
  /** True when a server of an earlier, killed parent was still running. */
  attached: boolean;
  /** Creates the database when it does not exist. */
  ensureDatabase(name: string): Promise<void>;
  /** Fast shutdown; resolves when the process is gone. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Absolute folder that keeps the cluster, its password and its log. */
  folder: string;
  /** Where to listen; any free port when absent. */
  port?: number;
  /** `-c name=value` settings. */
  settings?: Record<string, string>;
  say?: (line: string) => void;
}

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;

/**
 * Starts the PostgreSQL 18 that npm installed, or attaches to the one a killed parent left behind.
 * Works as root (it drops to `nobody`) and as an ordinary user.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const say = options.say ?? (() => {});
  const identity = unprivilegedIdentity();
  const bin = postgresBinaries(identity, say);
  const folder = reachableFolder(options.folder, identity !== null, say);
  const cluster = path.join(folder, 'postgres');
  const password = await initialise(bin, folder, cluster, identity, say);

  const running = await runningServer(cluster, password);
  if (running) return { ...handle(running.port, password, running.pid), attached: true };

  const port = options.port ?? (await freePort());
  const log = openSync(path.join(folder, 'postgres.log'), 'a', 0o600);
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...options.settings };
  // Detached: a Ctrl-C in the terminal must reach us first, so that we can close our connections.
  const child = spawn(
    path.join(bin, 'postgres'),
    ['-D', cluster, '-p', String(port), ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    { ...identity, cwd: '/', env: {}, stdio: ['ignore', log, log], detached: true },
  );
  child.unref();
  closeSync(log);
  try {
    await acceptsConnections(child, port, password);
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`PostgreSQL did not start; see ${path.join(folder, 'postgres.log')}`, { cause: error });
  }
  return { ...handle(port, password, child.pid!), attached: false };
}

/** URL of a database on the server that runs on this folder right now, or null. */
export async function runningEmbeddedPostgres(folder: string, database: string): Promise<string | null> {
  const at = [folder, reachableCopyOf(folder)].find((f) =>
    existsSync(path.join(f, 'postgres', 'PG_VERSION')),
  );
  if (!at) return null;
  const password = readFileSync(path.join(at, 'postgres-password'), 'utf8');
  const running = await runningServer(path.join(at, 'postgres'), password);
  return running && urlOf(running.port, password, database);
}

function reachableFolder(folder: string, needed: boolean, say: (line: string) => void): string {
  const reachable = !needed || isTraversable(folder) ? folder : reachableCopyOf(folder);
  if (reachable !== folder)
    say(`PostgreSQL's user cannot enter ${folder}; its data is kept in ${reachable}.`);
  // 0755 for parents: mkdir -p with a narrower mode would lock PostgreSQL's user out of them.
  mkdirSync(reachable, { recursive: true, mode: 0o755 });
  return reachable;
}

/** Creates the cluster on first use; returns the superuser's password. */
async function initialise(
  bin: string,
  folder: string,
  cluster: string,
  identity: { uid: number; gid: number } | null,
  say: (line: string) => void,
): Promise<string> {
  const passwordFile = path.join(folder, 'postgres-password');
  if (existsSync(path.join(cluster, 'PG_VERSION'))) return readFileSync(passwordFile, 'utf8');
  say('Its data folder is created first.');
  rmSync(cluster, { recursive: true, force: true }); // an initialisation that was interrupted
  mkdirSync(cluster, { mode: 0o700 });
  const password = randomBytes(18).toString('hex');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  chmodSync(passwordFile, 0o600);
  if (identity) {
    chownSync(cluster, identity.uid, identity.gid);
    chownSync(passwordFile, identity.uid, identity.gid);
  }
  // Locale C would leave Korean text without trigrams.
  const locale = '--locale-provider=builtin --builtin-locale=C.UTF-8 --lc-ctype=C.UTF-8 --lc-collate=C';
  const options = `-U postgres -A scram-sha-256 --encoding=UTF8 --no-sync --no-instructions ${locale}`;
  try {
    await promisify(execFile)(
      path.join(bin, 'initdb'),
      ['-D', cluster, `--pwfile=${passwordFile}`, ...options.split(' ')],
      { ...identity, cwd: '/', env: {} },
    );
  } catch (error) {
    rmSync(cluster, { recursive: true, force: true });
    throw error;
  }
  return password;
}

async function runningServer(
  cluster: string,
  password: string,
): Promise<{ pid: number; port: number } | null> {
  const pidFile = path.join(cluster, 'postmaster.pid');
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    if (!existsSync(pidFile)) return null;
    const [pid, , , port] = readFileSync(pidFile, 'utf8').split('\n').map(Number);
    if (!pid || !port || !isAlive(pid)) return null;
    const refusal = await connectionFault(port, password, cluster);
    if (refusal === null) return { pid, port };
    // The pid may belong to something else by now; PostgreSQL itself replaces such a stale file.
    if (refusal === 'other') return null;
    if (Date.now() > deadline) throw new Error(`PostgreSQL (pid ${pid}) does not answer on port ${port}`);
    await delay(100);
  }
}

/** null: this cluster answers; 'starting': try again; 'other': nobody or another server is there. */
async function connectionFault(
  port: number,
  password: string,
  cluster: string,
): Promise<null | 'starting' | 'other'> {
  const config = { connectionString: urlOf(port, password, 'postgres'), connectionTimeoutMillis: 3_000 };
  try {
    const { rows } = await withClient(config, (client) =>
      client.query<{ data_directory: string }>('SHOW data_directory'),
    );
    return path.resolve(rows[0]!.data_directory) === path.resolve(cluster) ? null : 'other';
  } catch (error) {
    return (error as { code?: string }).code === '57P03' ? 'starting' : 'other';
  }
}

async function acceptsConnections(child: ChildProcess, port: number, password: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  const config = { connectionString: urlOf(port, password, 'postgres'), connectionTimeoutMillis: 1_000 };
  for (;;) {
    if (child.exitCode !== null) throw new Error(`postgres exited with ${child.exitCode}`);
    try {
      return await withClient(config, async () => {});
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(20);
    }
  }
}

function handle(port: number, password: string, pid: number): Omit<EmbeddedPostgres, 'attached'> {
  // A process that ends without stop() must not leave the server running.
  const stopInHaste = () => isAlive(pid) && process.kill(pid, 'SIGINT');
  process.once('exit', stopInHaste);
  return {
    url: (database) => urlOf(port, password, database),
    pid,
    port,
    isAlive: () => isAlive(pid),
    ensureDatabase: (name) =>
      withClient({ connectionString: urlOf(port, password, 'postgres') }, async (client) => {
        const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
        if (!rowCount) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
      }),
    async stop() {
      process.off('exit', stopInHaste);
      if (!isAlive(pid)) return;
      process.kill(pid, 'SIGINT');
      const deadline = Date.now() + STOP_TIMEOUT_MS;
      while (isAlive(pid) && Date.now() < deadline) await delay(20);
      if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
    },
  };
}

function urlOf(port: number, password: string, database: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Nobody listens on it, and it is none of those that the system gives to connections: still free when it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    if (await isFree(port)) return port;
  }
}
