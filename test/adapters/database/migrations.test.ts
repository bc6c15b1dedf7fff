import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

async function superuser(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_POSTGRES_URL! });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
