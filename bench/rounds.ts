import { SingleBar } from 'cli-progress';
import { Load, type Request } from './load';
import type { ServerProcess } from './server-process';

export interface Contestant {
  server: ServerProcess;
  /** Requests per round. */
  requests: number;
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
  const loads = contestants.map(({ server }) => new Load(server.url));
  const results = new Map(contestants.map(({ server }) => [server.name, [] as number[]]));
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
      for (const [index, { server, requests }] of order) {
        const before = await server.usage();
        const load = loads[index]!.run(request, requests, expected);
        // While a busy machine opens the first connections some may time out; later nothing is forgiven.
        await (round < 0 ? load.catch(() => {}) : load);
        const after = await server.usage();
        if (round >= 0) results.get(server.name)!.push((after.cpu - before.cpu) / requests);
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
