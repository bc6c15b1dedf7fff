// Generates the Prisma client when prisma/schema.prisma or Prisma changed since the last time: the CLI takes seconds.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import './need-development-packages.cjs';

const root = path.resolve(import.meta.dirname, '..');
const stamp = path.join(root, 'src/generated/prisma/.stamp');
const inputs = ['prisma/schema.prisma', 'node_modules/prisma/package.json', 'prisma.config.ts'];
const hash = createHash('sha256');
for (const input of inputs) hash.update(readFileSync(path.join(root, input)));
const current = hash.digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== current) {
  execFileSync(process.execPath, [path.join(root, 'node_modules/prisma/build/index.js'), 'generate'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  writeFileSync(stamp, current);
}
