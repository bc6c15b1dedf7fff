import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { SharedContext } from '../../src/context/shared';
import { Readiness } from '../../src/http/health';
import { childSettings, startChild } from '../helpers/child-process';
import { startGenerationApp, type GenerationApp } from '../helpers/generation-app';
import { createTestDatabase, type TestDatabase } from '../helpers/test-database';
import { waitUntil } from '../helpers/wait-until';

const ROOT = path.resolve(__dirname, '../..');
const run = promisify(execFile);
describe('on a database that is not migrated', () => {
  let database: TestDatabase;
  let world: GenerationApp;

  beforeAll(async () => {
    database = await createTestDatabase('template0');
    world = await startGenerationApp({ engine: 'PostgreSQL', worker: false });
  });
  afterAll(async () => {
    await world.close();
    await database.drop();
  });

  it.each([
    ['seed', []],
    ['admin', ['grant', '77']],
    ['admin', ['revoke', '77']],
  ])('npm run %s %j says so in one sentence', async (command, args) => {
    const program = ['--require', './scripts/register-swc.cjs', `src/bin/${command}.ts`];
    const env = { PATH: process.env.PATH, NODE_ENV: 'production', DATABASE_URL: database.url };
    const failed = run(process.execPath, [...program, ...args], { cwd: ROOT, env });
    await expect(failed).rejects.toMatchObject({
      code: 1,
      stderr: 'The database is not migrated: run npm run migrate.\n',
    });
  });

  it('a gateway and a worker say so once, and are ready when it is migrated', async () => {
    const settings = { ...childSettings(world), DATABASE_URL: database.url, QUEUE_URL: database.url };
    const children = [startChild('server', settings), startChild('worker', settings)];
    try {
      for (const child of children)
        await waitUntil('it says why', () => child.output().includes('the database is not migrated'));
      for (const child of children) expect(child.output()).not.toContain('is ready');
      await migrate();
      for (const child of children) await waitUntil('it is ready', () => child.output().includes('is ready'));
      for (const child of children) expect(child.output().match(/is not migrated/g)).toHaveLength(1);
    } finally {
      for (const child of children) await child.stop();
    }
  });

  it('the reason is told again every minute, and at once when it is another one', async () => {
    const warn = jest.fn();
    const query = jest.fn().mockRejectedValue(new Error('away'));
    const context = { database: { pool: { query } }, logger: { warn } } as unknown as SharedContext;
    const readiness = new Readiness(context);
    const now = jest.spyOn(performance, 'now');
    const tellsAt = async (ms: number) => {
      warn.mockClear();
      now.mockReturnValue(ms);
      await readiness.fault();
      return warn.mock.calls.length;
    };
    try {
      expect([await tellsAt(0), await tellsAt(59_999), await tellsAt(60_000)]).toEqual([1, 0, 1]);
      query.mockResolvedValue({ rows: [{ name: null }] });
      expect([await tellsAt(60_001), await tellsAt(60_002)]).toEqual([1, 0]);
    } finally {
      now.mockRestore();
    }
  });

  /** With the settings of a `.env`. */
  async function migrate(): Promise<void> {
    const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-migrate-'));
    writeFileSync(path.join(folder, '.env'), `\uFEFFDATABASE_URL=${database.url}\n`);
    const script = path.join(ROOT, 'scripts/migrate.mjs');
    await run(process.execPath, [script], { cwd: folder, env: { PATH: process.env.PATH } });
    rmSync(folder, { recursive: true });
  }
});
