import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { introspectionFromSchema, type GraphQLSchema } from 'graphql';
import { isDatabaseOutage } from '../../../adapters/database/database-errors';
import type { GatewayContext } from '../../../context/gateway';
import { AppError, type ErrorCode } from '../../../errors';
import { sendFault } from '../page-faults';
import { loadAssets, type Asset } from './assets';
import { DemoArticle } from './demo-article';
import { exampleOperations } from './examples';
import { playgroundPage, signInPage, troublePage, type PageFrame } from './pages';
import { visitorOf, type Visitor } from './visitor';

const SCHEMA_URL = '/graphql/schema.json';

/** Inline styles are CodeMirror's; remote pictures are GraphiQL's previews of image addresses in results. */
const SECURITY_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'https:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'form-action': ["'none'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
};

type Answer = { visitor: Visitor | null } | { outage: boolean };

/**
 * The playground at `GET /graphql` for browsers, its files, and the schema it reads. A production gateway gives it
 * to ADMIN only; in development everybody gets it.
 */
export async function registerPlayground(
  app: FastifyInstance,
  context: GatewayContext,
  schema: GraphQLSchema,
): Promise<void> {
  const { config, logger } = context;
  const assets = await loadAssets();
  const introspection = JSON.stringify(introspectionFromSchema(schema));
  const newsroom = config.production ? null : (config.crawler.trustedOrigins[0] ?? null);
  const demoArticle = new DemoArticle(newsroom);

  const whoAsks = async (request: FastifyRequest): Promise<Answer> => {
    try {
      return { visitor: await visitorOf(request, context) };
    } catch (error) {
      logger.warn({ error }, 'the playground could not tell who asks');
      return { outage: isDatabaseOutage(error) };
    }
  };
  const mayEnter = (visitor: Visitor | null) => !config.production || visitor?.role === 'ADMIN';

  await app.register(async (pages) => {
    await pages.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives: SECURITY_POLICY },
      referrerPolicy: { policy: 'same-origin' },
      strictTransportSecurity: false, // the gateway's
      xFrameOptions: { action: 'deny' },
    });
    pages.get('/', async (_request, reply) => reply.redirect('/graphql'));
    for (const asset of Object.values(assets))
      pages.get(asset.url, async (request, reply) => sendAsset(request, reply, asset));

    pages.get<{ Querystring: { notice?: unknown } }>('/graphql', async (request, reply) => {
      personal(reply).type('text/html; charset=utf-8');
      const answer = await whoAsks(request);
      const { notice } = request.query;
      const frame: PageFrame = {
        assets,
        visitor: 'outage' in answer ? null : answer.visitor,
        signInUrl: `${config.publicUrl}/auth/kakao`,
        notice: typeof notice === 'string' ? notice : undefined,
      };
      if ('outage' in answer) return reply.code(answer.outage ? 503 : 500).send(troublePage(frame, answer));
      if (!mayEnter(frame.visitor)) return reply.code(frame.visitor ? 403 : 200).send(signInPage(frame));
      const examples = exampleOperations({ articleUrl: await demoArticle.url() });
      return reply.send(playgroundPage(frame, { schemaUrl: SCHEMA_URL, examples, newsroom }));
    });

    pages.get(SCHEMA_URL, async (request, reply) => {
      personal(reply).type('application/json; charset=utf-8');
      const refuse = (status: number, code: ErrorCode) =>
        sendFault(request.raw, reply, status, new AppError(code));
      const answer = await whoAsks(request);
      if ('outage' in answer)
        return answer.outage ? refuse(503, 'UPSTREAM_UNAVAILABLE') : refuse(500, 'INTERNAL_SERVER_ERROR');
      if (mayEnter(answer.visitor)) return reply.send(introspection);
      return answer.visitor ? refuse(403, 'FORBIDDEN') : refuse(401, 'UNAUTHENTICATED');
    });
  });
}

/** What depends on who asks is kept by no cache. */
function personal(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'private, no-store').header('vary', 'Cookie');
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  reply
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('vary', 'Accept-Encoding')
    .type(asset.contentType);
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(asset.body);
  return reply.header('content-encoding', 'gzip').send(asset.gzipped);
}
