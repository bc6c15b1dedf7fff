import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { environmentWith } from '../src/config/environment';

const ROOT = path.resolve(__dirname, '..');
const START_TIMEOUT_MS = 60_000;

export interface RealProcess {
  pid: number;
  /** The most memory it has had, in MB; NaN where /proc is missing. */
  peakMemory(): number;
  /** SIGTERM, then the exit code. */
  stop(): Promise<number | null>;
}

/** Compiles the processes, so that their start costs no more than where they are deployed. */
export function buildProcesses(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'inherit' });
}

/** The built gateway or worker in a process of its own; resolves when it is ready. `port` is where it tells its health. */
export async function startRealProcess(
  program: 'server' | 'worker',
  port: number,
  settings: Record<string, string>,
): Promise<RealProcess> {
  const child = spawn(process.execPath, [`dist/bin/${program}.js`], {
    cwd: ROOT,
    env: environmentWith({ ...settings, [program === 'server' ? 'PORT' : 'WORKER_PORT']: String(port) }),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    const [code] = await exited;
    return code;
  };
  const failed = exited.then(([code]) => {
    throw new Error(`the ${program} exited with ${code}`);
  });
  failed.catch(() => {});
  try {
    await Promise.race([waitUntilServed(`http://127.0.0.1:${port}/health/ready`), failed]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid!, peakMemory: () => peakMemory(child.pid!), stop };
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

function peakMemory(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
  } catch {
    return NaN;
  }
}
