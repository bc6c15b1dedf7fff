import { SingleBar } from 'cli-progress';
import { CONNECTIONS, Load, type Asked, type Request } from './load';
import type { ServerProcess } from './server-process';

export interface Contestant {
  server: ServerProcess;
  /** Requests per round. */
  requests: number;
}

/** What a request costs a server, and the database beside it, in microseconds of CPU. */
export interface Cost {
  server: number;
  database: number;
}

export interface Rounds {
  rounds: number;
  /** Requests in flight. */
  atOnce?: number;
  /** Microseconds of CPU of the database so far. */
  databaseCpu?: () => number;
}

const WARM_UP_ROUNDS = 5;

/**
 * Microseconds of CPU per request of every server in every round. Rounds are interleaved, so that what slows the
 * machine down slows all of them: only ratios within a round mean something.
 */
export async function cpuPerRequest(
  contestants: readonly Contestant[],
  request: Request,
  { expected, rounds }: { expected: string; rounds: number },
): Promise<Map<string, number[]>> {
  const asked = [{ request, expected }];
  const costs = await costPerRequest(
    contestants.map((contestant) => ({ ...contestant, asked })),
    { rounds },
  );
  return new Map([...costs].map(([name, own]) => [name, own.map(({ server }) => server)]));
}

/** The same where each server is asked in its own words, with what the database spent for it. */
export async function costPerRequest(
  contestants: readonly (Contestant & { asked: readonly Asked[] })[],
  { rounds, atOnce = CONNECTIONS, databaseCpu = () => 0 }: Rounds,
): Promise<Map<string, Cost[]>> {
  const loads = contestants.map(({ server }) => new Load(server.url));
  const results = new Map(contestants.map(({ server }) => [server.name, [] as Cost[]]));
  const bar = new SingleBar({
    format: '  {bar} {value}/{total} rounds',
    hideCursor: true,
    noTTYOutput: false,
  });
  if (process.stderr.isTTY) bar.start(rounds, 0);
  try {
    for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
      // Every other round goes backwards: nobody always follows the same one.
      const order = [...contestants.entries()];
      if (round % 2) order.reverse();
      for (const [index, { server, requests, asked }] of order) {
        const [before, databaseBefore] = [await server.usage(), databaseCpu()];
        const load = loads[index]!.runAll(asked, requests, atOnce);
        // While a busy machine opens the first connections some may time out; later nothing is forgiven.
        await (round < 0 ? load.catch(() => {}) : load);
        const [after, databaseAfter] = [await server.usage(), databaseCpu()];
        if (round >= 0)
          results.get(server.name)!.push({
            server: (after.cpu - before.cpu) / requests,
            database: (databaseAfter - databaseBefore) / requests,
          });
      }
      if (round >= 0 && process.stderr.isTTY) bar.increment();
    }
  } finally {
    bar.stop();
    await Promise.all(loads.map((load) => load.close()));
  }
  return results;
}

/** The median over the rounds of how often `one`'s cost contains `other`'s. */
export function medianRatio(results: Map<string, number[]>, one: string, other: string): number {
  const others = results.get(other)!;
  return median(results.get(one)!.map((cost, round) => cost / others[round]!));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that this part of all values does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}
