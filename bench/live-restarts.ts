import { setTimeout as delay } from 'node:timers/promises';
import { haproxyIsInstalled, startHaproxy, type Balancer } from './haproxy';
import { countLacking, startNewsroom, waitFor, WATCH_JOBS, type JobRow } from './live-newsroom';
import { linesOf, openLiveSocket, type LiveSocket } from './live-socket';
import { report, round } from './report';

const SOCKETS = 200;
const RESTARTS = 4;
const JOBS_PER_SECOND = 1;

/** Replaces two gateways behind a load balancer in turn, while pages watch over their sockets what a worker does. */
export async function benchLiveRestarts(): Promise<boolean> {
  if (!haproxyIsInstalled()) {
    console.log('\nSockets through restarts: haproxy is missing (Debian: apt-get install haproxy)');
    return false;
  }
  const newsroom = await startNewsroom();
  const sockets: LiveSocket[] = [];
  let balancer: Balancer | undefined;
  try {
    balancer = await startHaproxy(newsroom.folder, newsroom.ports);
    const faults: unknown[] = [];
    const seen = Array.from({ length: SOCKETS }, () => new Map<string, string>());
    let events = 0;
    const opened = seen.map((statuses) => {
      const socket = openLiveSocket(balancer!.url, newsroom.token, (fault) => faults.push(fault));
      sockets.push(socket);
      return socket.watch<JobRow>(WATCH_JOBS, {}, ({ id, status }) => {
        events += 1;
        statuses.set(id, status);
      });
    });
    const end = newsroom.askSteadily(JOBS_PER_SECOND);
    await Promise.all(opened);
    const startedAt = Date.now();
    let stoppedInOrder = 0;
    for (let n = 0; n < RESTARTS; n += 1) {
      await delay(3_000);
      if (await newsroom.restart(n % newsroom.gateways.length)) stoppedInOrder += 1;
    }
    const seconds = (Date.now() - startedAt) / 1000;
    const ends = await end();
    const endedAt = Date.now();
    const lackingAtFirst = countLacking(seen, ends);
    await waitFor(() => countLacking(seen, ends) === 0);
    const openings = sockets.map((socket) => socket.openings());
    return report(
      `${SOCKETS} sockets through ${RESTARTS} restarts of two gateways behind haproxy`,
      [
        `${ends.size} jobs in ${round(seconds)} s, ${events} events; a socket was opened ${round(openings.reduce((sum, each) => sum + each) / SOCKETS)} times, at most ${Math.max(...openings)}`,
        `when the last job had ended ${lackingAtFirst} final states were not told yet; all ${round((Date.now() - endedAt) / 1000)} s later`,
        ...linesOf(faults),
      ],
      [
        { name: 'final states that clients lack', value: countLacking(seen, ends), exactly: 0 },
        { name: 'gateways that stopped in order', value: stoppedInOrder, exactly: RESTARTS },
        { name: 'subscriptions refused', value: faults.length, exactly: 0 },
      ],
    );
  } finally {
    for (const socket of sockets) await socket.close();
    await balancer?.stop();
    await newsroom.close();
  }
}
