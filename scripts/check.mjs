// `npm run check`: format, lint and import direction, types, whether the schema says what it must (`schema-faults.ts`),
// and whether what is generated and committed is current.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import './need-development-packages.cjs';

const bin = (name) => `node_modules/.bin/${name}`;
const COMMITTED = [
  'schema.graphql',
  'test/generated/operations.ts',
  'examples/web/src/graphql/generated/graphql.ts',
  'examples/web/src/graphql/generated/fragment-masking.ts',
  'examples/web/src/graphql/generated/gql.ts',
  'examples/web/persisted-documents.json',
];
const before = COMMITTED.map((file) => readFileSync(file, 'utf8'));

/** What goes on at the same time; the last one writes what the others read. */
const stages = [
  [['prisma client', process.execPath, ['scripts/generate-prisma-client.mjs']]],
  [
    ['lint and import direction', bin('eslint'), ['--max-warnings', '0', '.']],
    ['types', bin('tsc'), ['-p', 'tsconfig.json', '--noEmit']],
    ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ],
  [['schema and typed documents', 'npm', ['run', '-s', 'schema']]],
];
const failed = [];
for (const stage of stages)
  await Promise.all(
    stage.map(async ([name, command, args]) => {
      const { code, output } = await run(command, args);
      console.log(`${output}${code === 0 ? 'ok    ' : 'FAILED'}  ${name}`);
      if (code !== 0) failed.push(name);
    }),
  );
for (const [index, file] of COMMITTED.entries()) {
  if (readFileSync(file, 'utf8') === before[index]) continue;
  console.log(`FAILED  ${file} was stale; it is written anew: commit it`);
  failed.push(file);
}
process.exitCode = failed.length > 0 ? 1 : 0;

function run(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
