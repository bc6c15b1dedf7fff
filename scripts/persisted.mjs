// `npm run persisted`: the typed documents of the tests and of the web client, and the list of those that the client sends.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import './need-development-packages.cjs';

const GENERATED = ['graphql', 'desk'].map(
  (folder) => `examples/web/src/${folder}/generated/persisted-documents.json`,
);
const LIST = 'examples/web/persisted-documents.json';

execFileSync('node_modules/.bin/graphql-codegen', ['--config', 'codegen.yml'], { stdio: 'inherit' });
const documents = GENERATED.flatMap((file) => Object.entries(JSON.parse(readFileSync(file, 'utf8'))));
const entries = documents.map(([hash, text]) => [hash.replace('sha256:', ''), text]);
// In an order that a new document does not change.
entries.sort(([one], [other]) => (one < other ? -1 : 1));
writeFileSync(LIST, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
for (const file of GENERATED) rmSync(file);
