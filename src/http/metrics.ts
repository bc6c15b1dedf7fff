import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config';
import type { SharedContext } from '../context/shared';
import { sameText } from '../domain/shared/text';

/** Whoever has METRICS_TOKEN; without one they are open in development and absent in production. */
export function mayReadMetrics(
  { metrics: { token }, production }: Pick<Config, 'metrics' | 'production'>,
  { authorization = '' }: IncomingHttpHeaders,
): boolean {
  return token === null ? !production : sameText(authorization, `Bearer ${token}`);
}

export function registerMetrics(app: FastifyInstance, { config, metrics }: SharedContext): void {
  const { token } = config.metrics;
  app.get('/metrics', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (token === null && config.production) return reply.callNotFound();
    if (!mayReadMetrics(config, request.headers))
      return reply.code(401).header('www-authenticate', 'Bearer').send({ status: 'unauthorized' });
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

/** Counts and times every page; GraphQL counts itself. */
export function measurePages(app: FastifyInstance, { metrics }: SharedContext): void {
  app.addHook('onResponse', async (request, reply) => {
    const { url: route = 'none' } = request.routeOptions;
    const labels = { route, method: request.method, status: String(reply.statusCode) };
    metrics.httpRequests.observe(labels, reply.elapsedTime / 1000);
  });
}
