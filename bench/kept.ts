import { deepStrictEqual } from 'node:assert';
import path from 'node:path';
import { articlesRequest, persistedArticles } from './articles-request';
import { cpuOfTree } from './cpu-of-tree';
import { startBenchDatabase } from './database';
import { Load, type Request } from './load';
import { report, round } from './report';
import { costPerRequest, median, type Cost } from './rounds';
import { OTHER_CORES, pin, startServer } from './server-process';
import type { Sizes } from './sizes';

const BARE_REQUESTS = 300;
/** What is kept costs a tenth: of more requests, so that both are measured as well. */
const KEPT_REQUESTS = 2_000;

/** What an answer costs that the gateway keeps as bytes, sent whole and as 304, beside a bare server of the same list. */
export async function benchKept({ rounds }: Sizes): Promise<boolean> {
  const database = await startBenchDatabase();
  const logFile = path.join(database.folder, 'servers.log');
  const bare = await startServer('bare', database.settings, logFile);
  const gateway = await startServer('gateway', database.settings, logFile);
  const load = new Load(gateway.url);
  try {
    pin(database.pid, OTHER_CORES);
    pin(process.pid, OTHER_CORES);
    const { register, get } = persistedArticles();
    const expected = await load.send(register);
    const plain = { ...articlesRequest(database.token), path: '/' };
    const bareLoad = new Load(bare.url);
    const bareExpected = await bareLoad.send(plain);
    await bareLoad.close();
    deepStrictEqual(JSON.parse(bareExpected), JSON.parse(expected));
    const etag = await tagOf(gateway.url, get);
    const known = { ...get, headers: { ...get.headers, 'if-none-match': etag }, status: 304 };
    const contestants = [
      { server: bare, requests: BARE_REQUESTS, asked: [{ request: plain, expected: bareExpected }] },
      { server: gateway, requests: KEPT_REQUESTS, asked: [{ request: get, expected }] },
      {
        server: { ...gateway, name: '304' },
        requests: KEPT_REQUESTS,
        asked: [{ request: known, expected: '' }],
      },
    ];
    const costs = await costPerRequest(contestants, { rounds, databaseCpu: () => cpuOfTree(database.pid) });
    const ofBare = (name: string) =>
      median(costs.get('bare')!.map((cost, place) => total(cost) / total(costs.get(name)![place]!)));
    return report(
      `an anonymous persisted GET of articles(first: 20), ${Buffer.byteLength(expected)} bytes, limits, logs`,
      [...costs].map(
        ([name, own]) =>
          `${name}: ${round(median(own.map(total)))} µs of CPU per request, PostgreSQL included`,
      ),
      [
        { name: 'of the bare server', value: ofBare('gateway'), atLeast: 5, unit: ' ×' },
        { name: 'of the bare server, 304', value: ofBare('304'), atLeast: 7, unit: ' ×' },
      ],
    );
  } finally {
    await load.close();
    await Promise.all([bare.stop(), gateway.stop()]);
    await database.close();
  }
}

function total({ server, database }: Cost): number {
  return server + database;
}

async function tagOf(url: string, { path: search, headers }: Request): Promise<string> {
  const { headers: answered } = await fetch(`${url}${search}`, { headers });
  return answered.get('etag')!;
}
