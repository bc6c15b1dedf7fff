import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Pool } from 'undici';
import type { Request } from './load';
import { steadily } from './steadily';

export interface Answers {
  /** Milliseconds of each, failed or not. */
  times: number[];
  failures: string[];
}

export interface SteadyReaders {
  /** What came since the last time. */
  take(): Promise<Answers>;
  /** Stops and waits for what is under way; the rest, each time it is asked. */
  end(): Promise<Answers>;
}

interface Task {
  url: string;
  perSecond: number;
  request: Request;
}

const CONNECTIONS = 128;
/** Also where the caller is run by something that compiles in its own way, as jest does. */
const TYPESCRIPT = ['--require', path.resolve(__dirname, '../scripts/register-swc.cjs')];

/**
 * Requests for a list of articles at even distances, whether or not the ones before are answered. They come from a process of
 * their own: their times are not those of what else the caller does.
 */
export function startSteadyReaders(url: string, perSecond: number, request: Request): SteadyReaders {
  const child = fork(__filename, { execArgv: TYPESCRIPT });
  child.send({ url, perSecond, request } satisfies Task);
  const ask = async (what: 'take' | 'end') => {
    child.send(what);
    return ((await once(child, 'message')) as [Answers])[0];
  };
  const finish = async () => {
    const exited = once(child, 'exit');
    const rest = await ask('end');
    child.disconnect();
    await exited;
    return rest;
  };
  let ended: Promise<Answers> | undefined;
  return { take: () => ask('take'), end: () => (ended ??= finish()) };
}

function read({ url, perSecond, request: { path: target, headers, body } }: Task): void {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
  let answers: Answers = { times: [], failures: [] };
  const ask = async () => {
    const startedAt = performance.now();
    try {
      const response = await pool.request({ path: target, method: 'POST', headers, body });
      const text = await response.body.text();
      if (response.statusCode !== 200 || !text.startsWith('{"data":{"articles":{"edges":[{'))
        answers.failures.push(`${response.statusCode} ${text.slice(0, 200)}`);
    } catch (error) {
      answers.failures.push(String(error));
    }
    answers.times.push(performance.now() - startedAt);
  };
  const stop = steadily(perSecond, ask);
  process.once('disconnect', () => process.exit());
  process.on('message', async (what) => {
    if (what === 'end') {
      await stop();
      await pool.destroy();
    }
    process.send!(answers);
    answers = { times: [], failures: [] };
  });
}

if (process.send && require.main === module) process.once('message', (task) => read(task as Task));
