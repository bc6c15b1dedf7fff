import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { environmentWith } from '../src/config/environment';

const ROOT = path.resolve(__dirname, '..');
const START_TIMEOUT_MS = 60_000;

export interface RealGateway {
  /** SIGTERM, then the exit code. */
  stop(): Promise<number | null>;
}

/** Compiles the gateway, so that its start costs no more than where it is deployed. */
export function buildGateway(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'inherit' });
}

/** The built gateway in a process of its own; resolves when it is ready. */
export async function startRealGateway(port: number, settings: Record<string, string>): Promise<RealGateway> {
  const child = spawn(process.execPath, ['dist/bin/server.js'], {
    cwd: ROOT,
    env: environmentWith({ ...settings, PORT: String(port) }),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    const [code] = await exited;
    return code;
  };
  const failed = exited.then(([code]) => {
    throw new Error(`the gateway exited with ${code}`);
  });
  failed.catch(() => {});
  try {
    await Promise.race([waitUntilServed(`http://127.0.0.1:${port}/health/ready`), failed]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

/** Waits for a 200. */
export async function waitUntilServed(url: string): Promise<void> {
  const giveUpAt = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => null,
    );
    if (status === 200) return;
    if (Date.now() > giveUpAt) throw new Error(`${url} is not served`);
    await delay(50);
  }
}
