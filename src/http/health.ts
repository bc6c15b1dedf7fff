import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { SharedContext } from '../context/shared';
import { pendingMigrations } from '../adapters/database/migrations';
import { keptFor } from '../adapters/kept-for';

const LOOK_AGAIN_MS = 1_000;
const TELL_AGAIN_MS = 60_000;

const REASONS = {
  'not migrated': 'not ready: the database is not migrated, run npm run migrate',
  unavailable: 'not ready: the database does not answer',
};
type Fault = keyof typeof REASONS;

/** Whether a process should get requests. While it should not, its log says why, at once and every minute. */
export class Readiness {
  private migrated = false;
  private told: { fault: Fault; at: number } | null = null;

  constructor(
    private readonly context: Pick<SharedContext, 'database' | 'logger'>,
    private readonly warmedUp: () => Promise<void> = async () => {},
  ) {}

  /** What keeps it from getting requests; null when nothing does. */
  async fault(): Promise<Fault | null> {
    try {
      const { pool } = this.context.database;
      // Once migrated it stays so: a newer release only adds to what this one knows.
      this.migrated ||= (await pendingMigrations(pool)).length === 0;
      if (!this.migrated) return this.tell('not migrated');
      await pool.query('SELECT 1');
      await this.warmedUp();
      this.told = null;
      return null;
    } catch (error) {
      return this.tell('unavailable', error);
    }
  }

  /** Waits until it should get requests; throws when the process is to stop before. */
  async reached(stop: AbortSignal): Promise<void> {
    while ((await this.fault()) !== null) await delay(LOOK_AGAIN_MS, undefined, { signal: stop });
  }

  private tell(fault: Fault, error?: unknown): Fault {
    const now = performance.now();
    if (this.told?.fault !== fault || now - this.told.at >= TELL_AGAIN_MS) {
      this.told = { fault, at: now };
      this.context.logger.warn({ error }, REASONS[fault]);
    }
    return fault;
  }
}

/** Liveness says the process runs; readiness that it should get requests: neither stopping nor still warming up. */
export function registerHealth(app: FastifyInstance, readiness: Readiness, draining: () => boolean): void {
  // However many ask, the database is asked once a second.
  const fault = keptFor(LOOK_AGAIN_MS, () => readiness.fault());

  app.get('/health/live', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );

  app.get('/health/ready', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    if (draining()) return reply.code(503).send({ status: 'stopping' });
    const database = await fault();
    if (database !== null) return reply.code(503).send({ status: 'failing', database });
    return reply.send({ status: 'ok' });
  });
}
