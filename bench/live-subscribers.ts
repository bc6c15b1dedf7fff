import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { openDatabase } from '../src/adapters/database/database';
import { createLogger } from '../src/logger';
import { articlesRequest } from './articles-request';
import { startBenchDatabase } from './database';
import { waitFor } from './live-newsroom';
import { linesOf, openLiveSocket, type LiveSocket } from './live-socket';
import { report, round } from './report';
import { median, quantile } from './rounds';
import { OTHER_CORES, pin, startServer } from './server-process';
import { steadily } from './steadily';
import { startSteadyReaders } from './steady-readers';

const SOCKETS = 200;
const SUBSCRIPTIONS_OF_SOCKET = 5;
/** One socket in so many takes nothing. */
const SILENT = 10;
const JOBS = 100;
const CHANGES_PER_SECOND = 100;
const READS_PER_SECOND = 50;
const ROUNDS = 5;
const MEASURED_MS = 20_000;
const SETTLING_MS = 1_000;
const WATCH_JOB = 'subscription ($id: ID) { generationJobUpdated(id: $id) { id status progress step } }';

interface Round {
  /** HTTP's p99 without subscribers, and with them. */
  alone: number;
  beside: number;
  /** Of the heap, in MB. */
  growth: number;
  missed: number;
  events: number;
  cpuOfEvent: number;
}

/** What a thousand subscribers, some of whom do not read, cost a gateway and those who read articles meanwhile. */
export async function benchLiveSubscribers(): Promise<boolean> {
  const bench = await startBenchDatabase();
  const logger = createLogger({ level: 'error', pretty: false });
  const { pool, close } = openDatabase({ url: bench.settings.databaseUrl, connections: 4, logger });
  const logFile = path.join(bench.folder, 'servers.log');
  const server = await startServer('gateway', bench.settings, logFile, ['--expose-gc']);
  pin(bench.pid, OTHER_CORES);
  pin(process.pid, OTHER_CORES);
  const readers = startSteadyReaders(server.url, READS_PER_SECOND, articlesRequest(bench.token));
  const faults: unknown[] = [];
  const heap = async () => (await server.usage()).memory.heap;
  const read = async () => {
    await delay(SETTLING_MS);
    const { cpu } = await server.usage();
    await delay(SETTLING_MS); // the collection of garbage that this began is over
    await readers.take();
    await delay(MEASURED_MS);
    const { times, failures } = await readers.take();
    faults.push(...failures);
    return { p99: quantile(times, 0.99), cpu: (await server.usage()).cpu - cpu };
  };
  try {
    await pool.query(`UPDATE "User" SET role = 'ADMIN'`);
    await read();
    faults.length = 0; // while a busy machine opens the first connections some may time out
    const before = await heap();
    const rounds: Round[] = [];
    for (let n = 0; n < ROUNDS; n += 1) {
      const alone = await read();
      const audience = await openAudience(server.url, bench.token, await createJobs(pool), faults);
      const stop = steadily(CHANGES_PER_SECOND, (turn) => changeJob(pool, audience.ids[turn % JOBS]!));
      const eventsBefore = audience.events();
      const beside = await read();
      const events = ((audience.events() - eventsBefore) * MEASURED_MS) / (MEASURED_MS + 2 * SETTLING_MS);
      const growth = (await heap()) - before;
      await stop();
      await pool.query(`UPDATE "GenerationJob" SET status = 'SUCCEEDED' WHERE id = ANY($1)`, [audience.ids]);
      await waitFor(() => audience.missing() === 0);
      rounds.push({
        alone: alone.p99,
        beside: beside.p99,
        growth,
        missed: audience.missing(),
        events,
        cpuOfEvent: (beside.cpu - alone.cpu) / events,
      });
      await audience.close();
      await delay(1_000); // the gateway has noticed
    }
    const ratio = median(rounds.map(({ alone, beside }) => beside / alone));
    return report(
      `${SOCKETS * SUBSCRIPTIONS_OF_SOCKET} subscribers over ${SOCKETS} sockets, ${SOCKETS / SILENT} of which never read; ${CHANGES_PER_SECOND} changes, ${READS_PER_SECOND} pages of articles a second`,
      [
        ...rounds.map(
        ({ alone, beside, growth, events, cpuOfEvent }) =>
          `${round((events * 1000) / MEASURED_MS)} events a second, ${round(cpuOfEvent)} µs of CPU each; HTTP's p99 alone ${round(alone)} ms, beside them ${round(beside)} ms; ${round(growth)} MB more of JavaScript`,
      ),
      ...linesOf(faults),
      ],
      [
        { name: 'growth of the heap', value: Math.max(...rounds.map(({ growth }) => growth)), atMost: 50, unit: ' MB' },
        { name: 'final states that the others miss', value: Math.max(...rounds.map(({ missed }) => missed)), exactly: 0 },
        { name: "HTTP's p99, of that without subscribers", value: ratio, atMost: 1.5, unit: '×' },
        { name: 'refused or failed', value: faults.length, exactly: 0 },
      ],
    ); // prettier-ignore
  } finally {
    await readers.end();
    await server.stop();
    await close();
    await bench.close();
  }
}

/** Ids of new jobs that nobody works at. */
async function createJobs(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO "GenerationJob" (id, kind, input, "updatedAt")
     SELECT gen_random_uuid(), 'COLLECTION', '{}', now() FROM generate_series(1, $1) RETURNING id`,
    [JOBS],
  );
  return rows.map(({ id }) => id);
}

const changeJob = (pool: Pool, id: string) =>
  pool.query({
    name: 'bench-change',
    text: 'UPDATE "GenerationJob" SET progress = (progress + 1) % 100 WHERE id = $1',
    values: [id],
  });

/** Resolves when each subscription has had its first event, and those that read nothing have stopped to. */
async function openAudience(url: string, token: string, ids: readonly string[], faults: unknown[]) {
  const statuses: { status: string }[] = [];
  const sockets: LiveSocket[] = [];
  let events = 0;
  const open = async (nth: number) => {
    const socket = openLiveSocket(url, token, (fault) => faults.push(fault));
    sockets.push(socket);
    const isSilent = nth % SILENT === 0;
    const watch = (place: number) => {
      const latest = { status: 'nothing' };
      if (!isSilent) statuses.push(latest);
      const id = ids[(nth * SUBSCRIPTIONS_OF_SOCKET + place) % ids.length];
      return socket.watch<{ status: string }>(WATCH_JOB, { id }, ({ status }) => {
        events += 1;
        latest.status = status;
      });
    };
    await Promise.all(Array.from({ length: SUBSCRIPTIONS_OF_SOCKET }, (_, place) => watch(place)));
    if (isSilent) socket.stopReading();
  };
  await Promise.all(Array.from({ length: SOCKETS }, (_, nth) => open(nth)));
  return {
    ids,
    events: () => events,
    missing: () => statuses.filter(({ status }) => status !== 'SUCCEEDED').length,
    close: () => Promise.all(sockets.map((socket) => socket.close())),
  };
}
