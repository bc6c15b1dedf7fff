import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrateDatabase } from '../src/adapters/database/migrations';
import { withClient } from '../src/adapters/database/with-client';
import { startEmbeddedPostgres } from '../src/dev/embedded-postgres/embedded-postgres';
import type { ImportReport } from '../src/domain/import/import-report';
import { report, round } from './report';
import type { Sizes } from './sizes';

const READERS = 50_000;
const ARTICLES = 2_000;
const LOOK_MS = 250;
/** What docs/operations.md says a gateway is to run with. */
const HEAP = '--max-old-space-size=256';

const oldRows = (views: number) => `
  CREATE SCHEMA gyeongdan;
  CREATE TABLE gyeongdan.users AS
    SELECT n AS id, '독자 ' || n AS name, 1000 + n AS kakao_user_id, 'USER' AS role FROM generate_series(1, ${READERS}) AS n;
  CREATE TABLE gyeongdan.articles AS
    SELECT n AS id, 'https://www.mk.co.kr/' || n AS url, 'MAE_KYUNG' AS publisher, '금리 소식 ' || n AS title,
      repeat('한국은행은 기준금리를 3.5%로 동결했다. ', 40) AS content, '쉬운 금리 소식 ' || n AS simple_title,
      repeat('한국은행이 기준금리를 3.5%로 그대로 뒀어요. ', 20) AS simple_content, true AS is_valid,
      timestamp '2026-06-01' + n * interval '1 hour' AS created_at
    FROM generate_series(1, ${ARTICLES}) AS n;
  CREATE TABLE gyeongdan.article_view_history AS
    SELECT n AS id, 1 + (n * 7919::bigint) % ${ARTICLES} AS article_id, timestamp '2026-06-01' + n * interval '10 seconds' AS viewed_at,
      CASE WHEN n % 10 > 0 THEN 1 + (n * 104729::bigint) % ${READERS} END AS user_id
    FROM generate_series(1, ${views}) AS n;`;

/** The memory of an import of a million views, and its pace. */
export async function benchImport({ views }: Pick<Sizes, 'views'>): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-bench-import-'));
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder, settings: { fsync: 'off' } });
  try {
    for (const name of ['old', 'target']) await postgres.ensureDatabase(name);
    await migrateDatabase(postgres.url('target'));
    await withClient({ connectionString: postgres.url('old') }, (client) => client.query(oldRows(views)));
    const begun = performance.now();
    const { peakMb, told } = await importIn(folder, postgres.url('old'), postgres.url('target'));
    const seconds = (performance.now() - begun) / 1000;
    const rows = told.tables.reduce((sum, table) => sum + table.read, 0);
    const lost = told.tables.reduce((sum, table) => sum + table.read - table.moved - table.merged, 0);
    return report(
      'Moving in',
      [`${rows} rows, ${round(rows / seconds)} a second beside the database that it reads and writes`],
      [
        { name: 'memory at most', value: peakMb, atMost: 400, unit: ' MB' },
        { name: 'rows that are neither moved nor merged', value: lost, exactly: 0 },
      ],
    );
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importIn(folder: string, from: string, databaseUrl: string) {
  const child = spawn(
    process.execPath,
    [
      HEAP,
      '--require',
      './scripts/register-swc.cjs',
      'src/bin/import.ts',
      '--from',
      from,
      '--json',
      '--report',
      path.join(folder, 'r.jsonl'),
    ],
    { env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let json = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (json += text));
  let peakMb = 0;
  const looking = setInterval(() => (peakMb = Math.max(peakMb, peakOf(child.pid!))), LOOK_MS);
  await new Promise((resolve) => child.once('close', resolve));
  clearInterval(looking);
  return { peakMb, told: JSON.parse(json) as ImportReport };
}

/** In megabytes; 0 once it has ended. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
