import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrateDatabase } from '../src/adapters/database/migrations';
import { openDatabase } from '../src/adapters/database/database';
import { withClient } from '../src/adapters/database/with-client';
import { migrateQueue } from '../src/adapters/queue/queue';
import { KeyRing } from '../src/adapters/tokens/key-ring';
import { TokenSigner } from '../src/adapters/tokens/token-signer';
import { startEmbeddedPostgres } from '../src/dev/embedded-postgres/embedded-postgres';
import { systemClock } from '../src/domain/shared/clock';
import { SessionService } from '../src/domain/user/session.service';
import { ViewerGuard } from '../src/domain/user/viewer-guard';
import { createLogger } from '../src/logger';
import { ADMIN_NUMBER, fillGrown, nthId } from './growth/fill';
import { postgresTimes, type Grown } from './growth/measure';
import { ROWS, type Row } from './growth/rows';
import { report, round, type Bar } from './report';
import { startServer } from './server-process';
import type { Sizes } from './sizes';

const SMALL = 1_000;
const ISSUER = 'https://bench.gyeongdan.invalid';
/** Workers of a query would end before their time is read; a machine of a service that has grown has memory. */
export const SETTINGS = {
  fsync: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  shared_buffers: '2GB',
  max_parallel_workers_per_gather: '0',
};

/** What answers cost PostgreSQL when a thousand articles have become a million. Takes minutes and 6 GB of disk. */
export async function benchGrowth({ articles }: Sizes): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-growth-'));
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder, settings: SETTINGS });
  try {
    for (const size of [SMALL, articles]) {
      const startedAt = performance.now();
      await fillNew(postgres, size);
      console.log(`  filled with ${size} articles in ${round((performance.now() - startedAt) / 1000)} s`);
    }
    return await compare(postgres, folder, articles, ROWS);
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Postgres {
  pid: number;
  url(database: string): string;
  ensureDatabase(name: string): Promise<void>;
}

const nameOf = (articles: number) => `grown${articles}`;

export async function fillNew(postgres: Postgres, articles: number): Promise<void> {
  const url = postgres.url(nameOf(articles));
  await postgres.ensureDatabase(nameOf(articles));
  await migrateDatabase(url);
  await migrateQueue(url);
  await withClient({ connectionString: url }, (client) => fillGrown(client, articles));
}

/** Asks both databases in turn for every row. */
export async function compare(
  postgres: Postgres,
  folder: string,
  articles: number,
  rows: readonly Row[],
): Promise<boolean> {
  const grown: Grown[] = [];
  try {
    for (const size of [SMALL, articles])
      grown.push(await startOver(postgres.url(nameOf(size)), size, path.join(folder, 'servers.log')));
    const notes: string[] = [];
    const bars: Bar[] = [];
    for (const row of rows) {
      const [small, large] = [
        await postgresTimes(postgres.pid, grown[0]!, row),
        await postgresTimes(postgres.pid, grown[1]!, row),
      ];
      const ratio = large.us / small.us;
      const [before, after] = [small, large].map(({ us }) => `${round(us / 1_000)} ms`);
      const fault = [small, large].map(({ fault }) => fault).find((one) => one !== null);
      notes.push(`${row.name}: ${before} → ${after}, × ${round(ratio)}${fault ? ` (${fault})` : ''}`);
      if (process.env.VERBOSE) console.log(notes.at(-1));
      const { timesAtMost, atMost } = row;
      if (atMost !== undefined) bars.push({ name: row.name, value: large.us / 1_000, atMost, unit: ' ms' });
      // Neither asks PostgreSQL.
      else if (large.us > 0) bars.push({ name: row.name, value: ratio, atMost: timesAtMost!, unit: ' ×' });
    }
    return report(`PostgreSQL's time for an answer, ${SMALL} → ${articles} articles`, notes, bars);
  } finally {
    await Promise.all(grown.map(({ server }) => server.stop()));
  }
}

async function startOver(databaseUrl: string, articles: number, logFile: string): Promise<Grown> {
  const signingKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ format: 'pem', type: 'pkcs8' })
    .toString();
  const token = await signIn(databaseUrl, signingKey);
  const settings = { databaseUrl, signingKey, issuer: ISSUER, countStatements: true };
  const server = await startServer('gateway', settings, logFile);
  return { articles, name: nameOf(articles), server, token };
}

async function signIn(url: string, signingKey: string): Promise<string> {
  const logger = createLogger({ level: 'error', pretty: false });
  const { prisma, pool, close } = openDatabase({ url, connections: 2, logger });
  try {
    const tokens = new TokenSigner(new KeyRing({ pems: [signingKey], file: null, logger }), ISSUER);
    const guard = new ViewerGuard({ pool, tokens, clock: systemClock });
    const sessions = new SessionService({ prisma, tokens, guard, clock: systemClock });
    return (await sessions.start(prisma, nthId(ADMIN_NUMBER), 'bench')).accessToken;
  } finally {
    await close();
  }
}
