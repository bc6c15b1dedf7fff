import { isDatabaseOutage } from '../adapters/database/database-errors';
import { loadDevelopmentSettings } from '../config/development';
import { loadEnvFile } from '../config/environment';
import { ConfigError } from '../config/settings';
import { importInto } from '../context/importing';
import { Lifetime } from '../context/lifetime';
import { ImportError } from '../domain/import/import-error';
import { reportText } from '../domain/import/report-text';
import { developmentDatabase } from './development-database';
import { readImportArguments } from './import-arguments';
import { ImportProgress } from './import-progress';

/** `npm run import`: moves the old services' database into ours; README.md says what becomes of it. */
async function main(): Promise<void> {
  const opened = new Lifetime();
  const progress = new ImportProgress();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(130);
      stopping.abort();
    });
  try {
    const request = readImportArguments(process.argv.slice(2));
    loadEnvFile();
    const report = await importInto(await readTarget(), request, {
      opened,
      stop: stopping.signal,
      onProgress: (table, done, rows) => progress.at(table, done, rows),
    });
    progress.end();
    console.log(request.json ? JSON.stringify(report) : reportText(report, request.report));
  } catch (error) {
    progress.end();
    const fault = explained(error);
    console.error(`${fault.code}: ${fault.message}`);
    process.exitCode = fault.exitCode;
  } finally {
    await opened.close().catch(() => {});
  }
}

async function readTarget() {
  const { directDatabaseUrl, dataDir, nodeEnv, trustedOrigins, retention } = loadDevelopmentSettings();
  const databaseUrl =
    directDatabaseUrl ?? (nodeEnv === 'production' ? null : await developmentDatabase(dataDir));
  if (!databaseUrl)
    throw new ImportError(
      'TARGET_MISSING',
      'No database: set DATABASE_URL, or run `npm start` in another terminal.',
    );
  return { databaseUrl, trustedOrigins, retention };
}

function explained(error: unknown): Pick<ImportError, 'code' | 'message' | 'exitCode'> {
  if (error instanceof ImportError) return error;
  if (error instanceof ConfigError) return new ImportError('TARGET_MISSING', error.message);
  if (isDatabaseOutage(error))
    return new ImportError(
      'TARGET_UNREACHABLE',
      'Our own database, DATABASE_URL, does not answer. What was moved stays; run the command again.',
    );
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'FAILED' as never, message, exitCode: 1 };
}

void main();
