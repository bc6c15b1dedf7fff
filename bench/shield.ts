import path from 'node:path';
import { articlesRequest } from './articles-request';
import { startBenchDatabase } from './database';
import { Load } from './load';
import { report, round } from './report';
import { cpuPerRequest, median, medianRatio } from './rounds';
import { OTHER_CORES, pin, startServer, type ServerProcess } from './server-process';

/** What the permission map costs a page of articles. */
export async function benchShield(): Promise<boolean> {
  const database = await startBenchDatabase();
  const servers: ServerProcess[] = [];
  try {
    pin(database.pid, OTHER_CORES);
    pin(process.pid, OTHER_CORES);
    for (const name of ['shielded', 'unshielded'])
      servers.push(await startServer(name, database.settings, path.join(database.folder, 'servers.log')));
    const request = articlesRequest(database.token);
    const load = new Load(servers[0]!.url);
    const expected = await load.send(request);
    await load.close();
    const results = await cpuPerRequest(
      servers.map((server) => ({ server, requests: 200 })),
      request,
      { expected, rounds: 75 },
    );
    return report(
      'The same page with and without permissions',
      servers.map(({ name }) => `${name}: ${round(median(results.get(name)!))} µs of CPU per request`),
      [{ name: 'shielded', value: medianRatio(results, 'unshielded', 'shielded'), atLeast: 0.92 }],
    );
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await database.close();
  }
}
