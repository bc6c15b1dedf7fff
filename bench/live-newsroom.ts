import { setTimeout as delay } from 'node:timers/promises';
import { Lifetime } from '../src/context/lifetime';
import { openDatabase } from '../src/adapters/database/database';
import { freePort } from '../src/dev/embedded-postgres/embedded-postgres';
import { createLogger } from '../src/logger';
import { startBenchDatabase } from './database';
import { startJobPages } from './job-pages';
import { buildProcesses, startRealProcess, type RealProcess } from './real-process';
import { productionSettings } from './servers/our-context';
import { steadily } from './steadily';

const GATEWAYS = 2;
const MAX_WAIT_MS = 120_000;

/** What a client sees of a job. */
export interface JobRow {
  id: string;
  status: string;
  startedAt: string | null;
  finishedAt: string | null;
  steps: { at: string }[];
}
export const WATCH_JOBS =
  'subscription { generationJobUpdated { id status progress step startedAt finishedAt steps { at } } }';

/** Built gateways and one worker that writes articles of pages, each in a process of its own. */
export interface Newsroom {
  /** Access token of an ADMIN. */
  token: string;
  folder: string;
  ports: number[];
  gateways: RealProcess[];
  /** Replaces a gateway by another on its port; true when the old one stopped in order. */
  restart(gateway: number): Promise<boolean>;
  /** Asks for articles at even distances until the returned function is called, which waits for their end and tells each job's. */
  askSteadily(perSecond: number): () => Promise<Map<string, string>>;
  close(): Promise<void>;
}

export async function startNewsroom(): Promise<Newsroom> {
  buildProcesses();
  const opened = new Lifetime();
  try {
    return await start(opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function start(opened: Lifetime): Promise<Newsroom> {
  const bench = await startBenchDatabase();
  opened.onClose(() => bench.close());
  const pages = await startJobPages(() => true);
  opened.onClose(() => pages.close());
  const logger = createLogger({ level: 'error', pretty: false });
  const database = openDatabase({ url: bench.settings.databaseUrl, connections: 2, logger });
  opened.onClose(() => database.close());
  const { pool } = database;
  await pool.query(`UPDATE "User" SET role = 'ADMIN'`);

  const settings = productionSettings({ ...bench.settings, trustedProxies: '127.0.0.1' });
  const ports: number[] = [];
  const gateways: RealProcess[] = [];
  for (let n = 0; n < GATEWAYS; n += 1) {
    ports.push(await freePort());
    gateways.push(await startRealProcess('server', ports[n]!, settings));
    opened.onClose(() => gateways[n]!.stop());
  }
  const worker = await startRealProcess('worker', await freePort(), {
    ...settings,
    NODE_ENV: 'test',
    CRAWLER_TRUSTED_ORIGINS: pages.url,
    CRAWLER_DELAY_SECONDS: '0',
  });
  opened.onClose(() => worker.stop());

  let page = 0;
  const ask = async () => {
    page += 1;
    const query = `mutation ($url: URL!) { requestArticle(url: $url) { id } }`;
    const variables = { url: `${pages.url}/${page}` };
    // Of a gateway that serves: the other may be starting.
    for (let gateway = page; ; gateway += 1) {
      const response = await fetch(`http://127.0.0.1:${ports[gateway % GATEWAYS]}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${bench.token}` },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(2_000),
      }).catch(() => null);
      const answer = (await response?.json()) as { data?: { requestArticle: { id: string } } } | undefined;
      if (answer?.data) return answer.data.requestArticle.id;
      await delay(50);
    }
  };
  const ends = async (ids: readonly string[]) => {
    const { rows } = await pool.query<{ id: string; status: string }>(
      'SELECT id, status FROM "GenerationJob" WHERE id = ANY($1) AND "finishedAt" IS NOT NULL',
      [ids],
    );
    return new Map(rows.map(({ id, status }) => [id, status]));
  };

  return {
    token: bench.token,
    folder: bench.folder,
    ports,
    gateways,
    async restart(gateway) {
      const code = await gateways[gateway]!.stop();
      gateways[gateway] = await startRealProcess('server', ports[gateway]!, settings);
      return code === 0;
    },
    askSteadily(perSecond) {
      const ids: string[] = [];
      const stop = steadily(perSecond, async () => ids.push(await ask()));
      return async () => {
        await stop();
        let ended = await ends(ids);
        if (!(await waitFor(async () => (ended = await ends(ids)).size === ids.length)))
          throw new Error(`only ${ended.size} of ${ids.length} jobs have ended`);
        return ended;
      };
    },
    close: () => opened.close(),
  };
}

/** Waits for it, two minutes at most; false when it is still not so. */
export async function waitFor(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  const giveUpAt = Date.now() + MAX_WAIT_MS;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) return false;
    await delay(50);
  }
  return true;
}

/** How many final states are lacking in what all clients were told: of each, the status of jobs by id. */
export function countLacking(told: readonly Map<string, string>[], ends: Map<string, string>): number {
  const lackingIn = (statuses: Map<string, string>) =>
    [...ends].filter(([id, status]) => statuses.get(id) !== status).length;
  return told.reduce((sum, statuses) => sum + lackingIn(statuses), 0);
}
