import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { openDatabase } from '../src/adapters/database/database';
import { LiveListener } from '../src/adapters/live/live-listener';
import { LiveJobService } from '../src/domain/jobs/live-jobs.service';
import { createLogger } from '../src/logger';
import { redisServerPath, startRedis } from '../test/helpers/redis';
import { startBenchDatabase } from './database';
import { CHANNELS, type ChannelName } from './live-channels';
import { benchLiveClients } from './live-clients';
import { report, round, type Bar } from './report';
import { median, quantile } from './rounds';
import { steadily } from './steadily';

const JOBS = 50;
const CONNECTIONS = 20;
const ONE_BY_ONE = 300;
const PER_SECOND = 500;
const SECONDS = 5;
const AWAY_MS = 10_000;
const MAX_WAIT_MS = 5_000;

/** How soon and how surely a gateway, then a client, hears that a job has changed. */
export async function benchLive(): Promise<boolean> {
  const isReached = await benchChannels();
  return (await benchLiveClients()) && isReached;
}

/** From a committed change to a gateway: by our channel, and by those that it was chosen from. */
async function benchChannels(): Promise<boolean> {
  const bench = await startBenchDatabase();
  const redis = redisServerPath() === null ? null : await startRedis();
  const { databaseUrl } = bench.settings;
  const logger = createLogger({ level: 'error', pretty: false });
  const { pool, prisma, close } = openDatabase({ url: databaseUrl, connections: CONNECTIONS, logger });
  try {
    // Opened now: the first trial is to pay for none.
    await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.query('SELECT pg_sleep(0.5)')));
    const made = await prisma.generationJob.createManyAndReturn({
      data: Array.from({ length: JOBS }, () => ({ kind: 'COLLECTION' as const, input: {} })),
    });
    const ids = made.map(({ id }) => id);
    const notes: string[] = [];
    const ours = await measure({ channel: 'pg_notify', url: databaseUrl, pool, ids });
    notes.push(lineOf('pg_notify', ours));
    for (const url of [databaseUrl, ...(redis ? [redis.url] : [])]) {
      const place = url === databaseUrl ? 'PostgreSQL' : 'Redis';
      notes.push(lineOf(`Relay on ${place}`, await measure({ channel: 'Relay', url, pool, ids })));
    }
    const listener = new LiveListener({ url: databaseUrl, logger });
    const jobs = new LiveJobService({ prisma, pool, listener });
    await pool.query('UPDATE "GenerationJob" SET progress = 100');
    const states = await Promise.all(ids.map(async (id) => (await (await jobs.updatesOf(id)).next()).value));
    await listener.close();
    const missing = states.filter((state) => state?.progress !== 100).length;
    const bars: Bar[] = [
      { name: 'ours: p99 of one by one', value: quantile(ours.oneByOne, 0.99), atMost: 200, unit: ' ms' },
      { name: `ours: p99 at ${PER_SECOND} a second`, value: quantile(ours.many, 0.99), atMost: 200, unit: ' ms' },
      { name: 'ours: of these not heard', value: ours.changes - ours.many.length, exactly: 0 },
      { name: 'ours: not heard after the gateway was frozen', value: JOBS - ours.heardThawed, exactly: 0 },
      { name: 'ours: last states that a gateway lacks after its restart', value: missing, exactly: 0 },
    ]; // prettier-ignore
    return report('Live updates: from a committed change to a gateway', notes, bars);
  } finally {
    await close();
    await redis?.close();
    await bench.close();
  }
}

interface Trial {
  channel: ChannelName;
  /** Of what carries it. */
  url: string;
  pool: Pool;
  ids: readonly string[];
}

interface Outcome {
  /** Milliseconds from before the change to the gateway. */
  oneByOne: number[];
  many: number[];
  /** Of which those of `many` were heard. */
  changes: number;
  /** Of a process that tells and a gateway together, beside those of the pool. */
  connections: number;
  /** Jobs that were heard of, of all that changed while the gateway was frozen, or was not there. */
  heardThawed: number;
  heardRestarted: number;
}

async function measure({ channel, url, pool, ids }: Trial): Promise<Outcome> {
  const teller = CHANNELS[channel].teller(url);
  let onChange = (_id: string) => {};
  const hear = () => startHearer(channel, url, (id) => onChange(id));
  const change = async (id: string) => {
    const text = 'UPDATE "GenerationJob" SET progress = (progress + 1) % 100 WHERE id = $1';
    await pool.query({ name: 'bench-change', text, values: [id] });
    await teller.tell(id);
  };
  let hearer = await hear();
  try {
    const oneByOne: number[] = [];
    for (let n = 0; n < ONE_BY_ONE; n += 1) {
      const id = ids[n % ids.length]!;
      const told = new Promise<void>((resolve) => (onChange = (heard) => heard === id && resolve()));
      const startedAt = performance.now();
      await change(id);
      await told;
      oneByOne.push(performance.now() - startedAt);
    }
    const connections = await countConnections(pool, url);

    const many: number[] = [];
    const begun = new Map(ids.map((id) => [id, [] as number[]]));
    onChange = (id) => many.push(performance.now() - begun.get(id)!.shift()!);
    let changes = 0;
    const stop = steadily(PER_SECOND, (n) => {
      const id = ids[n % ids.length]!;
      begun.get(id)!.push(performance.now());
      changes += 1;
      return change(id);
    });
    await delay(SECONDS * 1000);
    await stop();
    await until(() => many.length >= changes);

    const heardOfAll = async (leave: () => Promise<void>, comeBack: () => Promise<void>) => {
      const late = new Set<string>();
      onChange = (id) => late.add(id);
      await leave();
      for (const id of ids) await change(id);
      await delay(AWAY_MS);
      await comeBack();
      await until(() => late.size === ids.length);
      return late.size;
    };
    const heardThawed = await heardOfAll(hearer.freeze, hearer.thaw);
    const heardRestarted = await heardOfAll(hearer.stop, async () => void (hearer = await hear()));
    return { oneByOne, many, changes, connections, heardThawed, heardRestarted };
  } finally {
    await hearer.stop();
    await teller.close();
  }
}

/** The gateway's end of a channel, in a process of its own; resolves when it listens. */
async function startHearer(channel: ChannelName, url: string, onChange: (id: string) => void) {
  const child = fork(path.join(__dirname, 'servers', `hearer${path.extname(__filename)}`));
  child.send({ channel, url });
  await once(child, 'message');
  child.on('message', (id) => onChange(id as string));
  return {
    freeze: async () => void child.kill('SIGSTOP'),
    thaw: async () => void child.kill('SIGCONT'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** Those of a channel at its server. */
async function countConnections(pool: Pool, url: string): Promise<number> {
  if (url.startsWith('redis')) {
    const redis = new Redis(url);
    const clients = (await redis.client('LIST')) as string;
    redis.disconnect();
    return clients.trim().split('\n').length - 1;
  }
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name IN ('gyeongdan-live', 'gyeongdan-queue-worker')`,
  );
  return rows[0]!.count;
}

function lineOf(
  name: string,
  { oneByOne, many, changes, connections, heardThawed, heardRestarted }: Outcome,
): string {
  const times = (all: number[]) => `p50 ${round(median(all))} ms, p99 ${round(quantile(all, 0.99))} ms`;
  return [
    `${name}: ${times(oneByOne)}; ${times(many)} at ${PER_SECOND} a second, heard ${many.length} of ${changes}`,
    `${connections} connections`,
    `of ${JOBS} jobs changed in ${AWAY_MS / 1000} s heard ${heardThawed} by a gateway that was frozen, ${heardRestarted} by one started anew`,
  ].join('; ');
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; waited < MAX_WAIT_MS && !isSo(); waited += 10) await delay(10);
}
