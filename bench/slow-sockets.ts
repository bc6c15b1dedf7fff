import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { articlesRequest } from './articles-request';
import { startBenchDatabase } from './database';
import { report, round } from './report';
import { median, quantile } from './rounds';
import { OTHER_CORES, pin, startServer } from './server-process';

const SOCKETS = 1_000;
const HONEST_PER_SECOND = 100;
const GIVE_UP_MS = 20_000;

/** How a slow client begins, and what it sends now and then, so that it is never quite silent. */
const KINDS: [begin: string, drip: string][] = [
  ['', ''],
  ['POST /graphql HTTP/1.1\r\nhost: x\r\nx-slow: ', 'x'],
  ['POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{', ' '],
  ['POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\n \r\n'],
  ['GET /health/live HTTP/1.1\r\nhost: x\r\nx-slow: ', 'x'],
]; // prettier-ignore

/** 1,000 sockets that send next to nothing: when each is cut, and whether anybody else notices. */
export async function benchSlowSockets(): Promise<boolean> {
  const database = await startBenchDatabase();
  const server = await startServer('gateway', database.settings, path.join(database.folder, 'servers.log'));
  const pool = new Pool(server.url, { connections: 16, pipelining: 1 });
  try {
    pin(database.pid, OTHER_CORES);
    pin(process.pid, OTHER_CORES);
    const { path, headers, body } = articlesRequest(database.token);
    const times: number[] = [];
    let failed = 0;
    const ask = async () => {
      const startedAt = performance.now();
      try {
        const response = await pool.request({ path, method: 'POST', headers, body });
        await response.body.text();
        if (response.statusCode !== 200) failed++;
      } catch {
        failed++;
      }
      times.push(performance.now() - startedAt);
    };
    for (let n = 0; n < 200; n++) await ask();
    times.length = 0;

    let over = false;
    const cut = Promise.all(
      Array.from({ length: SOCKETS }, (_, n) => untilCut(server.url, KINDS[n % KINDS.length]!)),
    );
    void cut.then(() => (over = true));
    const asked: Promise<void>[] = [];
    while (!over) {
      asked.push(ask());
      await delay(1000 / HONEST_PER_SECOND);
    }
    await Promise.all(asked);
    const cutAfter = await cut;
    return report(
      `${SOCKETS} slow sockets of ${KINDS.length} kinds, among ${HONEST_PER_SECOND} honest requests a second`,
      [
        `cut after: first ${round(Math.min(...cutAfter))} s, median ${round(median(cutAfter))} s`,
        `honest requests: ${times.length}, median ${round(median(times))} ms, p99 ${round(quantile(times, 0.99))} ms`,
      ],
      [
        { name: 'the last one cut after', value: Math.max(...cutAfter), atMost: 10, unit: ' s' },
        { name: 'honest requests that failed', value: failed, exactly: 0 },
      ],
    );
  } finally {
    await pool.destroy();
    await server.stop();
    await database.close();
  }
}

/** Seconds from the connection until the server closes it. */
async function untilCut(url: string, [begin, drip]: [string, string]): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => {});
  await once(socket, 'connect');
  const startedAt = performance.now();
  socket.write(begin);
  const dripping = setInterval(() => socket.write(drip), 500);
  const giveUp = setTimeout(() => socket.destroy(), GIVE_UP_MS);
  socket.resume();
  if (!socket.destroyed) await once(socket, 'close');
  clearInterval(dripping);
  clearTimeout(giveUp);
  return (performance.now() - startedAt) / 1000;
}
