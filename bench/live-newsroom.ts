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

const ASK = 'mutation ($url: URL!) { requestArticle(url: $url) { id } }';

/** Built gateways and one worker that writes articles of pages, each in a process of its own. */
export interface Newsroom {
  /** Access token of an ADMIN. */
  token: string;
  folder: string;
  /** Asks the first gateway, or the one of this number. Throws what it answers instead of data. */
  query<Data>(text: string, variables?: object, gateway?: number): Promise<Data>;
  ports: number[];
  gateways: RealProcess[];
  /** Replaces a gateway by another on its port; true when the old one stopped in order. */
  restart(gateway: number): Promise<boolean>;
  /** Asks for articles at even distances until the returned function is called, which waits for their end and tells each job's. */
  askSteadily(perSecond: number): () => Promise<Map<string, string>>;
  close(): Promise<void>;
}

export interface NewsroomOptions {
  /** How many; two by default. */
  gateways?: number;
  /** Settings beside the bench's. */
  gateway?: Record<string, string>;
  worker?: Record<string, string>;
}

export async function startNewsroom(options: NewsroomOptions = {}): Promise<Newsroom> {
  buildProcesses();
  const opened = new Lifetime();
  try {
    return await start(opened, options);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function start(opened: Lifetime, options: NewsroomOptions): Promise<Newsroom> {
  const bench = await startBenchDatabase();
  opened.onClose(() => bench.close());
  const pages = await startJobPages(() => true);
  opened.onClose(() => pages.close());
  const logger = createLogger({ level: 'error', pretty: false });
  const database = openDatabase({ url: bench.settings.databaseUrl, connections: 2, logger });
  opened.onClose(() => database.close());
  const { pool } = database;
  await pool.query(`UPDATE "User" SET role = 'ADMIN'`);

  const common = productionSettings({ ...bench.settings, trustedProxies: '127.0.0.1' });
  const settings = { ...common, ...options.gateway };
  const ports: number[] = [];
  const gateways: RealProcess[] = [];
  for (let n = 0; n < (options.gateways ?? 2); n += 1) {
    ports.push(await freePort());
    gateways.push(await startRealProcess('server', ports[n]!, settings));
    opened.onClose(() => gateways[n]!.stop());
  }
  const worker = await startRealProcess('worker', await freePort(), {
    ...common,
    NODE_ENV: 'test',
    CRAWLER_TRUSTED_ORIGINS: pages.url,
    CRAWLER_DELAY_SECONDS: '0',
    ...options.worker,
  });
  opened.onClose(() => worker.stop());

  const query = async <Data>(text: string, variables: object = {}, gateway = 0): Promise<Data> => {
    const response = await fetch(`http://127.0.0.1:${ports[gateway % ports.length]}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bench.token}` },
      body: JSON.stringify({ query: text, variables }),
      signal: AbortSignal.timeout(5_000),
    });
    const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
    if (!data) throw new Error(JSON.stringify(errors));
    return data;
  };
  let page = 0;
  const ask = async () => {
    page += 1;
    const variables = { url: `${pages.url}/${page}` };
    // Of a gateway that serves: the other may be starting.
    for (let gateway = page; ; gateway += 1) {
      const data = await query<{ requestArticle: { id: string } }>(ASK, variables, gateway).catch(() => null);
      if (data) return data.requestArticle.id;
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
    query,
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
