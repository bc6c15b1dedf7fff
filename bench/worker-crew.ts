import { setTimeout as delay } from 'node:timers/promises';
import { startChild, type ChildProcess } from '../test/helpers/child-process';

/** Jobs that a worker has done before it may be killed: on a busy machine nobody would ever get to work. */
const AT_WORK = 5;

/** Worker processes that are replaced whenever they die. */
export interface WorkerCrew {
  kills(): number;
  /** From now on kills the worker that is longest at work with SIGKILL. */
  killEvery(ms: number): void;
  /** Ends all; a second call does nothing. Throws when a worker had ended by itself. */
  stop(): Promise<void>;
}

/** Starts `size` workers with these settings. */
export function startWorkerCrew(size: number, settings: Record<string, string>): WorkerCrew {
  const workers = Array.from({ length: size }, () => startChild('worker', settings));
  const killing = new AbortController();
  const faults: string[] = [];
  let kills = 0;
  let killer: Promise<void> = Promise.resolve();

  const killOne = async () => {
    const index = workers.findIndex((worker) => jobsDone(worker) >= AT_WORK);
    const [worker] = index < 0 ? [] : workers.splice(index, 1);
    if (!worker) return;
    if (worker.ended() !== null) faults.push(lastWords(worker));
    await worker.stop('SIGKILL');
    kills += 1;
    workers.push(startChild('worker', settings));
  };
  return {
    kills: () => kills,
    killEvery(ms) {
      killer = (async () => {
        for (let next = Date.now() + ms; !killing.signal.aborted; next += ms) {
          await delay(next - Date.now(), undefined, { signal: killing.signal }).catch(() => {});
          if (!killing.signal.aborted) await killOne();
        }
      })();
    },
    async stop() {
      killing.abort();
      await killer;
      for (const worker of workers.splice(0)) {
        if (worker.ended() !== null) faults.push(lastWords(worker));
        await worker.stop('SIGKILL');
      }
      const told = faults.splice(0);
      if (told.length > 0) throw new Error(`a worker ended by itself:\n${told.join('\n')}`);
    },
  };
}

function jobsDone(worker: ChildProcess): number {
  return worker.output().split('job succeeded').length - 1;
}

function lastWords(worker: ChildProcess): string {
  return `${worker.ended()}: ${worker.output().slice(-2_000)}`;
}
