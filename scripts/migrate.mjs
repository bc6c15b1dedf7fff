// `npm run migrate`: applies prisma/migrations with Prisma's own engine, but without Prisma's CLI, which no image needs.
//   npm run migrate                             what the database lacks (DATABASE_URL's, else that of this folder's
//                                               `npm start`); creates the database where there is none
//   npm run migrate -- --rolled-back NAME       NAME failed and nothing of it is left: it may run again
//   npm run migrate -- --applied NAME           NAME failed and was completed by hand: it must not run again
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, parseEnv } from 'node:util';

const ENGINE = path.join(import.meta.dirname, 'prisma-schema-engine.mjs');
const FOLDER = path.resolve(import.meta.dirname, '../prisma/migrations');

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function main() {
  const { values } = parseArgs({
    options: { 'rolled-back': { type: 'string' }, applied: { type: 'string' } },
  });
  loadEnvFile();
  process.env.DATABASE_URL ||= await databaseOfNpmStart();
  if (!process.env.DATABASE_URL)
    throw new Error('No database: set DATABASE_URL, or run `npm start` in another terminal.');
  if (!URL.canParse(process.env.DATABASE_URL)) throw new Error('DATABASE_URL is no URL.');
  if (values['rolled-back'] !== undefined) {
    await callEngine('markMigrationRolledBack', { migrationName: values['rolled-back'] });
    console.log(`${values['rolled-back']} is marked as rolled back.`);
    return;
  }
  const migrationsList = migrationsOnDisk();
  if (values.applied !== undefined) {
    await callEngine('markMigrationApplied', { migrationName: values.applied, migrationsList });
    console.log(`${values.applied} is marked as applied.`);
    return;
  }
  await ensureDatabase();
  const filters = { externalTables: [], externalEnums: [] };
  const { editedMigrationNames } = await callEngine('diagnoseMigrationHistory', {
    migrationsList,
    filters,
    optInToShadowDatabase: false,
  });
  for (const name of editedMigrationNames)
    console.error(
      `${name} was changed after it had been applied: the database may differ from what it says now.`,
    );
  const { appliedMigrationNames } = await callEngine('applyMigrations', { migrationsList, filters });
  for (const name of appliedMigrationNames) console.log(`Applied ${name}`);
  console.log(
    appliedMigrationNames.length === 0
      ? 'No pending migrations to apply.'
      : 'All migrations have been successfully applied.',
  );
}

/** As src/config/environment.ts does for the other commands; this one needs no build. */
function loadEnvFile() {
  if (!existsSync('.env')) return;
  const settings = parseEnv(readFileSync('.env', 'utf8').replace(/^\uFEFF/, ''));
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
}

/** As for the other commands, by what `npm start` has built: an empty text where none runs here. */
async function databaseOfNpmStart() {
  const built = path.join(import.meta.dirname, '../dist/bin/development-database.js');
  if (process.env.NODE_ENV === 'production' || !existsSync(built)) return '';
  const { developmentDatabase } = createRequire(import.meta.url)(built);
  return (await developmentDatabase(path.resolve(process.env.DATA_DIR || '.data'))) ?? '';
}

/** What Prisma's CLI would read of prisma/migrations. */
function migrationsOnDisk() {
  const read = (file) => readFileSync(path.join(FOLDER, file), 'utf8');
  const names = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: FOLDER,
    lockfile: { path: 'migration_lock.toml', content: read('migration_lock.toml') },
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: read(path.join(name, 'migration.sql')) },
      },
    })),
    shadowDbInitScript: '',
  };
}

async function ensureDatabase() {
  const fault = await engineCommand('can-connect-to-database');
  if (fault?.error_code === 'P1003') {
    const refused = await engineCommand('create-database');
    // Another migration may have created it meanwhile.
    if (refused && (await engineCommand('can-connect-to-database')))
      throw new Error(`${fault.message}, and it cannot be created: ${refused.message}`);
    if (!refused) console.log('The database has been created.');
  } else if (fault) throw new Error(`${fault.error_code}: ${fault.message}`);
}

/** Runs one of the engine's own commands; resolves with what went wrong, or with undefined. */
async function engineCommand(command) {
  const engine = spawn(process.execPath, [ENGINE, 'cli', command], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => engine.once('close', resolve));
  let fault;
  for await (const line of createInterface({ input: engine.stderr })) {
    if (!line.startsWith('{')) continue;
    const { level, fields } = JSON.parse(line);
    if (level === 'ERROR') fault = fields;
  }
  return (await ended) === 0 ? undefined : fault;
}

/** Asks the engine one thing, in its JSON-RPC. */
async function callEngine(method, params) {
  const engine = spawn(process.execPath, [ENGINE], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaints = '';
  engine.stderr.setEncoding('utf8').on('data', (text) => (complaints += text));
  engine.stdin.end(`${JSON.stringify({ id: 1, method, params })}\n`);
  for await (const line of createInterface({ input: engine.stdout })) {
    const { id, result, error } = JSON.parse(line);
    if (id !== 1) continue;
    if (error) throw new Error([error.data.error_code, error.data.message].filter(Boolean).join(': '));
    return result;
  }
  throw new Error(`The schema engine ended without an answer. ${complaints}`);
}
