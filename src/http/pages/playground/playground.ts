import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { introspectionFromSchema, type GraphQLSchema } from 'graphql';
import { asAppError } from '../../../adapters/database/database-errors';
import type { GatewayContext } from '../../../context/gateway';
import { AppError } from '../../../errors';
import { pageSecurity } from '../page-security';
import { personal, visitorOf, type Visitor } from '../visitor';
import type { Asset, Assets } from './assets';
import { firstArticleOf } from './demo-article';
import { exampleOperations } from './examples';
import { playgroundPage, signInPage, troublePage, type PageFrame } from './pages';

const SCHEMA_URL = '/graphql/schema.json';
/** Inline styles are CodeMirror's; remote pictures are GraphiQL's previews of image addresses in results. */
const ALLOWED = {
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'https:'],
  'font-src': ["'self'", 'data:'],
};

/**
 * The playground at `GET /graphql` for browsers, its files, and the schema it reads. A production gateway gives it
 * to ADMIN only; in development everybody gets it.
 */
export async function registerPlayground(
  app: FastifyInstance,
  context: GatewayContext,
  schema: GraphQLSchema,
  assets: Assets,
): Promise<void> {
  const { config } = context;
  const introspection = JSON.stringify(introspectionFromSchema(schema));
  const newsroom = config.production ? null : (config.crawler.trustedOrigins[0] ?? null);
  let demoArticle: string | null = null;

  const mayEnter = (visitor: Visitor | null) => !config.production || visitor?.role === 'ADMIN';

  await app.register(async (pages) => {
    await pages.register(helmet, pageSecurity(ALLOWED));
    pages.get('/', async (_request, reply) => reply.redirect('/graphql'));
    for (const asset of Object.values(assets))
      pages.get(asset.url, async (request, reply) => sendAsset(request, reply, asset));

    pages.get<{ Querystring: { notice?: unknown } }>('/graphql', async (request, reply) => {
      personal(reply).type('text/html; charset=utf-8');
      const visitor = await visitorOf(request, context).catch(asAppError);
      const { notice } = request.query;
      const frame: PageFrame = {
        assets,
        visitor: visitor instanceof AppError ? null : visitor,
        heading: 'GraphQL',
        signInUrl: `${config.publicUrl}/auth/kakao`,
        notice: typeof notice === 'string' ? notice : undefined,
      };
      if (visitor instanceof AppError) return reply.code(visitor.status).send(troublePage(frame, visitor));
      if (!mayEnter(visitor)) return reply.code(visitor ? 403 : 200).send(signInPage(frame));
      if (newsroom !== null) demoArticle ??= await firstArticleOf(newsroom);
      const examples = exampleOperations(demoArticle);
      return reply.send(playgroundPage(frame, { schemaUrl: SCHEMA_URL, examples, newsroom }));
    });

    pages.get(SCHEMA_URL, async (request, reply) => {
      personal(reply).type('application/json; charset=utf-8');
      const visitor = await visitorOf(request, context);
      if (!mayEnter(visitor)) throw new AppError(visitor ? 'FORBIDDEN' : 'UNAUTHENTICATED');
      return reply.send(introspection);
    });
  });
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  reply
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('vary', 'Accept-Encoding')
    .type(asset.contentType);
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(asset.body);
  return reply.header('content-encoding', 'gzip').send(asset.gzipped);
}
