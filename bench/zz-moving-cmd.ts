import { readFileSync } from 'node:fs';
import { commandsOf } from '../test/docs/guides/commands';
const t = readFileSync('test/docs/commands.test.ts', 'utf8');
for (const { name, guide } of commandsOf(['README.md', 'docs/operations.md', 'docs/clients.md'])) if (!t.includes(name) && !t.includes(name.replaceAll("'", "\\'"))) console.log('MISSING', guide, name);
console.log('done');
