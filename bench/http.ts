import { statSync } from 'node:fs';
import path from 'node:path';
import { articlesRequest } from './articles-request';
import { startBenchDatabase, type BenchDatabase } from './database';
import { Load, type Request } from './load';
import { report, round } from './report';
import { cpuPerRequest, median, medianRatio } from './rounds';
import { OTHER_CORES, pin, startServer, type ServerProcess } from './server-process';

const COUNTED_REQUESTS = 200;

/** What a page of articles costs us, a bare server that sends the same bytes, and the usual stack. */
export async function benchHttp(): Promise<boolean> {
  const database = await startBenchDatabase();
  const servers: ServerProcess[] = [];
  try {
    pin(database.pid, OTHER_CORES);
    pin(process.pid, OTHER_CORES);
    const request = articlesRequest(database.token);
    const logFile = path.join(database.folder, 'servers.log');
    for (const name of ['bare', 'gateway', 'usual'])
      servers.push(await startServer(name, database.settings, logFile));
    const [bare, gateway, usual] = servers as [ServerProcess, ServerProcess, ServerProcess];
    const expected = await sameAnswer(servers, request);
    const results = await cpuPerRequest(
      [
        { server: bare, requests: 600 },
        { server: gateway, requests: 500 },
        { server: usual, requests: 120 },
      ],
      request,
      { expected, rounds: 25 },
    );
    if (statSync(logFile).size === 0) throw new Error('the gateway did not log');
    const statements = await statementsPerRequest(database, request, expected, logFile);
    return report(
      `articles(first: 20) with publishers, ${Buffer.byteLength(expected)} bytes, token, shield, limits, logs`,
      servers.map(({ name }) => `${name}: ${round(median(results.get(name)!))} µs of CPU per request`),
      [
        {
          name: 'of the bare node:http + pg server',
          value: medianRatio(results, 'bare', 'gateway'),
          atLeast: 0.55,
        },
        {
          name: 'of the usual stack',
          value: medianRatio(results, 'usual', 'gateway'),
          atLeast: 3,
          unit: '×',
        },
        { name: 'SQL statements per request', value: statements, exactly: 1 },
      ],
    );
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await database.close();
  }
}

/** The answer of all servers; throws unless they agree in every byte. */
async function sameAnswer(servers: readonly ServerProcess[], request: Request): Promise<string> {
  const answers = await Promise.all(
    servers.map(async ({ url, name }) => {
      const load = new Load(url);
      // The usual stack answers on its root.
      const answer = await load.send(name === 'usual' ? { ...request, path: '/' } : request);
      await load.close();
      return answer;
    }),
  );
  const [first] = answers;
  if (answers.some((answer) => answer !== first)) throw new Error(`answers differ:\n${answers.join('\n')}`);
  return first!;
}

async function statementsPerRequest(
  { settings }: BenchDatabase,
  request: Request,
  expected: string,
  logFile: string,
): Promise<number> {
  const server = await startServer('gateway', { ...settings, countStatements: true }, logFile);
  const load = new Load(server.url);
  try {
    await load.run(request, COUNTED_REQUESTS, expected);
    const before = await server.usage();
    await load.run(request, COUNTED_REQUESTS, expected);
    return ((await server.usage()).statements - before.statements) / COUNTED_REQUESTS;
  } finally {
    await load.close();
    await server.stop();
  }
}
