import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { migrateDatabase, pendingMigrations } from '../../../src/adapters/database/migrations';

const ROOT = path.resolve(__dirname, '../../..');
const run = promisify(execFile);

describe('migrations', () => {
  const url = new URL(process.env.TEST_POSTGRES_URL!);
  const name = `migrations_${process.pid}`;

  beforeAll(async () => {
    await superuser(`CREATE DATABASE ${name}`);
    url.pathname = `/${name}`;
  });
  afterAll(() => superuser(`DROP DATABASE ${name} WITH (FORCE)`));

  it('lead from an empty database to exactly prisma/schema.prisma, once', async () => {
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    expect(await pendingMigrations(client)).not.toHaveLength(0);
    const { applied } = await migrateDatabase(url.href);
    expect(await pendingMigrations(client).finally(() => client.end())).toEqual([]);
    expect(applied).toBeGreaterThan(0);
    expect(await migrateDatabase(url.href)).toEqual({ applied: 0 });

    const prisma = path.join(ROOT, 'node_modules/prisma/build/index.js');
    const diff = [
      'migrate',
      'diff',
      '--from-config-datasource',
      '--to-schema',
      'prisma/schema.prisma',
      '--exit-code',
    ];
    const { stdout } = await run(process.execPath, [prisma, ...diff], {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: url.href },
    });
    expect(stdout).toContain('No difference detected');
  });

  it('are not run by an engine that was made for other versions', async () => {
    const elsewhere = mkdtempSync(path.join(ROOT, 'node_modules/.engine-test-'));
    try {
      // The same script over a node_modules whose Prisma is another one.
      mkdirSync(path.join(elsewhere, 'scripts'));
      mkdirSync(path.join(elsewhere, 'node_modules/prisma'), { recursive: true });
      writeFileSync(path.join(elsewhere, 'node_modules/prisma/package.json'), '{"version":"7.11.0"}');
      for (const scope of ['@prisma', 'pg'])
        symlinkSync(path.join(ROOT, 'node_modules', scope), path.join(elsewhere, 'node_modules', scope));
      const engine = path.join(elsewhere, 'scripts/prisma-schema-engine.mjs');
      copyFileSync(path.join(ROOT, 'scripts/prisma-schema-engine.mjs'), engine);
      await expect(run(process.execPath, [engine, '--version'])).rejects.toMatchObject({
        stderr: expect.stringContaining('made for prisma 7.10.0, not 7.11.0'),
      });
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });
});

describe('npm run migrate', () => {
  const PRISMA = path.join(ROOT, 'node_modules/prisma/build/index.js');
  const databases: string[] = [];
  /** A copy of the scripts below node_modules, with two migrations of its own. */
  const folder = mkdtempSync(path.join(ROOT, 'node_modules/.migrate-test-'));

  beforeAll(() => {
    cpSync(path.join(ROOT, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
    writeMigration('1_first', 'CREATE TABLE first (id int)');
    copyFileSync(
      path.join(ROOT, 'prisma/migrations/migration_lock.toml'),
      path.join(folder, 'prisma/migrations/migration_lock.toml'),
    );
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    for (const name of databases) await superuser(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });

  function writeMigration(name: string, sql: string): void {
    const at = path.join(folder, 'prisma/migrations', name);
    mkdirSync(at, { recursive: true });
    writeFileSync(path.join(at, 'migration.sql'), sql);
  }

  /** The URL of a database that is not there yet. */
  function newDatabase(): string {
    const name = `migrate_${process.pid}_${databases.length}`;
    databases.push(name);
    return new URL(`/${name}`, process.env.TEST_POSTGRES_URL!).href;
  }

  async function migrate(root: string, databaseUrl: string, ...args: string[]) {
    return node([path.join(root, 'scripts/migrate.mjs'), ...args], databaseUrl);
  }

  async function node(args: string[], databaseUrl: string): Promise<{ code: number; output: string }> {
    const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl };
    return run(process.execPath, args, { cwd: ROOT, env })
      .then(({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }))
      .catch((error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        output: error.stdout + error.stderr,
      }));
  }

  async function rows(databaseUrl: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client
      .query(
        `SELECT migration_name, checksum, logs, applied_steps_count, finished_at IS NOT NULL AS finished,
                rolled_back_at IS NOT NULL AS rolled_back
         FROM _prisma_migrations ORDER BY started_at, migration_name`,
      )
      .finally(() => client.end());
    return rows;
  }

  it('creates the database and leaves the records that `prisma migrate deploy` leaves, once', async () => {
    const ours = newDatabase();
    const theirs = newDatabase();
    expect(await migrate(ROOT, ours)).toEqual({
      code: 0,
      output: expect.stringMatching(/created[^]+successfully applied/),
    });
    expect(await node([PRISMA, 'migrate', 'deploy'], theirs)).toMatchObject({ code: 0 });
    expect(await rows(ours)).toEqual(await rows(theirs));
    expect(await migrate(ROOT, ours)).toEqual({ code: 0, output: 'No pending migrations to apply.\n' });
  });

  it('creates the database and applies each migration once when several begin together', async () => {
    const url = newDatabase();
    const all = await Promise.all([1, 2, 3].map(() => migrate(folder, url)));
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(all.filter(({ output }) => output.includes('Applied 1_first'))).toHaveLength(1);
    expect(await rows(url)).toHaveLength(1);
  });

  it('stops at a migration that fails, until somebody has said what became of it', async () => {
    const url = newDatabase();
    writeMigration('2_second', 'CREATE TABLE second (id int); SELECT nothing_such();');
    const failed = await migrate(folder, url);
    expect(failed).toEqual({ code: 1, output: expect.stringMatching(/nothing_such[^]*2_second/) });
    expect(await migrate(folder, url)).toEqual({ code: 1, output: expect.stringContaining('P3009') });
    expect(await migrate(folder, url, '--rolled-back', '2_second')).toMatchObject({ code: 0 });
    expect(await migrate(folder, url)).toEqual({ code: 1, output: expect.stringContaining('nothing_such') });
    expect(await migrate(folder, url, '--applied', '2_second')).toMatchObject({ code: 0 });
    expect(await migrate(folder, url)).toEqual({ code: 0, output: 'No pending migrations to apply.\n' });
  });

  it('reports an applied migration whose file was edited afterwards, and applies the rest', async () => {
    const url = newDatabase();
    writeMigration('2_second', 'CREATE TABLE second (id int)');
    await migrate(folder, url);
    writeMigration('1_first', 'CREATE TABLE first (id bigint)');
    writeMigration('3_third', 'CREATE TABLE third (id int)');
    const { code, output } = await migrate(folder, url);
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/Applied 3_third[^]*1_first was changed after it had been applied/),
    });
    // Said until it is mended, also when nothing is to be done.
    expect((await migrate(folder, url)).output).toContain('1_first was changed');
  });

  it('names what is wrong with the database, and no secret', async () => {
    const away = await migrate(ROOT, 'postgresql://gyeongdan:pa55-canary@127.0.0.1:1/gyeongdan');
    expect(away).toEqual({ code: 1, output: expect.stringMatching(/^P1001: .*ECONNREFUSED/) });
    const wrong = new URL(process.env.TEST_POSTGRES_URL!);
    wrong.password = 'pa55-canary';
    const refused = await migrate(ROOT, wrong.href);
    expect(refused).toEqual({ code: 1, output: expect.stringMatching(/^P1000: password/) });
    const none = await migrate(ROOT, 'pa55-canary');
    expect(none).toEqual({
      code: 1,
      output: 'DATABASE_URL is no URL.\n',
    });
    for (const { output } of [away, refused, none]) expect(output).not.toContain('canary');
  });
});

async function superuser(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_POSTGRES_URL! });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
