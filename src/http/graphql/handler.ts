import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer, type HTTPGraphQLResponse } from '@apollo/server';
import { AppError } from '../../errors';
import type { RateLimits } from '../../adapters/rate-limiter/rate-limits';
import type { Metrics } from '../../adapters/telemetry/metrics';
import type { Tracing } from '../../adapters/telemetry/tracing';
import type { Logger } from '../../logger';
import { NOT_STORED } from '../../schema/cache-hints';
import { bodyInEnglish } from '../../schema/format-error';
import type { RequestContext } from '../../schema/request-context';
import { readJsonBody } from '../read-json-body';
import { faultBody, retryAfter } from '../fault-body';
import { languageOf, requestContextOf, requestIdOf, type RequestContextDeps } from '../request-context';

export interface GraphqlHandlerOptions extends RequestContextDeps {
  apollo: ApolloServer<RequestContext>;
  /** Sent with every answer. */
  headers: Record<string, string>;
  /** True while the process is stopping: connections are not kept. */
  draining: () => boolean;
  limits: RateLimits;
  addressOf: (request: IncomingMessage) => string;
  metrics: Metrics;
  tracing: Tracing;
}

/** What GraphQL calls a name; anything else sent as one stays out of the log. */
const NAME = /^[A-Za-z_]\w{0,99}$/;

/** The thin HTTP layer for GraphQL: no framework stands between the socket and Apollo. */
export function createGraphqlHandler(options: GraphqlHandlerOptions): RequestListener {
  // The line of each request holds nothing to redact, and redacting costs twice as much as writing it.
  const { tracing } = options;
  const accessLog = options.logger.child({}, { redact: [] });
  return (request, response) => {
    const answered = tracing.span(
      { name: 'graphql', kind: 'server', parent: traceParentOf(request) },
      (rename) => handle(options, accessLog, request, response, rename),
    );
    answered.catch((error: unknown) => {
      if (request.destroyed && !request.complete) return; // whoever asked has gone
      options.logger.error({ error }, 'a GraphQL request failed outside of GraphQL');
      if (response.headersSent) response.destroy();
      else sendFault(options, request, response, 500, new AppError('INTERNAL_SERVER_ERROR'));
    });
  };
}

async function handle(
  options: GraphqlHandlerOptions,
  accessLog: Logger,
  request: IncomingMessage,
  response: ServerResponse,
  rename: (span: string) => void,
): Promise<void> {
  const startedAt = performance.now();
  const address = options.addressOf(request);
  const tooMany = await refusalOf(options.limits.take('address', address));
  if (tooMany) return refuse(options, accessLog, startedAt, request, response, 429, tooMany);
  const body = request.method === 'POST' ? await readJsonBody(request) : { value: undefined };
  if ('fault' in body)
    return refuse(options, accessLog, startedAt, request, response, body.status, body.fault);
  const context = await requestContextOf(options, request, response, address);
  const tooBusy = await refusalOf(takeOf(options.limits, context));
  if (tooBusy) return refuse(options, accessLog, startedAt, request, response, 429, tooBusy);
  const url = request.url!;
  const queryAt = url.indexOf('?');
  const answer = await options.apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method!,
      headers: headerMapOf(request),
      search: queryAt < 0 ? '' : url.slice(queryAt),
      body: body.value,
    },
    context: async () => context,
  });
  const status = answer.status ?? 200;
  const head: OutgoingHttpHeaders = Object.fromEntries(answer.headers);
  // Not by setHeader: headers that are given in one go are written without being kept.
  head['x-request-id'] = context.requestId;
  if (context.newViewerName !== null) head['viewer-id'] = context.newViewerName;
  // Apollo refused it before there was an operation, and so before the language was looked at.
  const early = head['cache-control'] === undefined;
  const text = completeBody(answer);
  send(options, response, status, early && context.language === 'en' ? bodyInEnglish(text) : text, head);
  rename(context.label.operation);
  measure(options.metrics, startedAt, request, status, context.label.operation);
  logAnswer(accessLog, startedAt, status, context, body.value);
}

/** Counts a request for whoever sent it; one without a name is counted for its address alone. */
function takeOf(limits: RateLimits, { viewer, viewerId }: RequestContext): Promise<void> | undefined {
  if (viewer) return limits.take('user', viewer.userId);
  return viewerId === null ? undefined : limits.take('viewer', viewerId);
}

async function refusalOf(taking: Promise<void> | undefined): Promise<AppError | null> {
  try {
    await taking;
    return null;
  } catch (error) {
    return error as AppError;
  }
}

function refuse(
  options: GraphqlHandlerOptions,
  accessLog: Logger,
  startedAt: number,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  fault: AppError,
): void {
  const requestId = sendFault(options, request, response, status, fault);
  options.metrics.errors.inc({ code: fault.code });
  measure(options.metrics, startedAt, request, status, 'none');
  logAnswer(accessLog, startedAt, status, { requestId }, undefined);
}

function headerMapOf({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) map.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return map;
}

function completeBody({ body }: HTTPGraphQLResponse): string {
  if (body.kind !== 'complete') throw new Error('incremental delivery is not offered');
  return body.string;
}

function send(
  { headers, draining }: GraphqlHandlerOptions,
  response: ServerResponse,
  status: number,
  body: string,
  more: OutgoingHttpHeaders,
): void {
  const head: OutgoingHttpHeaders = {
    'cache-control': NOT_STORED,
    ...headers,
    ...more,
    'content-length': Buffer.byteLength(body),
  };
  if (draining()) head.connection = 'close';
  response.writeHead(status, head);
  response.end(body);
}

/** An answer without GraphQL; returns the request's id. */
function sendFault(
  options: GraphqlHandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  fault: AppError,
): string {
  const requestId = requestIdOf(request);
  send(options, response, status, faultBody(fault, languageOf(request)), {
    'content-type': 'application/json; charset=utf-8',
    'x-request-id': requestId,
    ...retryAfter(fault),
    // What is left of a body that was refused is not read.
    ...(status !== 429 && { connection: 'close' }),
  });
  return requestId;
}

/** The labels come from our schema and from HTTP itself, never from what a client chose. */
function measure(
  metrics: Metrics,
  startedAt: number,
  { method = '' }: IncomingMessage,
  status: number,
  operation: string,
): void {
  const seconds = (performance.now() - startedAt) / 1000;
  const known = method === 'POST' || method === 'GET' ? method : 'other';
  metrics.httpRequests.observe({ route: '/graphql', method: known, status: String(status) }, seconds);
  metrics.operations.observe({ operation }, seconds);
}

function traceParentOf({ headers }: IncomingMessage): string | null {
  return typeof headers.traceparent === 'string' ? headers.traceparent : null;
}

function logAnswer(
  logger: Logger,
  startedAt: number,
  status: number,
  { requestId, viewer }: { requestId: string; viewer?: RequestContext['viewer'] },
  body: unknown,
): void {
  const { operationName } = (body ?? {}) as { operationName?: unknown };
  logger.info(
    {
      requestId,
      userId: viewer?.userId,
      operation: typeof operationName === 'string' && NAME.test(operationName) ? operationName : undefined,
      status,
      ms: Math.round((performance.now() - startedAt) * 10) / 10,
    },
    'graphql',
  );
}
