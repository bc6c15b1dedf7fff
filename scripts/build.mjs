// `npm run build`: dist/ from src/, with the files that are read at run time; compiled anew when anything of it changed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import './generate-prisma-client.mjs';

const root = path.resolve(import.meta.dirname, '..');
// Written last: what was interrupted is not current. As many files as sources: none was removed.
const stamp = path.join(root, 'dist/.stamp');
const sources = filesBelow('src');
const hash = createHash('sha256');
const others = ['.swcrc', 'scripts/build.mjs', 'node_modules/@swc/core/package.json'];
for (const file of [...others, ...sources]) hash.update(file).update(readFileSync(path.join(root, file)));
const current = hash.digest('hex');
const isBuilt = () =>
  existsSync(stamp) && readFileSync(stamp, 'utf8') === `${current} ${filesBelow('dist').length}`;

if (!isBuilt()) {
  // A .mjs is copied as it is: compiled it would be no module any more.
  const options = [
    '--strip-leading-paths',
    '--copy-files',
    '--delete-dir-on-start',
    '--quiet',
    '--extensions',
    '.ts,.js',
  ];
  const swc = path.join(root, 'node_modules/@swc/cli/bin/swc.js');
  execFileSync(process.execPath, [swc, 'src', '-d', 'dist', ...options], { cwd: root, stdio: 'inherit' });
  writeFileSync(stamp, `${current} ${filesBelow('dist').length}`);
}

function filesBelow(folder) {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.stamp')
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}
