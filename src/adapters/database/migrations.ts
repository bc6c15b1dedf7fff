import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { environmentWith } from '../../config/environment';
import { withClient } from './with-client';

/** A pg.Client or a pg.Pool. */
interface Queryable {
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>;
}

const ROOT = path.resolve(__dirname, '../../..');

/** Applies the migrations that the database lacks; asks the database first, because the engine takes a second. */
export async function migrateDatabase(databaseUrl: string): Promise<{ applied: number }> {
  const pending = await withClient({ connectionString: databaseUrl }, pendingMigrations);
  if (pending.length === 0) return { applied: 0 };
  await promisify(execFile)(process.execPath, [path.join(ROOT, 'scripts/migrate.mjs')], {
    env: environmentWith({ DATABASE_URL: databaseUrl }),
  });
  return { applied: pending.length };
}

/** Names of the migrations in prisma/migrations that the database has not finished. */
export async function pendingMigrations(database: Queryable): Promise<string[]> {
  const known = readdirSync(path.join(ROOT, 'prisma/migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const table = await database.query(`SELECT to_regclass('"_prisma_migrations"') AS name`);
  if (table.rows[0]!.name === null) return known;
  const { rows } = await database.query(
    'SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL',
  );
  const done = new Set(rows.map((row) => row.migration_name));
  return known.filter((name) => !done.has(name));
}
