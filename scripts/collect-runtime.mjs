// `node scripts/collect-runtime.mjs FOLDER`: copies what the processes of a release load, and nothing else, into FOLDER.
// Run after `npm run build`; the image is made of it. test/image starts every program from it.
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nodeFileTrace } from '@vercel/nft';

const root = path.resolve(import.meta.dirname, '..');
const target = path.resolve(process.argv[2]);

const PROGRAMS = ['server', 'worker', 'admin', 'keys', 'doctor', 'seed', 'import'].map(
  (name) => `dist/bin/${name}.js`,
);
const SCRIPTS = ['health-check', 'migrate', 'prisma-schema-engine'].map((name) => `scripts/${name}.mjs`);
/** Of a thread that is started by its path, and what it requires in its own way. */
const THREADS = ['chart.thread.mjs', 'answer-paintings.js'].map((file) => `dist/adapters/chart/${file}`);
/** Read, not imported: nothing leads a tracer there. */
const READ = [
  'package.json',
  'prisma/migrations',
  'examples/web/persisted-documents.json',
  'deploy/rds-ca.pem',
  ...['economic-terms', 'faqs', 'publishers'].map((name) => `prisma/seed/${name}.json`),
  ...[
    'examples.md',
    'playground-client.js',
    'live-client.js',
    'queues-client.js',
    'playground.css',
    'templates',
  ].map((file) => `dist/http/pages/playground/${file}`),
  'dist/domain/newsletter/letter/templates',
  'dist/domain/newsletter/templates',
  'dist/http/pages/newsletter/templates',
  'dist/http/pages/sources/templates',
  'node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm',
  'node_modules/graphiql/package.json',
  'node_modules/graphiql/graphiql.min.css',
  'node_modules/graphiql/graphiql.min.js',
  'node_modules/graphql-ws/package.json',
  'node_modules/graphql-ws/umd/graphql-ws.min.js',
  'node_modules/react/package.json',
  'node_modules/react/umd/react.production.min.js',
  'node_modules/react-dom/package.json',
  'node_modules/react-dom/umd/react-dom.production.min.js',
];

process.chdir(root);
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
/** Of a package of development, or of an optional one that what would use it does without: nothing draws without resvg. */
const isNeedless = (file) => {
  if (file.startsWith('node_modules/@resvg/')) return false;
  const { dev, optional, devOptional } = packages[/^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0]] ?? {};
  return Boolean(dev || optional || devOptional);
};
const { fileList } = await nodeFileTrace([...PROGRAMS, ...THREADS, ...SCRIPTS], {
  ignore: (file) => file.startsWith('dist/dev/') || isNeedless(file),
});
for (const file of [...fileList, ...READ])
  cpSync(file, path.join(target, file), { recursive: true, verbatimSymlinks: true });
