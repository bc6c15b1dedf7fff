import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../src/dev/embedded-postgres/embedded-postgres';
import { openDatabase } from '../src/adapters/database/database';
import { migrateQueue } from '../src/adapters/queue/queue';
import { KeyRing } from '../src/adapters/tokens/key-ring';
import { TokenSigner } from '../src/adapters/tokens/token-signer';
import { SessionService } from '../src/domain/user/session.service';
import { ViewerGuard } from '../src/domain/user/viewer-guard';
import { systemClock } from '../src/domain/shared/clock';
import { createLogger } from '../src/logger';
import { migrateDatabase } from '../src/adapters/database/migrations';
import { withClient } from '../src/adapters/database/with-client';
import { seedDatabase } from '../src/dev/seed';
import type { ServerSettings } from './servers/child';

export interface BenchDatabase {
  /** What the servers under test are told. */
  settings: ServerSettings;
  /** Access token of a signed-in reader. */
  token: string;
  pid: number;
  /** An empty folder that goes with the database. */
  folder: string;
  close(): Promise<void>;
}

const ISSUER = 'https://bench.gyeongdan.invalid';
const ARTICLES = 500;

/** A migrated PostgreSQL with a few hundred published articles and one signed-in reader. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-bench-'));
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder, settings: { fsync: 'off' } });
  const close = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await postgres.ensureDatabase('bench');
    const databaseUrl = postgres.url('bench');
    await migrateDatabase(databaseUrl);
    await migrateQueue(databaseUrl);
    const signingKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ format: 'pem', type: 'pkcs8' })
      .toString();
    const token = await fill(databaseUrl, signingKey);
    return { settings: { databaseUrl, signingKey, issuer: ISSUER }, token, pid: postgres.pid, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fill(url: string, signingKey: string): Promise<string> {
  const logger = createLogger({ level: 'error', pretty: false });
  const database = openDatabase({
    url,
    connections: 2,
    logger,
  });
  const { pool, prisma } = database;
  try {
    await seedDatabase(prisma, new Date());
    // Without the bounds of a pool: search material is made of each article.
    await withClient({ connectionString: url }, async (client) => {
      await client.query(
        `INSERT INTO "Article" (id, title, content, comment, category, phrases, "publisherId", "sourceUrl", "imageUrl",
                              "publishedAt", "releasedAt", "viewCount", status, "createdAt", "updatedAt")
       SELECT gen_random_uuid(), title, content, comment, category, phrases, "publisherId", at.url, at.url || '.jpg',
              at.time, at.time, n * 7, 'PUBLISHED', at.time, at.time
       FROM generate_series(1, $1::int) n
       JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS total FROM "Article") a
         ON a.place = n % a.total,
       LATERAL (SELECT now() - n * interval '7 minutes' AS time,
                       'https://news.gyeongdan.invalid/articles/' || n AS url) at`,
        [ARTICLES],
      );
      await client.query('VACUUM ANALYZE');
    });
    const user = await prisma.user.create({ data: { kakaoId: '1', name: '벤치 독자' } });
    const tokens = new TokenSigner(new KeyRing({ pems: [signingKey], file: null, logger }), ISSUER);
    const guard = new ViewerGuard({ pool, tokens, clock: systemClock });
    const sessions = new SessionService({ prisma, tokens, guard, clock: systemClock });
    return (await sessions.start(prisma, user.id, 'bench')).accessToken;
  } finally {
    await database.close();
  }
}
