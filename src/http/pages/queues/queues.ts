import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { asAppError } from '../../../adapters/database/database-errors';
import type { GatewayContext } from '../../../context/gateway';
import type { Assets } from '../playground/assets';
import { queuesPage, signInPage, troublePage, type PageFrame } from '../playground/pages';
import { pageSecurity } from '../page-security';
import { personal, visitorOf } from '../visitor';
import { queuesView } from './queues-view';

const PATH = '/admin/queues';
const FAILED_JOBS = 20;

/**
 * The queues and the newest failed jobs, for ADMIN only, in development too. Reading it changes nothing; its buttons post the
 * mutations to /graphql, so that what guards those guards them.
 */
export async function registerQueues(
  app: FastifyInstance,
  context: GatewayContext,
  assets: Assets,
): Promise<void> {
  const { config, services } = context;
  await app.register(async (pages) => {
    await pages.register(helmet, pageSecurity());
    pages.get<{ Querystring: { notice?: unknown } }>(PATH, async (request, reply) => {
      personal(reply).type('text/html; charset=utf-8');
      const { notice } = request.query;
      const frame: PageFrame = {
        assets,
        heading: '작업 큐',
        visitor: null,
        signInUrl: `${config.publicUrl}/auth/kakao?page=${PATH}`,
        notice: typeof notice === 'string' ? notice : undefined,
      };
      try {
        const visitor = await visitorOf(request, context);
        if (visitor?.role !== 'ADMIN')
          return await reply.code(visitor ? 403 : 401).send(signInPage({ ...frame, visitor }));
        const [queues, failed] = await Promise.all([
          services.queues.list(),
          services.jobs.list({ first: FAILED_JOBS, status: 'FAILED' }),
        ]);
        return await reply.send(queuesPage({ ...frame, visitor }, queuesView(queues, failed.items)));
      } catch (error) {
        const fault = asAppError(error);
        if (fault !== error) context.logger.warn({ error }, 'the queues could not be shown');
        return reply.code(fault.status).send(troublePage(frame, fault));
      }
    });
  });
}
