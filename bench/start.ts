import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { environmentWith } from '../src/config/environment';
import { startBenchDatabase } from './database';
import { report, round } from './report';
import { median } from './rounds';
import { OTHER_CORES, pin } from './server-process';
import { productionSettings } from './servers/our-context';

const ROUNDS = 7;
const PORT = 45_871;
const SERVER = path.resolve(__dirname, '../dist/bin/server.js');
const LOOK_MS = 20;
/** Of the kernel's clock, in which it counts CPU (`getconf CLK_TCK`). */
const TICKS_A_SECOND = 100;

/** What the gateway that was built costs from its start until it says that it is ready, as in production. */
export async function benchStart(): Promise<boolean> {
  const database = await startBenchDatabase();
  pin(database.pid, OTHER_CORES);
  const env = environmentWith({ ...productionSettings(database.settings), PORT: String(PORT) });
  try {
    const rounds: number[] = [];
    for (let n = 0; n <= ROUNDS; n += 1) {
      const seconds = await cpuUntilReady(env);
      if (n > 0) rounds.push(seconds); // the first reads files that the others find in memory
    }
    return report(
      `The start of a gateway (Node ${process.version}, dist/bin/server.js)`,
      [`rounds: ${rounds.map(round).join(', ')} s`],
      [{ name: 'CPU until it is ready', value: median(rounds), atMost: 1, unit: ' s' }],
    );
  } finally {
    await database.close();
  }
}

/** Seconds. Throws when the gateway ends before it is ready. */
async function cpuUntilReady(env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, ['--max-old-space-size=256', SERVER], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  try {
    while (!(await isReady())) {
      if (child.exitCode !== null) throw new Error(`the gateway ended with ${child.exitCode}`);
      await delay(LOOK_MS);
    }
    return cpuOf(child.pid!);
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

async function isReady(): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${PORT}/health/ready`).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}

/** Seconds of a process and its threads so far, as Linux counts them. */
function cpuOf(pid: number): number {
  // The name before it, in brackets, may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}
