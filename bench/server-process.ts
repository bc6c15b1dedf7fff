import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { environmentWith } from '../src/config/environment';
import type { ServerSettings, Usage } from './servers/child';

export interface ServerProcess {
  name: string;
  url: string;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** The servers' core; the load and PostgreSQL get the others. */
export const SERVER_CORE = '0';

/** Starts `servers/<name>.ts` in its own process on its own core; what it prints goes to `logFile`. */
export async function startServer(
  name: string,
  settings: ServerSettings,
  logFile: string,
  nodeOptions: string[] = [],
): Promise<ServerProcess> {
  const log = openSync(logFile, 'a');
  const child = fork(path.join(__dirname, 'servers', `${name}${path.extname(__filename)}`), {
    env: environmentWith({ NODE_ENV: 'production' }),
    execArgv: [...process.execArgv, ...nodeOptions],
    stdio: ['ignore', log, 'inherit', 'ipc'],
  });
  closeSync(log);
  pin(child.pid!, SERVER_CORE);
  const { url } = await ask<{ url: string }>(name, child, settings);
  return {
    name,
    url,
    usage: () => ask<Usage>(name, child, 'usage'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function ask<T>(name: string, child: ChildProcess, message: object | string): Promise<T> {
  const ended = new AbortController();
  const exited = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`the server "${name}" exited with ${code}`);
  });
  try {
    const answered = once(child, 'message', { signal: ended.signal });
    child.send(message);
    const [answer] = (await Promise.race([answered, exited])) as [T];
    return answer;
  } finally {
    ended.abort();
    exited.catch(() => {});
  }
}

/** Keeps a process and all its threads on some cores; without taskset (macOS) the scheduler decides. */
export function pin(pid: number, cores: string): void {
  if (availableParallelism() > 1) spawnSync('taskset', ['-acp', cores, String(pid)]);
}

/** Every core but the servers'. */
export const OTHER_CORES = `1-${Math.max(1, availableParallelism() - 1)}`;
