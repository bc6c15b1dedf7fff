import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

/** Worker processes of which each has a name of its own, that it tells publishers' servers as its User-Agent. */
export interface WorkerCrew {
  /** Starts that there were, the first ones included. */
  starts(): number;
  /** Those that run. */
  names(): string[];
  /** Ends a worker with SIGKILL after `afterMs` and starts another; false when it is to end, or has ended, already. */
  kill(name: string, afterMs: number): boolean;
  /** Ends all. Throws when a worker had ended by itself. */
  stop(): Promise<void>;
}

const WORKER = path.resolve(__dirname, '../dist/bin/worker.js');
const LAST_WORDS = 2_000;

/** Starts `size` built workers with these settings, and nothing of our own environment, in `folder`. */
export function startWorkerCrew(size: number, settings: Record<string, string>, folder: string): WorkerCrew {
  const working = new Map<string, ChildProcess>();
  const ends: Promise<void>[] = [];
  const faults: string[] = [];
  let starts = 0;
  let isStopping = false;

  const start = () => {
    const name = `JobsBench/${++starts}`;
    const worker = spawn(process.execPath, [WORKER], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...settings, CRAWLER_USER_AGENT: name, WORKER_PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [worker.stdout, worker.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-LAST_WORDS)));
    working.set(name, worker);
    const ended = async () => {
      const how = await new Promise((resolve) =>
        worker.on('close', (code, signal) => resolve(code ?? signal)),
      );
      if (working.delete(name)) faults.push(`${name} ended with ${String(how)}: ${output}`);
    };
    ends.push(ended());
  };
  const end = (name: string): ChildProcess | undefined => {
    const worker = working.get(name);
    working.delete(name);
    return worker;
  };

  for (let n = 0; n < size; n += 1) start();
  return {
    starts: () => starts,
    names: () => [...working.keys()],
    kill(name, afterMs) {
      const worker = end(name);
      if (!worker) return false;
      setTimeout(() => {
        worker.kill('SIGKILL');
        if (!isStopping) start();
      }, afterMs);
      return true;
    },
    async stop() {
      isStopping = true;
      for (const name of [...working.keys()]) end(name)!.kill('SIGKILL');
      await Promise.all(ends);
      if (faults.length > 0) throw new Error(faults.join('\n'));
    },
  };
}
