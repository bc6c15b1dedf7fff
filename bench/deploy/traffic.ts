import type { Pool } from 'pg';
import { articlesRequest } from '../articles-request';
import { readJobLedger } from '../job-ledger';
import { Load } from '../load';
import { countLacking, waitFor, WATCH_JOBS, type JobRow } from '../live-newsroom';
import { openLiveSocket } from '../live-socket';
import { steadily } from '../steadily';
import { startSteadyReaders } from '../steady-readers';

export interface TrafficOptions {
  /** Of the balancer. */
  url: string;
  /** Access token of an ADMIN. */
  token: string;
  pool: Pool;
  /** Whose `/<number>` is an article. */
  pagesUrl: string;
  requestsPerSecond: number;
  jobsPerSecond: number;
  sockets: number;
}

/** What became of everything that was sent. */
export interface TrafficOutcome {
  /** Milliseconds of each request of a reader. */
  times: number[];
  failures: string[];
  jobs: number;
  /** Jobs without exactly one article, revision and audit entry. */
  jobsLost: number;
  /** Articles, revisions and audit entries beside those. */
  writtenTwice: number;
  /** Sockets that were told the final state of every job. */
  socketsComplete: number;
  /** How often each socket was opened. */
  openings: number[];
  refusals: unknown[];
}

const ASK = 'mutation ($url: URL!) { requestArticle(url: $url) { id } }';
let page = 0;

/** Readers, pages that watch all jobs, and an admin who asks for articles, all through the balancer, until it is ended. */
export async function startTraffic(options: TrafficOptions): Promise<() => Promise<TrafficOutcome>> {
  const { url, token, pool } = options;
  const before = await readJobLedger(pool, 0);
  const refusals: unknown[] = [];
  const seen = Array.from({ length: options.sockets }, () => new Map<string, string>());
  const sockets = seen.map(() => openLiveSocket(url, token, (fault) => refusals.push(fault)));
  // Each is told something as soon as there is a job.
  const opened = sockets.map((socket, n) =>
    socket.watch<JobRow>(WATCH_JOBS, {}, ({ id, status }) => seen[n]!.set(id, status)),
  );
  const readers = startSteadyReaders(url, options.requestsPerSecond, articlesRequest(token));
  const desk = new Load(url);
  const headers = articlesRequest(token).headers;
  const ids: string[] = [];
  const failures: string[] = [];
  const endDesk = steadily(options.jobsPerSecond, async () => {
    page += 1;
    const body = JSON.stringify({ query: ASK, variables: { url: `${options.pagesUrl}/${page}` } });
    try {
      const { data, errors } = JSON.parse(await desk.send({ path: '/graphql', headers, body })) as {
        data?: { requestArticle: { id: string } };
        errors?: unknown;
      };
      if (!data) throw new Error(JSON.stringify(errors));
      ids.push(data.requestArticle.id);
    } catch (error) {
      failures.push(`requestArticle: ${String(error)}`);
    }
  });
  await Promise.all(opened);

  return async () => {
    const answers = await readers.end();
    await endDesk();
    let ends = new Map<string, string>();
    await waitFor(async () => (ends = await endsOf(pool, ids)).size === ids.length);
    await waitFor(() => countLacking(seen, ends) === 0);
    const after = await readJobLedger(pool, 0);
    const openings = sockets.map((socket) => socket.openings());
    for (const socket of sockets) await socket.close();
    await desk.close();
    return {
      times: answers.times,
      failures: [...answers.failures, ...failures],
      jobs: ids.length,
      jobsLost: ids.length - (after.succeeded - before.succeeded),
      writtenTwice: after.twice - before.twice,
      socketsComplete: seen.filter((told) => countLacking([told], ends) === 0).length,
      openings,
      refusals,
    };
  };
}

async function endsOf(pool: Pool, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ id: string; status: string }>(
    'SELECT id, status FROM "GenerationJob" WHERE id = ANY($1) AND "finishedAt" IS NOT NULL',
    [ids],
  );
  return new Map(rows.map(({ id, status }) => [id, status]));
}
