// `npm run check`: format, lint and import direction, types, whether the schema says what it must (`schema-faults.ts`),
// and whether what is generated and committed is current.
import { spawnSync } from 'node:child_process';
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

const steps = [
  ['prisma client', process.execPath, ['scripts/generate-prisma-client.mjs']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['lint and import direction', bin('eslint'), ['--max-warnings', '0', '.']],
  ['types', bin('tsc'), ['-p', 'tsconfig.json', '--noEmit']],
  ['schema and typed documents', 'npm', ['run', '-s', 'schema']],
];
const failed = [];
for (const [name, command, args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name}`);
  if (status !== 0) failed.push(name);
}
for (const [index, file] of COMMITTED.entries()) {
  if (readFileSync(file, 'utf8') === before[index]) continue;
  console.log(`FAILED  ${file} was stale; it is written anew: commit it`);
  failed.push(file);
}
process.exitCode = failed.length > 0 ? 1 : 0;
