// Does a step only when what it is made of has changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const INSTALLED = ['package.json', 'package-lock.json'];
export const INSTALL = ['npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']];

/**
 * Runs the command in the folder unless it was run with these very files and folders before, which the file `marker`
 * remembers. Throws when the command fails.
 */
export function ensure(folder, marker, sources, [command, args]) {
  const wanted = digestOf(folder, sources);
  const file = path.join(folder, marker);
  if (read(file) === wanted) return;
  // What is interrupted is done again.
  rmSync(file, { force: true });
  const env = { ...process.env, NODE_ENV: undefined, NEXT_TELEMETRY_DISABLED: '1' };
  const { status } = spawnSync(command, args, {
    cwd: folder,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${folder}: ${path.basename(command)} ${args.at(-1)} failed`);
  // The command itself may mend its sources.
  writeFileSync(file, digestOf(folder, sources));
}

function digestOf(folder, sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesOf(folder, source)))
    hash.update(`${file}\0`).update(readFileSync(path.join(folder, file)));
  return hash.digest('hex');
}

function filesOf(folder, source) {
  if (!statSync(path.join(folder, source)).isDirectory()) return [source];
  const entries = readdirSync(path.join(folder, source), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name))).sort();
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
