import { setTimeout as delay } from 'node:timers/promises';
import {
  countLacking,
  startNewsroom,
  waitFor,
  WATCH_JOBS,
  type JobRow,
  type Newsroom,
} from './live-newsroom';
import { linesOf, openLiveSocket, type LiveSocket } from './live-socket';
import { report, round } from './report';
import { median, quantile } from './rounds';

const CLIENTS_OF_GATEWAY = 20;
const JOBS_PER_SECOND = 2;
const MEASURED_MS = 45_000;
const AWAY_MS = 10_000;

/** From a worker's change of a job to clients of two gateways; then one gateway is replaced, and the other one frozen. */
export async function benchLiveClients(): Promise<boolean> {
  const newsroom = await startNewsroom();
  const sockets: LiveSocket[] = [];
  try {
    const faults: unknown[] = [];
    const seen: Map<string, string>[] = [];
    const delays: number[] = [];
    let isMeasured = false;
    for (const port of newsroom.ports)
      for (let n = 0; n < CLIENTS_OF_GATEWAY; n += 1) {
        const socket = openLiveSocket(`http://127.0.0.1:${port}`, newsroom.token, (fault) =>
          faults.push(fault),
        );
        const statuses = new Map<string, string>();
        const told = new Map<string, number>();
        sockets.push(socket);
        seen.push(statuses);
        void socket.watch<JobRow>(WATCH_JOBS, {}, (job) => {
          const changedAt = lastChangeOf(job);
          if (isMeasured && changedAt > (told.get(job.id) ?? 0)) delays.push(Date.now() - changedAt);
          told.set(job.id, changedAt);
          statuses.set(job.id, job.status);
        });
      }
    const missing = async (ends: Map<string, string>) => {
      await waitFor(() => countLacking(seen, ends) === 0);
      return countLacking(seen, ends);
    };

    await delay(1_000);
    await missing(await ask(newsroom, 5_000));
    isMeasured = true;
    const calm = await ask(newsroom, MEASURED_MS);
    const lostCalm = await missing(calm);
    isMeasured = false;

    const end = newsroom.askSteadily(JOBS_PER_SECOND);
    await newsroom.restart(0);
    process.kill(newsroom.gateways[1]!.pid, 'SIGSTOP');
    await delay(AWAY_MS);
    process.kill(newsroom.gateways[1]!.pid, 'SIGCONT');
    const rough = await end();
    const lostRough = await missing(rough);
    return report(
      `Live updates at ${sockets.length} clients of two gateways, one worker at work`,
      [
        `${calm.size} jobs, ${delays.length} events: p50 ${round(median(delays))} ms, slowest ${Math.max(...delays)} ms`,
        `${rough.size} jobs more while a gateway was replaced and the other one frozen for ${AWAY_MS / 1000} s`,
        ...linesOf(faults),
      ],
      [
        { name: 'from the change of the row to the client: p99', value: quantile(delays, 0.99), atMost: 200, unit: ' ms' },
        { name: 'final states that clients lack', value: lostCalm, exactly: 0 },
        { name: 'and after that', value: lostRough, exactly: 0 },
        { name: 'subscriptions refused', value: faults.length, exactly: 0 },
      ],
    ); // prettier-ignore
  } finally {
    for (const socket of sockets) await socket.close();
    await newsroom.close();
  }
}

async function ask({ askSteadily }: Newsroom, ms: number) {
  const end = askSteadily(JOBS_PER_SECOND);
  await delay(ms);
  return end();
}

/** By the database's clock, when its transaction began. */
function lastChangeOf({ finishedAt, steps, startedAt }: JobRow): number {
  return Date.parse(finishedAt ?? steps.at(-1)?.at ?? startedAt ?? '') || 0;
}
