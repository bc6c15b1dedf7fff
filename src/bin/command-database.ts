import { openDatabase, type Prisma } from '../adapters/database/database';
import { pendingMigrations } from '../adapters/database/migrations';
import { loadDevelopmentSettings } from '../config/development';
import { loadEnvFile } from '../config/environment';
import { AppError } from '../errors';
import { createLogger } from '../logger';
import { developmentDatabase } from './development-database';

/** Runs a command with the configured database, or that of the `npm start` of this folder; an error is told and exits with 1. */
export async function runWithDatabase(command: (prisma: Prisma) => Promise<void>): Promise<void> {
  try {
    loadEnvFile();
    const { databaseUrl, dataDir, nodeEnv } = loadDevelopmentSettings();
    const url = databaseUrl ?? (nodeEnv === 'production' ? null : await developmentDatabase(dataDir));
    if (!url) throw new Error('No database: set DATABASE_URL, or run `npm start` in another terminal.');
    const logger = createLogger({ level: 'error', pretty: false });
    const database = openDatabase({ url, connections: 1, logger });
    try {
      const pending = await pendingMigrations(database.pool);
      if (pending.length > 0) throw new Error('The database is not migrated: run npm run migrate.');
      await command(database.prisma);
    } finally {
      await database.close();
    }
  } catch (error) {
    const said = error instanceof AppError ? error.detail?.en : undefined;
    console.error(said ?? (error instanceof Error ? error.message : error));
    process.exitCode = 1;
  }
}
