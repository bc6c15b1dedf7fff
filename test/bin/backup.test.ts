import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { migrateQueue } from '../../src/adapters/queue/queue';
import { examine } from '../../src/bin/doctor/check';
import { databaseChecks } from '../../src/bin/doctor/database-checks';
import { migrateDatabase } from '../../src/adapters/database/migrations';
import { MeDocument } from '../generated/operations';
import { childSettings, sendTo, startReadyChild, type ChildProcess } from '../helpers/child-process';
import { startGenerationApp, type GenerationApp } from '../helpers/generation-app';
import { startSystemPostgres, systemPostgresPath, type SystemPostgres } from '../helpers/system-postgres';
import { waitUntil } from '../helpers/wait-until';

const ROOT = path.resolve(__dirname, '../..');
const DATABASE = 'gyeongdan';
const isThere = systemPostgresPath() !== null;
if (!isThere && !process.env.CI)
  process.stderr.write('skipped the rehearsal of backup and restore, because no postgresql is installed\n');

(isThere || process.env.CI ? describe : describe.skip)('on the PostgreSQL of the distribution', () => {
  let postgres: SystemPostgres;
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-backup-'));
  const dump = path.join(folder, 'gyeongdan.dump');
  const children: ChildProcess[] = [];

  async function start(entry: 'worker' | 'server', settings: Record<string, string>): Promise<ChildProcess> {
    const child = await startReadyChild(entry, settings);
    children.push(child);
    return child;
  }

  beforeAll(async () => {
    postgres = await startSystemPostgres();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await child.stop();
  });
  afterAll(async () => {
    await postgres?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['C.UTF-8', `LOCALE 'C.UTF-8'`],
    ['ICU', `LOCALE_PROVIDER icu ICU_LOCALE 'ko-KR' LOCALE 'C.UTF-8'`],
  ])('all migrations run with the locale %s, and Korean words have trigrams', async (name, locale) => {
    const database = `locale_${name.replace(/\W/g, '').toLowerCase()}`;
    await postgres.administer(`CREATE DATABASE ${database} TEMPLATE template0 ${locale}`);
    const url = postgres.url(database);
    expect((await migrateDatabase(url)).applied).toBeGreaterThan(0);
    await migrateQueue(url);
    for (const [check, examined] of databaseChecks(url))
      expect(await examine(check, examined)).toMatchObject({ name: check, status: 'ok' });
  });

  it('a lost database comes back from its dump, and the work that was under way ends once', async () => {
    const url = postgres.url(DATABASE);
    await postgres.administer(`CREATE DATABASE ${DATABASE} TEMPLATE template0 LOCALE 'C.UTF-8'`);
    await migrateDatabase(url);
    await migrateQueue(url);
    const world = await startGenerationApp({ engine: 'PostgreSQL', databaseUrl: url, worker: false });
    try {
      const { finished, running, waiting } = await fill(world, url);
      const before = await digests(url);
      const restore = () =>
        postgres.run('pg_restore', ['--create', '--exit-on-error', '-d', postgres.url('postgres'), dump]);
      expect(restore).toThrow('already exists');
      expect(await digests(url)).toEqual(before);
      await postgres.administer(`DROP DATABASE ${DATABASE} WITH (FORCE)`);
      restore();
      expect(await digests(url)).toEqual(before);

      const { stdout } = await promisify(execFile)('npm', ['run', '-s', 'migrate'], {
        cwd: ROOT,
        env: { ...process.env, DATABASE_URL: url },
      });
      expect(stdout).toContain('No pending migrations to apply');
      const gateway = await start('server', childSettings(world));
      await start('worker', { ...childSettings(world), JOB_LEASE_SECONDS: '10' });
      const me = await sendTo(gateway, MeDocument, {}, world.token);
      expect(me).toMatchObject({ data: { me: { role: 'ADMIN' } }, errors: [] });
      const swept = await world.ended(running);
      expect(swept.status).toBe('SUCCEEDED');
      expect(swept.attempts).toBeGreaterThan(1);
      expect(await world.ended(waiting)).toMatchObject({ status: 'SUCCEEDED' });
      expect(await world.row(finished)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
      expect(await world.effects()).toEqual({ articles: 3, originals: 3, revisions: 3, audits: 3 });
      // Sequences come back too: a new model is newer than those of before.
      const { prisma } = world.app.context.database;
      const model = await prisma.recommendationModel.create({
        data: { data: Buffer.alloc(1), statistics: {} },
      });
      expect(model.version).toBe(3);
    } finally {
      await world.close();
    }
  });

  /** An article, a job that runs, and one that waits; dumped while the worker holds the second. */
  async function fill(
    world: GenerationApp,
    url: string,
  ): Promise<{ finished: string; running: string; waiting: string }> {
    const { prisma } = world.app.context.database;
    await prisma.recommendationModel.createMany({
      data: [1, 2].map((n) => ({ data: Buffer.from([n, 0, 255]), statistics: { n } })),
    });
    await world.app.login('reader-1');
    const worker = await start('worker', { ...childSettings(world), JOB_CONCURRENCY: '1' });
    const { id: finished } = await world.request(world.pages.articleUrl('finished'));
    await world.ended(finished);
    const calls = world.model.requests.length;
    world.model.next('silence');
    const { id: running } = await world.request(world.pages.articleUrl('running'));
    await waitUntil('the model is asked', () => world.model.requests.length > calls);
    const { id: waiting } = await world.request(world.pages.articleUrl('waiting'));
    // Frozen, so that nothing changes between the dump and what it is compared with.
    worker.signal('SIGSTOP');
    await waitUntil('no statement of it is under way', async () => {
      const [row] = await ask<{ busy: number }>(
        url,
        `SELECT count(*)::int AS busy FROM pg_stat_activity
         WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()`,
      );
      return row!.busy === 0;
    });
    expect(await world.row(running)).toMatchObject({ status: 'RUNNING', attempts: 1 });
    expect(await world.row(waiting)).toMatchObject({ status: 'QUEUED' });
    postgres.run('pg_dump', ['-Fc', '-f', dump, url]);
    const [queued] = await ask<{ count: number }>(url, 'SELECT count(*)::int AS count FROM bullmq.job');
    expect(queued!.count).toBeGreaterThan(0);
    await worker.stop('SIGKILL');
    return { finished, running, waiting };
  }
});

/** Every table, with the number and a hash of its rows. */
async function digests(url: string): Promise<Record<string, string>> {
  const tables = await ask<{ name: string }>(
    url,
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname IN ('public', 'bullmq') ORDER BY 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await ask<{ digest: string }>(
      url,
      `SELECT count(*) || ' ' || COALESCE(md5(string_agg(t::text, chr(10) ORDER BY t::text)), '') AS digest FROM ${name} t`,
    );
    found[name] = row!.digest;
  }
  return found;
}

async function ask<T extends object>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}
