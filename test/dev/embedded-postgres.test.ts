import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { isTraversable, reachableCopyOf } from '../../src/dev/embedded-postgres/binaries';
import {
  runningEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/dev/embedded-postgres/embedded-postgres';
import { waitUntil } from '../helpers/wait-until';

describe('the embedded PostgreSQL', () => {
  const isRoot = process.getuid?.() === 0;
  let folder: string;
  const started: EmbeddedPostgres[] = [];
  const start = async (at = folder, say?: (line: string) => void) => {
    const postgres = await startEmbeddedPostgres({ folder: at, ...(say && { say }) });
    started.push(postgres);
    return postgres;
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-pg-'));
    chmodSync(folder, 0o755);
  });
  afterEach(async () => {
    for (const postgres of started.splice(0)) await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is a PostgreSQL 18 that finds trigrams in Korean text and keeps its data', async () => {
    const first = await start();
    await first.ensureDatabase('kept');
    await query(first.url('kept'), 'CREATE EXTENSION pg_trgm');
    const [version] = await query(first.url('kept'), `SELECT version(), show_trgm('금리') AS trigrams`);
    expect(version!.version).toMatch(/^PostgreSQL 18/);
    expect(version!.trigrams).not.toHaveLength(0);
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await start();
    expect(second.attached).toBe(false);
    expect(
      await query(second.url('kept'), `SELECT 1 AS one FROM pg_extension WHERE extname = 'pg_trgm'`),
    ).toEqual([{ one: 1 }]);
  });

  it('refuses connections without its password', async () => {
    const postgres = await start();
    const url = new URL(postgres.url('postgres'));
    url.password = 'wrong';
    await expect(query(url.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  it('is attached to when a killed parent left it running', async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ attached: true, pid: first.pid });
    expect(await runningEmbeddedPostgres(folder, 'postgres')).toBe(first.url('postgres'));
  });

  it('recovers when it was killed itself', async () => {
    const first = await start();
    await first.ensureDatabase('survivor');
    process.kill(first.pid, 'SIGKILL');
    await waitUntil('it is dead', () => !isAlive(first.pid));
    const second = await start();
    expect(second.attached).toBe(false);
    expect(await query(second.url('survivor'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  (isRoot ? it : it.skip)(
    'keeps its data where its user can go when the folder is closed to it, and says so',
    async () => {
      const closed = path.join(folder, 'closed', 'data');
      mkdirSync(closed, { recursive: true });
      chmodSync(path.dirname(closed), 0o700);
      expect(isTraversable(closed)).toBe(false);
      const said: string[] = [];
      const postgres = await start(closed, (line) => said.push(line));
      try {
        expect(await query(postgres.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
        expect(said.join('\n')).toContain(reachableCopyOf(closed));
        expect(existsSync(path.join(closed, 'postgres'))).toBe(false);
      } finally {
        await postgres.stop();
        rmSync(reachableCopyOf(closed), { recursive: true, force: true });
      }
    },
  );
});

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
