import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../src/dev/embedded-postgres/embedded-postgres';
import { articlesRequest } from './articles-request';
import { startBenchDatabase } from './database';
import { haproxyIsInstalled, startHaproxy } from './haproxy';
import { buildProcesses, startRealProcess, type RealProcess } from './real-process';
import { report, round } from './report';
import { median, quantile } from './rounds';
import { productionSettings } from './servers/our-context';
import { startSteadyReaders } from './steady-readers';

const RESTARTS = 8;
const PER_SECOND = 300;

/** Restarts two gateways behind a load balancer in turn, again and again, while readers keep coming. */
export async function benchRolling(): Promise<boolean> {
  if (!haproxyIsInstalled()) {
    console.log('\nRolling restarts: haproxy is missing (Debian: apt-get install haproxy)');
    return false;
  }
  buildProcesses();
  const database = await startBenchDatabase();
  const started: { stop(): Promise<unknown> }[] = [];
  try {
    const settings = { ...productionSettings(database.settings), TRUSTED_PROXIES: '127.0.0.1' };
    const ports = [await freePort(), await freePort()];
    const gateways: RealProcess[] = [];
    for (const port of ports) gateways.push(await startRealProcess('server', port, settings));
    const balancer = await startHaproxy(database.folder, ports);
    started.push(balancer, { stop: () => Promise.all(gateways.map((gateway) => gateway.stop())) });

    const readers = startSteadyReaders(balancer.url, PER_SECOND, articlesRequest(database.token));
    await delay(1_000);
    let stoppedInOrder = 0;
    const startedAt = Date.now();
    for (let n = 0; n < RESTARTS; n++) {
      const turn = n % gateways.length;
      if ((await gateways[turn]!.stop()) === 0) stoppedInOrder++;
      gateways[turn] = await startRealProcess('server', ports[turn]!, settings);
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
