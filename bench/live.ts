import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../src/adapters/database/database';
import { LiveListener } from '../src/adapters/live/live-listener';
import { LiveJobService } from '../src/domain/jobs/live-jobs.service';
import { createLogger } from '../src/logger';
import { redisServerPath, startRedis } from '../test/helpers/redis';
import { startBenchDatabase } from './database';
import { notifications, relay, type Channel } from './live-channels';
import { report, round, type Bar } from './report';
import { median, quantile } from './rounds';

const JOBS = 50;
const ONE_BY_ONE = 300;
const PER_SECOND = 500;
const SECONDS = 5;
const AWAY_MS = 10_000;
const MAX_WAIT_MS = 5_000;

/** How soon and how surely a gateway hears that a job has changed: by our channel, and by those that it was chosen from. */
export async function benchLive(): Promise<boolean> {
  const bench = await startBenchDatabase();
  const redis = redisServerPath() === null ? null : await startRedis();
  const { databaseUrl: url } = bench.settings;
  const logger = createLogger({ level: 'error', pretty: false });
  const database = openDatabase({ url, connections: 20, logger });
  const { pool, prisma } = database;
  const made = await prisma.generationJob.createManyAndReturn({
    data: Array.from({ length: JOBS }, () => ({ kind: 'COLLECTION' as const, input: {} })),
  });
  const ids = made.map(({ id }) => id);
  const channels = [notifications(pool, url), relay(pool, url), ...(redis ? [relay(pool, redis.url)] : [])];
  const bars: Bar[] = [];
  const notes: string[] = [];
  try {
    for (const channel of channels) {
      const { latencies, heard, lateHeard } = await measure(channel, ids);
      notes.push(
        `${channel.name}: p50 ${round(median(latencies))} ms, p99 ${round(quantile(latencies, 0.99))} ms; heard ${heard} of ${PER_SECOND * SECONDS} changes at ${PER_SECOND} a second; of ${JOBS} jobs that changed while it was away for ${AWAY_MS / 1000} s, heard ${lateHeard} afterwards`,
      );
      if (channel === channels[0])
        bars.push(
          { name: 'ours: p99 of one by one', value: quantile(latencies, 0.99), atMost: 200, unit: ' ms' },
          { name: `ours: changes at ${PER_SECOND} a second that were not heard`, value: PER_SECOND * SECONDS - heard, exactly: 0 },
        ); // prettier-ignore
    }
    const listener = new LiveListener({ url, logger });
    const jobs = new LiveJobService({ prisma, pool, listener });
    await pool.query('UPDATE "GenerationJob" SET progress = 100');
    const states = await Promise.all(ids.map(async (id) => (await (await jobs.updatesOf(id)).next()).value));
    await listener.close();
    const missing = states.filter((state) => state?.progress !== 100).length;
    bars.push({
      name: 'ours: last states that a gateway lacks after its restart',
      value: missing,
      exactly: 0,
    });
    return report('Live updates: from a committed change to a gateway', notes, bars);
  } finally {
    for (const channel of channels) await channel.close();
    await database.close();
    await redis?.close();
    await bench.close();
  }
}

async function measure(channel: Channel, ids: readonly string[]) {
  let onChange = (_id: string) => {};
  let end = await channel.hear((id) => onChange(id));
  const latencies: number[] = [];
  for (let n = 0; n < ONE_BY_ONE; n += 1) {
    const id = ids[n % ids.length]!;
    const told = new Promise<void>((resolve) => (onChange = (heard) => heard === id && resolve()));
    const startedAt = performance.now();
    await channel.change(id, n % 90);
    await told;
    latencies.push(performance.now() - startedAt);
  }
  let heard = 0;
  onChange = () => (heard += 1);
  const changes: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let n = 0; n < PER_SECOND * SECONDS; n += 1) {
    const aheadMs = (n / PER_SECOND) * 1000 - (performance.now() - startedAt);
    if (aheadMs > 1) await delay(aheadMs);
    changes.push(channel.change(ids[n % ids.length]!, 1 + (n % 97)));
  }
  await Promise.all(changes);
  await until(() => heard >= changes.length);
  await end();
  const late = new Set<string>();
  onChange = (id) => late.add(id);
  for (const id of ids) await channel.change(id, 99);
  await delay(AWAY_MS);
  end = await channel.hear((id) => onChange(id));
  await until(() => late.size === ids.length);
  await end();
  return { latencies, heard, lateHeard: late.size };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; waited < MAX_WAIT_MS && !isSo(); waited += 10) await delay(10);
}
