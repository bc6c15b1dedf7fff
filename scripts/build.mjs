// `npm run build`: dist/ from src/, compiled anew, with the files that are read at run time.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import './generate-prisma-client.mjs';

const root = path.resolve(import.meta.dirname, '..');
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
