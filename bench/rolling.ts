import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { freePort } from '../src/dev/embedded-postgres/embedded-postgres';
import { articlesRequest } from './articles-request';
import { startBenchDatabase } from './database';
import { haproxyIsInstalled, startHaproxy } from './haproxy';
import type { Request } from './load';
import { buildGateway, startRealGateway, type RealGateway } from './real-gateway';
import { report, round } from './report';
import { median, quantile } from './rounds';
import { productionSettings } from './servers/our-context';

const RESTARTS = 8;
const PER_SECOND = 300;
const CONNECTIONS = 128;

/** Restarts two gateways behind a load balancer in turn, again and again, while readers keep coming. */
export async function benchRolling(): Promise<boolean> {
  if (!haproxyIsInstalled()) {
    console.log('\nRolling restarts: haproxy is missing (Debian: apt-get install haproxy)');
    return false;
  }
  buildGateway();
  const database = await startBenchDatabase();
  const started: { stop(): Promise<unknown> }[] = [];
  try {
    const settings = { ...productionSettings(database.settings), TRUSTED_PROXIES: '127.0.0.1' };
    const ports = [await freePort(), await freePort()];
    const gateways: RealGateway[] = [];
    for (const port of ports) gateways.push(await startRealGateway(port, settings));
    const balancer = await startHaproxy(database.folder, ports);
    started.push(balancer, { stop: () => Promise.all(gateways.map((gateway) => gateway.stop())) });

    const readers = startReaders(balancer.url, articlesRequest(database.token));
    await delay(1_000);
    let stoppedInOrder = 0;
    const startedAt = Date.now();
    for (let n = 0; n < RESTARTS; n++) {
      const turn = n % gateways.length;
      if ((await gateways[turn]!.stop()) === 0) stoppedInOrder++;
      gateways[turn] = await startRealGateway(ports[turn]!, settings);
      await delay(1_000); // the balancer has noticed
    }
    const seconds = (Date.now() - startedAt) / 1000;
    const { times, failures } = await readers.end();
    return report(
      `${RESTARTS} restarts of two gateways behind haproxy, ${PER_SECOND} requests a second`,
      [
        `${times.length} requests in ${round(seconds)} s: median ${round(median(times))} ms, p99 ${round(quantile(times, 0.99))} ms, slowest ${round(Math.max(...times))} ms`,
        ...failures.slice(0, 5).map((failure) => `failed: ${failure}`),
      ],
      [
        { name: 'requests that failed', value: failures.length, exactly: 0 },
        { name: 'gateways that stopped in order', value: stoppedInOrder, exactly: RESTARTS },
      ],
    );
  } finally {
    for (const one of started) await one.stop();
    await database.close();
  }
}

interface Readers {
  end(): Promise<{ times: number[]; failures: string[] }>;
}

/** Requests at even distances over keep-alive connections, whether or not the ones before are answered. */
function startReaders(url: string, { path, headers, body }: Request): Readers {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
  const times: number[] = [];
  const failures: string[] = [];
  const asked: Promise<void>[] = [];
  let over = false;
  const ask = async () => {
    const startedAt = performance.now();
    try {
      const response = await pool.request({ path, method: 'POST', headers, body });
      const text = await response.body.text();
      if (response.statusCode !== 200 || !text.startsWith('{"data":{"articles":{"edges":[{'))
        failures.push(`${response.statusCode} ${text.slice(0, 200)}`);
    } catch (error) {
      failures.push(String(error));
    }
    times.push(performance.now() - startedAt);
  };
  const sending = (async () => {
    const startedAt = performance.now();
    for (let n = 0; !over; n++) {
      const wait = startedAt + (n * 1000) / PER_SECOND - performance.now();
      if (wait > 0) await delay(wait);
      asked.push(ask());
    }
  })();
  return {
    async end() {
      over = true;
      await sending;
      await Promise.all(asked);
      await pool.destroy();
      return { times, failures };
    },
  };
}
