// Brings examples/web up to date: installs its packages when its lock file has changed, builds when its sources have.
// Does nothing, and needs no network, when both are as they were.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const WEB = fileURLToPath(new URL('../examples/web', import.meta.url));
const INSTALLED = ['package.json', 'package-lock.json'];
const BUILT = [...INSTALLED, 'next.config.ts', 'tsconfig.json', 'persisted-documents.json', 'src'];

ensure('node_modules/.installed-from', INSTALLED, 'npm', [
  'ci',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
]);
ensure('.next/built-from', BUILT, process.execPath, ['node_modules/next/dist/bin/next', 'build']);

/** Runs the command unless it was run with these very files before, which `marker` remembers. */
function ensure(marker, sources, command, args) {
  const wanted = digestOf(sources);
  const file = path.join(WEB, marker);
  if (read(file) === wanted) return;
  // What is interrupted is done again.
  rmSync(file, { force: true });
  const env = { ...process.env, NODE_ENV: undefined, NEXT_TELEMETRY_DISABLED: '1' };
  const { status } = spawnSync(command, args, {
    cwd: WEB,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`examples/web: ${path.basename(command)} ${args.at(-1)} failed`);
  // The build itself may mend tsconfig.json.
  writeFileSync(file, digestOf(sources));
}

function digestOf(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesOf))
    hash.update(`${file}\0`).update(readFileSync(path.join(WEB, file)));
  return hash.digest('hex');
}

function filesOf(source) {
  if (source !== 'src') return [source];
  const entries = readdirSync(path.join(WEB, source), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => path.relative(WEB, path.join(parentPath, name))).sort();
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
