import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DEVELOPMENT_KEYS_FILE, DEVELOPMENT_PID_FILE } from '../config/development';

/** How long another `npm start` that is stopping may take: its drain, and the shutdown of PostgreSQL. */
const LEAVING_MS = 6_000;

/**
 * Makes the data folder ours until the returned function is called, and makes sure that the port is free, before
 * anything is started. Throws with a sentence that says what to do.
 */
export async function claimDataDir({
  dataDir,
  port,
}: {
  dataDir: string;
  port: number;
}): Promise<() => void> {
  const pidFile = path.join(dataDir, DEVELOPMENT_PID_FILE);
  const owner = await ownerAfterWaiting(pidFile);
  if (owner !== null)
    throw new Error(
      `경단 is already running on ${dataDir} (pid ${owner}). Stop it, or set DATA_DIR and PORT.`,
    );
  if (!(await isFree(port)))
    throw new Error(`Port ${port} is taken by another program. Set PORT to a free one.`);
  // Not narrower: PostgreSQL's unprivileged user must be able to pass through.
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  writeFileSync(pidFile, String(process.pid));
  return () => {
    rmSync(pidFile, { force: true });
    // A start that failed early leaves no trace.
    if (readdirSync(dataDir).length === 0) rmdirSync(dataDir);
  };
}

/** A private key for this folder's tokens, made once: signing in survives a restart. */
export function developmentSigningKeys(dataDir: string): string {
  const file = path.join(dataDir, DEVELOPMENT_KEYS_FILE);
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  }
  return file;
}

/** The process that has the folder and keeps it; null when there is none any more. */
async function ownerAfterWaiting(pidFile: string): Promise<number | null> {
  for (const deadline = Date.now() + LEAVING_MS; ; await delay(100)) {
    const owner = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
    if (owner === process.pid || !isOurs(owner)) return null;
    if (Date.now() > deadline) return owner;
  }
}

/** Whether a process with this number runs and is a `npm start`; numbers are used again after a crash. */
function isOurs(pid: number): boolean {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return (
    !existsSync(commandLine) ||
    /dist\/bin\/dev\.js|scripts\/start\.mjs/.test(readFileSync(commandLine, 'utf8'))
  );
}

export async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
