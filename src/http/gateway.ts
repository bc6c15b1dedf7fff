import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { GatewayContext } from '../context/gateway';
import { buildSchema } from '../schema/build-schema';
import { createGraphqlHandler } from './graphql/handler';
import { EventStreams } from './graphql/event-streams';
import { LiveConnections } from './graphql/live-connections';
import { LiveOperations } from './graphql/live-operations';
import { openPersistedDocuments } from './graphql/persisted-files';
import { createGraphqlServer } from './graphql/server';
import { CompiledDocuments } from '../schema/compiled-execution';
import { GraphqlSockets } from './graphql/sockets';
import { Admission } from './admission';
import { alwaysServed } from './always-served';
import { clientAddressOf } from './client-address';
import { crossOrigin } from './cross-origin';
import { Drain } from './drain';
import { leaveBodies } from './pages/leave-bodies';
import { limitPages } from './pages/limit-pages';
import { Readiness, registerHealth } from './health';
import { registerCharts } from './pages/charts';
import { registerOldLinks } from './pages/old-links';
import { registerBrowserLogin } from './pages/browser-login';
import { answerFrameworkFault, registerFaults } from './pages/page-faults';
import { UnreadAnswers } from './unread-answers';
import { answerWithoutUpgrade, asksForSocket, GRAPHQL_PATH, isPath, STREAM_PATH } from './upgrades';
import { kakaoWebhook } from './webhooks';
import { measurePages, registerMetrics } from './metrics';
import { registerNewsletter } from './pages/newsletter/newsletter';
import { loadAssets } from './pages/playground/assets';
import { registerPlayground } from './pages/playground/playground';
import { registerQueues } from './pages/queues/queues';
import { registerSources } from './pages/sources/sources';

export interface Gateway {
  /** Where it listens, e.g. http://127.0.0.1:4000. */
  url: string;
  readiness: Readiness;
  /** Fails readiness, lets running requests end, closes connections. */
  stop(): Promise<void>;
}

/** Headers of every GraphQL answer. */
const BASE_HEADERS = {
  vary: 'Authorization, Cookie, Accept, Accept-Language, Origin',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};
const HSTS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

/** Answers under way get so long to end; a client that does not read its own holds up no stop. */
const LAST_ANSWERS_MS = 8_000;

/** Starts the HTTP server: GraphQL on a thin handler, everything else on Fastify. */
export async function startGateway(context: GatewayContext): Promise<Gateway> {
  const { config, keys, logger, services, limits, metrics } = context;
  const addressOf = clientAddressOf(config.trustedProxies);
  const drain = new Drain(config.drainSeconds);
  const schema = buildSchema(services);
  const persisted = openPersistedDocuments(config, logger, schema);
  const compiled = config.engine === 'jit' ? new CompiledDocuments(schema) : null;
  const { apollo, known } = createGraphqlServer(context, schema, persisted, compiled);
  await apollo.start();
  const headers = { ...BASE_HEADERS, ...(config.production && HSTS) };
  const unread = new UnreadAnswers();
  const isAlwaysServed = alwaysServed(config);
  const admission = new Admission({ limits, metrics, unread, isAlwaysServed, headers });
  const graphql = createGraphqlHandler({
    ...context,
    apollo,
    known,
    persisted,
    headers,
    draining: () => drain.begun,
    unread,
  });
  const allowOrigins = crossOrigin(config);
  const deps = { ...context, apollo, compiled, persisted, schema, headers, draining: () => drain.begun };
  const live = new LiveOperations(deps);
  const connections = new LiveConnections({ ...context });
  const sockets = new GraphqlSockets({ ...deps, live, connections });
  const streams = new EventStreams({ ...deps, live, connections });

  let server: Server | undefined;
  const app: FastifyInstance = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: answerFrameworkFault,
    routerOptions: { ignoreTrailingSlash: true },
    serverFactory: (fastify) => {
      // Slow senders are cut: headers within 6 s, the whole request within 9 s; checked every second.
      const options = {
        headersTimeout: 5_000,
        requestTimeout: 8_000,
        connectionsCheckingInterval: 1_000,
        keepAliveTimeout: 72_000,
      };
      server = createServer(options, (request, response) => {
        if (!admission.admitsOn(request, response)) return;
        drain.noteRequest(request);
        const address = addressOf(request);
        const toStream = isPath(request, STREAM_PATH);
        const toGraphql = toStream || isGraphql(request);
        const answer = () => {
          if (!admission.admitsFrom(address, request, response)) return;
          if (toStream) void streams.answer(request, response, address);
          else if (toGraphql) graphql(request, response, address);
          else fastify(request, response);
        };
        // Only browsers say where they come from.
        if (toGraphql && (request.headers.origin !== undefined || request.method === 'OPTIONS'))
          allowOrigins(request, response, answer);
        else answer();
      });
      admission.watch(server);
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        if (asksForSocket(request)) void sockets.upgrade(request, socket, head, addressOf(request));
        else answerWithoutUpgrade(server!, request, socket, head);
      });
      return server;
    },
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({
      ...(config.production && HSTS),
      'x-content-type-options': 'nosniff',
      ...(drain.begun && { connection: 'close' }),
    });
  });
  app.addHook('onClose', () => apollo.stop());
  registerFaults(app);
  leaveBodies(app);
  measurePages(app, context);
  limitPages(app, limits, addressOf, isAlwaysServed);
  const readiness = new Readiness(context, () => services.recommendations.ready());
  registerHealth(app, readiness, () => drain.begun);
  // The public keys with which others can verify our tokens (RFC 7517).
  app.get('/.well-known/jwks.json', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').send(keys.jwks()),
  );
  registerMetrics(app, context);
  registerBrowserLogin(app, context);
  registerCharts(app, context);
  registerOldLinks(app, context);
  try {
    await app.register(kakaoWebhook(context));
    const assets = await loadAssets();
    await registerPlayground(app, context, schema, assets);
    await registerQueues(app, context, assets);
    await registerSources(app, context, assets);
    await registerNewsletter(app, context, assets);
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await app.close();
    throw error;
  }

  const { port } = server!.address() as AddressInfo;
  return {
    url: `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`,
    readiness,
    async stop() {
      // Load balancers stop sending first; only then are connections closed.
      await drain.run();
      streams.close();
      await sockets.close();
      const cut = setTimeout(() => server!.closeAllConnections(), LAST_ANSWERS_MS);
      await app.close();
      clearTimeout(cut);
    },
  };
}

/** POSTs, preflights and persisted GETs; a browser that asks for a page gets the playground. */
function isGraphql(request: IncomingMessage): boolean {
  const { method, headers } = request;
  return isPath(request, GRAPHQL_PATH) && (method !== 'GET' || !(headers.accept ?? '').includes('text/html'));
}
