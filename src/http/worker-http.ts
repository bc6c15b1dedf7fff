import Fastify from 'fastify';
import type { SharedContext } from '../context/shared';
import { Readiness, registerHealth } from './health';
import { registerMetrics } from './metrics';
import { leaveBodies } from './pages/leave-bodies';

/** Health and metrics of a worker process. A port that is taken is told, and does not keep the worker from working. */
export async function startWorkerHttp(
  context: SharedContext,
): Promise<{ readiness: Readiness; stop(): Promise<void> }> {
  const { config, logger } = context;
  const app = Fastify();
  leaveBodies(app);
  const readiness = new Readiness(context);
  registerHealth(app, readiness, () => false);
  registerMetrics(app, context);
  try {
    const url = await app.listen({ host: config.host, port: config.metrics.workerPort });
    logger.info({ url }, 'the worker tells its health and metrics');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const port = config.metrics.workerPort;
    if (code === 'EADDRINUSE')
      logger.warn({ port }, 'WORKER_PORT is taken: this worker has no health page and no metrics');
    else logger.error({ error }, 'WORKER_PORT cannot be used: this worker has no health page and no metrics');
  }
  return { readiness, stop: () => app.close() };
}
