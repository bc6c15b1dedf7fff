import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { ImportReport } from '../../../src/domain/import/import-report';
import { importOf, totalsOf } from '../../helpers/import-into';
import { createOldDatabase, OLD_TABLES, type OldTestDatabase } from '../../helpers/old-database';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database';

const ROOT = path.resolve(__dirname, '../../..');
const VIEWS = 20_000;

describe('npm run import', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-import-'));
  const report = path.join(folder, 'report.jsonl');
  let old: OldTestDatabase;
  let target: TestDatabase;
  beforeAll(async () => {
    [old, target] = await Promise.all([createOldDatabase(OLD_TABLES), createTestDatabase()]);
    await old.query(`
      INSERT INTO gyeongdan.users SELECT n, '독자 ' || n, 1000 + n, NULL, 'USER' FROM generate_series(1, 1000) AS n;
      INSERT INTO gyeongdan.articles (id, url, publisher, title, content, simple_title, simple_content, is_valid, created_at)
        SELECT n, 'https://www.mk.co.kr/' || n, 'MAE_KYUNG', '제목', '원문', '쉬운 제목', '쉬운 글', true, '2026-01-01'
        FROM generate_series(1, 150) AS n;
      INSERT INTO gyeongdan.article_view_history
        SELECT n, 1 + n % 160, timestamp '2026-11-01' + n * interval '1 second', 1 + n % 1000 FROM generate_series(1, ${VIEWS}) AS n`);
  });
  afterAll(async () => {
    await old.drop();
    await target.drop();
    rmSync(folder, { recursive: true });
  });

  /** Runs the command; it is killed as soon as it says something that `killAt` accepts. */
  async function run(
    args: string[],
    { databaseUrl = target.url, killAt = (_said: string): boolean => false } = {},
  ) {
    const child = spawn(
      process.execPath,
      ['--require', './scripts/register-swc.cjs', 'src/bin/import.ts', '--report', report, ...args],
      { cwd: ROOT, env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, DATA_DIR: folder } },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (killAt(stderr)) child.kill('SIGKILL');
    });
    await new Promise((resolve) => child.once('close', resolve));
    return { code: child.exitCode ?? child.signalCode, stdout, stderr };
  }
  async function count(sql: string): Promise<number> {
    const client = new pg.Client({ connectionString: target.url });
    await client.connect();
    const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`);
    await client.end();
    return rows[0]!.count;
  }

  it('goes on where it was after kill -9, and its totals are true then', async () => {
    const begun = /article_view_history 0\//;
    const killed = await run(['--from', old.url], { killAt: (said) => begun.test(said) });
    expect(killed.code).toBe('SIGKILL');
    const done = await run(['--from', old.url, '--json']);
    expect([done.code, done.stderr]).toEqual([
      0,
      expect.stringContaining(`article_view_history ${VIEWS}/${VIEWS}`),
    ]);
    const told = JSON.parse(done.stdout) as ImportReport;
    const orphans = await old.query(
      'SELECT count(*)::int AS n FROM gyeongdan.article_view_history WHERE article_id > 150',
    );
    const pairs = await old.query(
      'SELECT count(DISTINCT (article_id, user_id))::int AS n FROM gyeongdan.article_view_history WHERE article_id <= 150',
    );
    const [lost, views] = [orphans[0]!.n as number, pairs[0]!.n as number];
    expect(totalsOf(told)).toMatchObject({
      'gyeongdan.users': [1000, 1000, 0, 0],
      'gyeongdan.articles': [150, 150, 0, 0],
      'gyeongdan.article_view_history': [VIEWS, views, VIEWS - views - lost, lost],
    });
    // Something had been moved before it was killed, and nothing twice.
    expect(told.tables.find(({ step }) => step === 'users')!.new).toBe(0);
    expect(await count('"User"')).toBe(1000);
    expect(await count('"ArticleView"')).toBe(views);
    expect(await count(`"ArticleDayViews", generate_series(1, views)`)).toBe(VIEWS - lost);
    expect(readFileSync(report, 'utf8').match(/"outcome":"reported"/g)).toHaveLength(lost);
  });

  const secret = 'hidden-word';
  const away = `postgresql://somebody:${secret}@127.0.0.1:1/old`;

  it('says in one line with a stable code what keeps it from beginning, and no password', async () => {
    const faults: [string[], string, number, string][] = [
      [['--from', old.url, `--${secret}`], target.url, 2, 'BAD_ARGUMENTS'],
      [['--from', away], target.url, 3, 'SOURCE_UNREACHABLE'],
      [['--from', old.url], away, 6, 'TARGET_UNREACHABLE'],
    ];
    for (const [args, databaseUrl, code, word] of faults) {
      const outcome = await run(args, { databaseUrl });
      expect(outcome).toMatchObject({ code, stdout: '' });
      expect(outcome.stderr).toMatch(new RegExp(`^${word}: .+\\n$`));
      expect(outcome.stderr).not.toContain(secret);
    }
  });

  it('does not begin with what cannot move in', async () => {
    const [empty, unmigrated] = await Promise.all([createOldDatabase(), createOldDatabase()]);
    const faults: [string, string, string | undefined, string, number][] = [
      [secret, target.url, undefined, 'BAD_FROM', 2],
      [`mysql://a:${secret}@localhost/b`, target.url, undefined, 'BAD_FROM', 2],
      [old.url, target.url, 'users,nothing', 'BAD_ONLY', 2],
      [old.url.replace(/[^/]*$/, 'absent'), target.url, undefined, 'SOURCE_REFUSED', 3],
      [empty.url, target.url, undefined, 'NO_OLD_TABLES', 4],
      [target.url, target.url, undefined, 'SAME_DATABASE', 5],
      [old.url, unmigrated.url, undefined, 'TARGET_NOT_MIGRATED', 6],
    ];
    for (const [from, databaseUrl, only, code, exitCode] of faults)
      await expect(importOf(from, databaseUrl, { only })).rejects.toMatchObject({ code, exitCode });
    await empty.drop();
    await unmigrated.drop();
  });

  it('stops behind a batch when it is asked to', async () => {
    const stopping = new AbortController();
    const stopped = importOf(old.url, target.url, {
      stop: stopping.signal,
      onProgress: () => stopping.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED', exitCode: 130 });
  });
});
