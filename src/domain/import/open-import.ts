import type { Prisma } from '../../adapters/database/database';
import { pendingMigrations } from '../../adapters/database/migrations';
import { ImportError } from './import-error';
import { IDENTITY, type OldDatabase } from './old-database';
import { OLD_SCHEMAS } from './old-table';
import { IMPORT_STEPS } from './steps';

/** Any constant of our own. */
const IMPORT_LOCK = 7_301_003;
/** Until the connection of an import that was killed has ended. */
const LOCK_WAIT_SECONDS = 20;

interface Target {
  prisma: Prisma;
  pool: Parameters<typeof pendingMigrations>[0];
}

/**
 * Looks whether what is in one database can move into the other, and keeps other imports out for as long as the connection
 * lives. Throws ImportError.
 */
export async function checkImport(old: OldDatabase, { prisma, pool }: Target): Promise<void> {
  const pending = await pendingMigrations(pool).catch((cause: unknown) => {
    throw new ImportError('TARGET_UNREACHABLE', 'Our own database, DATABASE_URL, cannot be reached.', {
      cause,
    });
  });
  if (pending.length > 0)
    throw new ImportError('TARGET_NOT_MIGRATED', 'Our own database is not migrated: run npm run migrate.');
  const { rows } = await pool.query(IDENTITY);
  if (Object.values(rows[0]!)[0] === old.identity)
    throw new ImportError('SAME_DATABASE', '--from is our own database: name the one that moves in.');
  if (IMPORT_STEPS.every(({ table }) => old.named(table).length === 0))
    throw new ImportError(
      'NO_OLD_TABLES',
      `Its schemas ${OLD_SCHEMAS.join(' and ')} have none of the old services' tables, or this user may not see them.`,
    );
  await lock(prisma);
}

async function lock(prisma: Prisma): Promise<void> {
  await prisma.$executeRawUnsafe(`SET lock_timeout = '${LOCK_WAIT_SECONDS}s'`);
  try {
    await prisma.$executeRaw`SELECT pg_advisory_lock(${IMPORT_LOCK})`;
  } catch (cause) {
    throw new ImportError('IMPORT_RUNS', 'Another import is under way.', { cause });
  }
}
