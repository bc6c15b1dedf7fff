import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { ATTACKS } from '../test/threats/hostile-queries';
import { articlesRequest } from './articles-request';
import { startBenchDatabase } from './database';
import type { Request } from './load';
import { report, round } from './report';
import { median, quantile } from './rounds';
import { OTHER_CORES, pin, startServer } from './server-process';

const HOSTILE_QUERIES = 500;
const ROUNDS = 10;
const ROUND_SECONDS = 2.5;
const HONEST_PER_SECOND = 200;
const HOSTILE_PER_SECOND = HOSTILE_QUERIES / (ROUNDS * ROUND_SECONDS);
const CONNECTIONS = 64;

interface Answered {
  status: number;
  text: string;
  ms: number;
}

/** What 500 hostile queries cost the honest readers they come among, and how quickly each is refused. */
export async function benchHostile(): Promise<boolean> {
  const database = await startBenchDatabase();
  const server = await startServer('gateway', database.settings, path.join(database.folder, 'servers.log'));
  const pool = new Pool(server.url, { connections: CONNECTIONS, pipelining: 1 });
  try {
    pin(database.pid, OTHER_CORES);
    pin(process.pid, OTHER_CORES);
    const honest = articlesRequest(database.token);
    const attacks = Object.values(ATTACKS).map(({ query, variables }) => ({
      ...honest,
      body: JSON.stringify({ query, variables }),
    }));
    const { text: expected } = await send(pool, honest);
    let turn = 0;
    const attack = () => steadily(pool, HOSTILE_PER_SECOND, () => attacks[turn++ % attacks.length]!);
    const honestly = async () => {
      const answers = await steadily(pool, HONEST_PER_SECOND, () => honest);
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
    return report(
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
  } finally {
    await pool.destroy();
    await server.stop();
    await database.close();
  }
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
