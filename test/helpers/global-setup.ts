import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../../src/dev/embedded-postgres/embedded-postgres';
import { migrateQueue } from '../../src/adapters/queue/queue';
import { migrateDatabase } from '../../src/adapters/database/migrations';
import { keepForTeardown } from './global-state';
import { TEMPLATE_DATABASE } from './test-database';

/** One PostgreSQL for the whole run, with a migrated template that every test file copies. */
export default async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-test-'));
  chmodSync(folder, 0o755);
  // Nothing here outlives the run, so nothing needs to be flushed.
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '400',
  };
  const postgres = await startEmbeddedPostgres({ folder, settings });
  keepForTeardown(postgres, folder);
  await postgres.ensureDatabase(TEMPLATE_DATABASE);
  await migrateDatabase(postgres.url(TEMPLATE_DATABASE));
  await migrateQueue(postgres.url(TEMPLATE_DATABASE));
  process.env.TEST_POSTGRES_URL = postgres.url('postgres');
}
