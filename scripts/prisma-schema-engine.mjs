#!/usr/bin/env node
// Stands in for Prisma's native `schema-engine` binary: the same engine compiled to WASM (from npm, so no
// download from binaries.prisma.sh), spoken to by the Prisma CLI in JSON-RPC over stdio, reaching
// PostgreSQL through @prisma/adapter-pg. Selected by PRISMA_SCHEMA_ENGINE_BINARY in prisma.config.ts.
import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

// `open` below reaches into private methods of the adapter: other versions must be looked at first.
const VERSIONS = {
  prisma: '7.10.0',
  '@prisma/adapter-pg': '7.10.0',
  '@prisma/driver-adapter-utils': '7.10.0',
  '@prisma/schema-engine-wasm': '7.10.0-4.0edf323efd1d98336f3f0a68684b56f689b900d3',
};
for (const [name, expected] of Object.entries(VERSIONS)) {
  const installed = packageVersion(name);
  // scripts/migrate.mjs speaks to this engine where Prisma's CLI is not installed.
  if (installed === expected || (name === 'prisma' && installed === 'none')) continue;
  process.stderr.write(`prisma-schema-engine.mjs was made for ${name} ${expected}, not ${installed}\n`);
  process.exit(1);
}

function packageVersion(name) {
  const folders = createRequire(import.meta.url).resolve.paths(name);
  const file = folders.map((folder) => `${folder}/${name}/package.json`).find((path) => existsSync(path));
  return file ? JSON.parse(readFileSync(file, 'utf8')).version : 'none';
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    version: { type: 'boolean' },
    datasource: { type: 'string' },
    datamodels: { type: 'string', multiple: true },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
  },
});
const url = values.datasource ? JSON.parse(values.datasource).url : process.env.DATABASE_URL;
const dbName = (u) => decodeURIComponent(new URL(u).pathname.slice(1)) || 'postgres';
const admin = async (u, sql) => {
  const maintenance = new URL(u);
  maintenance.pathname = '/postgres';
  await query(maintenance.href, sql);
};
const query = async (connectionString, sql) => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};
const createDatabase = (u) => admin(u, `CREATE DATABASE ${pg.escapeIdentifier(dbName(u))}`);
const dropDatabase = (u) => admin(u, `DROP DATABASE ${pg.escapeIdentifier(dbName(u))} WITH (FORCE)`);
const disposals = []; // awaited before each reply: the CLI kills this process as soon as it has its answer

/** Wraps @prisma/adapter-pg, which (7.10) rejects catalogue columns of type "char", splits scripts at every
 *  `;` even inside $$ bodies and quotes, and connects the shadow database to the main one if given a URL. */
async function open(connectionString, onDispose) {
  const pool = new pg.Pool({ connectionString, max: 1 });
  const schema = new URL(connectionString).searchParams.get('schema') ?? undefined;
  const adapter = await new PrismaPg(pool, { schema }).connect();
  const { queryRaw } = adapter;
  adapter.queryRaw = async (sql) => {
    let chars = [];
    const performIO = async (q) => {
      const result = await adapter.performIO(q);
      chars = result.fields.flatMap((f, i) => (f.dataTypeID === pg.types.builtins.CHAR ? [i] : []));
      for (const i of chars) result.fields[i] = { ...result.fields[i], dataTypeID: pg.types.builtins.TEXT };
      return result;
    };
    const set = await queryRaw.call(Object.create(adapter, { performIO: { value: performIO } }), sql);
    for (const i of chars) set.columnTypes[i] = ColumnTypeEnum.Character;
    return set;
  };
  adapter.executeScript = async (sql) => {
    try {
      await pool.query(sql);
    } catch (e) {
      adapter.onError(e);
    }
  };
  adapter.dispose = () => {
    const done = pool.end().then(async () => {
      await onDispose?.();
    });
    disposals.push(done);
    return done;
  };
  return adapter;
}

const adapterName = '@prisma/adapter-pg',
  provider = 'postgres';
const online = {
  provider,
  adapterName,
  connect: () => open(url),
  connectToShadowDb: async () => {
    const shadow = new URL(url);
    shadow.pathname = `/prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    await createDatabase(shadow.href);
    return open(shadow.href, () => dropDatabase(shadow.href));
  },
};
// Comparing schema files needs no database, but the engine still asks one for its version.
const refuse = async () => {
  throw new Error('no database is needed here');
};
const offline = {
  provider,
  adapterName,
  connectToShadowDb: refuse,
  connect: async () => ({
    provider,
    adapterName,
    executeRaw: refuse,
    executeScript: refuse,
    startTransaction: refuse,
    dispose: async () => {},
    getConnectionInfo: () => ({ supportsRelationJoins: true }),
    queryRaw: async () => ({
      columnNames: ['exists', 'version', 'numeric_version'],
      rows: [[true, 'PostgreSQL 17.0', 170000]],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
    }),
  }),
};

async function cli(command) {
  try {
    if (command === 'can-connect-to-database') await query(url, 'SELECT 1');
    else if (command === 'create-database') await createDatabase(url);
    else if (command === 'drop-database') await dropDatabase(url);
    else throw new Error(`schema-engine: unknown command ${command}`);
  } catch (e) {
    const [error_code, message] =
      e.code === '3D000'
        ? ['P1003', `Database ${dbName(url)} does not exist`]
        : e.code?.startsWith('28')
          ? ['P1000', e.message]
          : ['P1001', `Can't reach database server: ${e.message || e.code}`];
    const line = (level, fields) => JSON.stringify({ level, target: 'schema_engine::logger', fields }) + '\n';
    process.stderr.write(
      line('INFO', { message: 'schema-engine (wasm)' }) + line('ERROR', { error_code, message }),
    );
    process.exitCode = 1;
  }
}

let panic, engine, errors;
process.on('uncaughtException', (e) => {
  // a Rust panic surfaces here; 101 is how the native engine reports one
  process.stderr.write(
    JSON.stringify({ level: 'ERROR', fields: { message: panic ?? e.message, backtrace: e.stack } }) + '\n',
  );
  process.exit(101);
});
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (message) => {
    panic = message;
  },
};
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n');

async function call(method, params) {
  if (method === 'createDatabase') {
    await createDatabase(url);
    return { databaseName: dbName(url) };
  }
  if (!engine) {
    const files =
      method === 'diff' &&
      [params.from.tag, params.to.tag].every((t) => t === 'empty' || t === 'schemaDatamodel');
    const adapter = bindMigrationAwareSqlAdapterFactory(files || !url ? offline : online);
    errors = adapter.errorRegistry;
    const datamodels = values.datamodels?.map((path) => [path, readFileSync(path, 'utf8')]);
    engine = await glue.SchemaEngine.new({ datamodels }, (log) => process.stderr.write(`${log}\n`), adapter);
  }
  const result = await engine[method === 'getDatabaseVersion' ? 'version' : method](params);
  if (method !== 'diff') return result ?? null;
  if (result.stdout) send({ id: 1, method: 'print', params: { content: result.stdout } });
  return { exitCode: result.exitCode };
}

if (values.version) console.log('schema-engine-cli wasm');
else if (positionals[0] === 'cli') await cli(positionals[1]);
else {
  const wasm = new URL(
    'schema_engine_bg.wasm',
    import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'),
  );
  const { instance } = await WebAssembly.instantiate(readFileSync(fileURLToPath(wasm)), {
    './schema_engine_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line);
    if (!method) continue; // the CLI acknowledging a `print`
    const reply = await call(method, params).then(
      (result) => ({ result }),
      (e) => {
        const external = /^External error id#(\d+)/.exec(e?.message ?? '');
        const message =
          panic ??
          (external && errors.consumeError(Number(external[1]))?.error?.message) ??
          e?.message ??
          String(e);
        return {
          error: {
            code: 4466,
            message: 'An error happened.',
            data: { is_panic: Boolean(panic), message, error_code: e?.code ?? null, meta: e?.meta ?? null },
          },
        };
      },
    );
    await Promise.allSettled(disposals.splice(0));
    send({ id, ...reply });
  }
  process.exit();
}
