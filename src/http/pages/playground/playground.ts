import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { introspectionFromSchema, type GraphQLSchema } from 'graphql';
import { asAppError } from '../../../adapters/database/database-errors';
import type { GatewayContext } from '../../../context/gateway';
import { AppError } from '../../../errors';
import { browserTokenOf } from '../../browser-cookie';
import { loadAssets, type Asset } from './assets';
import { firstArticleOf } from './demo-article';
import { exampleOperations } from './examples';
import { playgroundPage, signInPage, troublePage, type PageFrame, type Visitor } from './pages';

const SCHEMA_URL = '/graphql/schema.json';
/** What the requestArticle example is given where no newsroom has one that works. */
const SOME_ARTICLE = 'https://www.mk.co.kr/news/economy/기사번호';

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

/**
 * The playground at `GET /graphql` for browsers, its files, and the schema it reads. A production gateway gives it
 * to ADMIN only; in development everybody gets it.
 */
export async function registerPlayground(
  app: FastifyInstance,
  context: GatewayContext,
  schema: GraphQLSchema,
): Promise<void> {
  const { config } = context;
  const assets = await loadAssets();
  const introspection = JSON.stringify(introspectionFromSchema(schema));
  const newsroom = config.production ? null : (config.crawler.trustedOrigins[0] ?? null);
  let demoArticle: string | null = null;

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
      const visitor = await visitorOf(request, context).catch(asAppError);
      const { notice } = request.query;
      const frame: PageFrame = {
        assets,
        visitor: visitor instanceof AppError ? null : visitor,
        signInUrl: `${config.publicUrl}/auth/kakao`,
        notice: typeof notice === 'string' ? notice : undefined,
      };
      if (visitor instanceof AppError) return reply.code(visitor.status).send(troublePage(frame, visitor));
      if (!mayEnter(visitor)) return reply.code(visitor ? 403 : 200).send(signInPage(frame));
      if (newsroom !== null) demoArticle ??= await firstArticleOf(newsroom);
      const examples = exampleOperations({ articleUrl: demoArticle ?? SOME_ARTICLE });
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

/**
 * Reads the browser cookie; null for anybody who is not signed in. For GETs that change nothing: the cookie is
 * believed without an Origin. Throws AppError when the database is away.
 */
async function visitorOf(
  request: FastifyRequest,
  { config, services, logger }: GatewayContext,
): Promise<Visitor | null> {
  const token = browserTokenOf(config, request.headers.cookie);
  if (!token) return null;
  try {
    const viewer = await services.guard.viewer('browser', token);
    const { name } = await services.users.me(viewer);
    return { name, role: viewer.role };
  } catch (error) {
    const fault = asAppError(error);
    if (fault.code === 'UNAUTHENTICATED') return null;
    logger.warn({ error }, 'the playground could not tell who asks');
    throw fault;
  }
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
