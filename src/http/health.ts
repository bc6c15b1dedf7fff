import type { FastifyInstance } from 'fastify';
import type { SharedContext } from '../context/shared';
import { pendingMigrations } from '../adapters/database/migrations';

/** Liveness says the process runs; readiness that it should get requests: neither stopping nor still warming up. */
export function registerHealth(
  app: FastifyInstance,
  { database, logger }: Pick<SharedContext, 'database' | 'logger'>,
  { draining, warmedUp }: { draining(): boolean; warmedUp(): Promise<void> },
): void {
  let migrated = false;
  app.get('/health/live', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );

  app.get('/health/ready', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    if (draining()) return reply.code(503).send({ status: 'stopping' });
    try {
      // Once migrated it stays so: a newer release only adds to what this one knows.
      migrated ||= (await pendingMigrations(database.pool)).length === 0;
      if (!migrated) return await reply.code(503).send({ status: 'failing', database: 'not migrated' });
      await database.pool.query('SELECT 1');
      await warmedUp();
      return await reply.send({ status: 'ok' });
    } catch (error) {
      logger.warn({ error }, 'not ready: the database does not answer');
      return reply.code(503).send({ status: 'failing', database: 'unavailable' });
    }
  });
}
