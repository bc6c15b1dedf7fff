import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { ATTACKS } from '../test/threats/hostile-queries';
import { articlesRequest } from './articles-request';
import { startBenchDatabase } from './database';
import type { Request } from './load';
import { report, round } from './report';
import { median, quantile } from './rounds';
import { OTHER_CORES, pin, startServer, type ServerProcess } from './server-process';
import { sendAndWait, SOCKET_ATTACKS } from './socket-attacks';

const HOSTILE_QUERIES = 500;
const ROUNDS = 10;
const SOCKET_ROUNDS = 5;
const HONEST_A_ROUND = 100;
const ATTACKS_A_ROUND = 10;
const ROUND_SECONDS = 2.5;
const HONEST_PER_SECOND = 200;
const HOSTILE_PER_SECOND = HOSTILE_QUERIES / (ROUNDS * ROUND_SECONDS);
const CONNECTIONS = 64;
/** Honest requests come from more addresses than this can refuse. */
const PER_ADDRESS = 120;

interface Answered {
  status: number;
  text: string;
  ms: number;
}

/** What 500 hostile queries cost the honest readers they come among, and how quickly each is refused. */
export async function benchHostile(): Promise<boolean> {
  const database = await startBenchDatabase();
  const settings = { ...database.settings, perAddress: PER_ADDRESS, trustedProxies: '127.0.0.1' };
  const server = await startServer('gateway', settings, path.join(database.folder, 'servers.log'));
  const pool = new Pool(server.url, { connections: CONNECTIONS, pipelining: 1 });
  try {
    pin(database.pid, OTHER_CORES);
    pin(process.pid, OTHER_CORES);
    const { headers, ...article } = articlesRequest(database.token);
    let addresses = 0;
    const somebody = () => {
      const n = addresses++ % 250;
      return { ...article, headers: { ...headers, 'x-forwarded-for': `198.51.100.${n}` } };
    };
    const honest = somebody();
    const attacks = Object.values(ATTACKS).map(({ query, variables }) => ({
      ...honest,
      body: JSON.stringify({ query, variables }),
    }));
    const { text: expected } = await send(pool, honest);
    let turn = 0;
    const attack = () => steadily(pool, HOSTILE_PER_SECOND, () => attacks[turn++ % attacks.length]!);
    const honestly = async () => {
      const answers = await steadily(pool, HONEST_PER_SECOND, somebody);
      if (answers.some(({ status, text }) => status !== 200 || text !== expected))
        throw new Error('an honest request was not answered');
      return quantile(timesOf(answers), 0.99);
    };
    await Promise.all([honestly(), attack()]);

    const alone: number[] = [];
    const mixed: number[] = [];
    const refused: Answered[] = [];
    for (let n = 0; n < ROUNDS; n++) {
      alone.push(await honestly());
      const [p99, answers] = await Promise.all([honestly(), attack()]);
      mixed.push(p99);
      refused.push(...answers);
    }
    const times = timesOf(refused);
    const queriesHeld = report(
      `${HOSTILE_QUERIES} hostile queries of ${attacks.length} kinds, ${HOSTILE_PER_SECOND} a second among ${HONEST_PER_SECOND} honest requests a second`,
      [
        `honest p99: ${round(median(alone))} ms alone, ${round(median(mixed))} ms with them`,
        `refusals: median ${round(median(times))} ms, p99 ${round(quantile(times, 0.99))} ms`,
      ],
      [
        { name: 'refused with 400', value: refused.filter(({ status }) => status === 400).length, exactly: HOSTILE_QUERIES },
        { name: 'slowest refusal', value: Math.max(...times), atMost: 100, unit: ' ms' },
        { name: 'honest p99 with them, of alone', value: median(mixed.map((p99, n) => p99 / alone[n]!)), atMost: 2, unit: '×' },
      ],
    ); // prettier-ignore
    return (await benchSocketAttacks(server, () => send(pool, somebody()))) && queriesHeld;
  } finally {
    await pool.destroy();
    await server.stop();
    await database.close();
  }
}

/** What connections that send what no client does cost the gateway, in honest requests: CPU, as these are no queries. */
async function benchSocketAttacks(server: ServerProcess, honest: () => Promise<unknown>): Promise<boolean> {
  const cpuOf = async (times: number, send: () => Promise<unknown>) => {
    const before = await server.usage();
    for (let n = 0; n < times; n++) await send();
    return ((await server.usage()).cpu - before.cpu) / times;
  };
  const costs = new Map<string, number[]>(Object.keys(SOCKET_ATTACKS).map((name) => [name, []]));
  for (let round = 0; round < SOCKET_ROUNDS; round++)
    for (const [name, bytes] of Object.entries(SOCKET_ATTACKS)) {
      const request = await cpuOf(HONEST_A_ROUND, honest);
      const attack = await cpuOf(ATTACKS_A_ROUND, () => sendAndWait(server.url, bytes));
      costs.get(name)!.push(attack / request);
    }
  const bars = [...costs].map(([name, ratios]) => ({
    name,
    value: median(ratios),
    atMost: 30,
    unit: ' requests',
  }));
  return report('CPU of a connection that sends what no client does, in honest requests', [], bars);
}

/** Requests at even distances, whether or not the ones before are answered. */
async function steadily(pool: Pool, perSecond: number, next: () => Request): Promise<Answered[]> {
  const answers: Promise<Answered>[] = [];
  const startedAt = performance.now();
  for (let n = 0; n < perSecond * ROUND_SECONDS; n++) {
    const wait = startedAt + (n * 1000) / perSecond - performance.now();
    if (wait > 0) await delay(wait);
    answers.push(send(pool, next()));
  }
  return Promise.all(answers);
}

async function send(pool: Pool, { path, headers, body }: Request): Promise<Answered> {
  const startedAt = performance.now();
  const response = await pool.request({ path, method: 'POST', headers, body });
  const text = await response.body.text();
  return { status: response.statusCode, text, ms: performance.now() - startedAt };
}

const timesOf = (answers: readonly Answered[]) => answers.map(({ ms }) => ms);
