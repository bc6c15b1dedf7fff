import { deepStrictEqual } from 'node:assert';
import path from 'node:path';
import { withClient } from '../src/adapters/database/with-client';
import { articleRequest, articlesRequest } from './articles-request';
import { cpuMeter } from './cpu-meter';
import { startBenchDatabase } from './database';
import { Load, type Asked, type Request } from './load';
import { report, round, type Bar } from './report';
import { costPerRequest, median, type Cost, type Rounds } from './rounds';
import type { Sizes } from './sizes';
import { OTHER_CORES, pin, startServer, type ServerProcess } from './server-process';

/** Pages of the newest articles are asked for in turn: few readers open the same one in the same millisecond. */
const ARTICLES = 200;

/** By name, and how many requests of a round each of them gets. */
const SERVERS = { bare: 400, gateway: 400, mercurius: 400, usual: 60 };
type Server = keyof typeof SERVERS;

interface Row {
  name: string;
  atOnce: number;
  /** The request as a client sends it, and the path at which the bare server has the same. */
  requests: readonly { request: Request; barePath: string }[];
  /** How much of the bare server's cost ours is to be. */
  atLeast: number;
}

/**
 * What a list and an article cost us, a bare server, mercurius and the usual stack: server and PostgreSQL together, with 16
 * requests in flight and with one.
 */
export async function benchPeers({ rounds }: Sizes): Promise<boolean> {
  const database = await startBenchDatabase();
  const servers = new Map<Server, ServerProcess>();
  try {
    pin(database.pid, OTHER_CORES);
    pin(process.pid, OTHER_CORES);
    const logFile = path.join(database.folder, 'servers.log');
    for (const name of Object.keys(SERVERS) as Server[])
      servers.set(name, await startServer(name, database.settings, logFile));
    const lists = [{ request: articlesRequest(database.token), barePath: '/' }];
    const ids = await articleIds(database.settings.databaseUrl);
    const articles = ids.map((id) => ({
      request: articleRequest(database.token, id),
      barePath: `/article/${id}`,
    }));
    const rows: Row[] = [
      { name: 'list, 16 in flight', atOnce: 16, requests: lists, atLeast: 1.2 },
      { name: 'list, one at a time', atOnce: 1, requests: lists, atLeast: 0.8 },
      { name: 'article(id), 16 in flight', atOnce: 16, requests: articles, atLeast: 0.8 },
      { name: 'article(id), one at a time', atOnce: 1, requests: articles, atLeast: 0.6 },
    ];
    const databaseCpu = cpuMeter(database.pid);
    let reached = true;
    for (const row of rows) if (!(await measure(row, servers, { rounds, databaseCpu }))) reached = false;
    return reached;
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
    await database.close();
  }
}

async function measure(
  { name, atOnce, requests, atLeast }: Row,
  servers: ReadonlyMap<Server, ServerProcess>,
  options: Pick<Rounds, 'rounds' | 'databaseCpu'>,
): Promise<boolean> {
  const asked = await Promise.all([...servers].map(([server, { url }]) => askedOf(server, url, requests)));
  for (const [place] of requests.entries())
    for (const other of asked)
      deepStrictEqual(JSON.parse(other[place]!.expected), JSON.parse(asked[0]![place]!.expected));
  const contestants = [...servers].map(([own, server], place) => ({
    server,
    requests: SERVERS[own],
    asked: asked[place]!,
  }));
  const costs = await costPerRequest(contestants, { ...options, atOnce });
  const ratio = (one: Server) => median(ratiosTo(costs, 'bare', one));
  const notes = [...servers.keys()].map((server) => {
    const own = costs.get(server)!;
    const [ofServer, ofDatabase] = [
      median(own.map((cost) => cost.server)),
      median(own.map((cost) => cost.database)),
    ];
    return `${server.padEnd(9)}  server ${µs(ofServer)}  PostgreSQL ${µs(ofDatabase)}  together ${µs(ofServer + ofDatabase)}  ÷ ${round(ratio(server))}`;
  });
  const bars: Bar[] = [
    { name: 'of the bare server', value: ratio('gateway'), atLeast },
    { name: 'of mercurius', value: median(ratiosTo(costs, 'mercurius', 'gateway')), atLeast: 1, unit: ' ×' },
  ];
  return report(`${name}, ${Buffer.byteLength(asked[0]![0]!.expected)} bytes`, notes, bars);
}

/** How often `other`'s cost goes into `one`'s, round by round. */
function ratiosTo(costs: ReadonlyMap<string, Cost[]>, one: Server, other: Server): number[] {
  const total = ({ server, database }: Cost) => server + database;
  const others = costs.get(other)!;
  return costs.get(one)!.map((cost, place) => total(cost) / total(others[place]!));
}

/** The requests as this server takes them, and its answers. */
async function askedOf(server: Server, url: string, requests: Row['requests']): Promise<Asked[]> {
  const load = new Load(url);
  try {
    return await Promise.all(
      requests.map(async ({ request, barePath }) => {
        // The usual stack answers on its root.
        const paths: Partial<Record<Server, string>> = { bare: barePath, usual: '/' };
        const own = { ...request, path: paths[server] ?? request.path };
        return { request: own, expected: await load.send(own) };
      }),
    );
  } finally {
    await load.close();
  }
}

async function articleIds(databaseUrl: string): Promise<string[]> {
  return withClient({ connectionString: databaseUrl }, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM "Article" WHERE status = 'PUBLISHED' ORDER BY "releasedAt" DESC LIMIT ${ARTICLES}`,
    );
    return rows.map(({ id }) => id);
  });
}

function µs(value: number): string {
  return `${String(Math.round(value)).padStart(5)} µs`;
}
