import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer, type HTTPGraphQLResponse } from '@apollo/server';
import { AppError, type Localized } from '../../errors';
import type { GatewayContext } from '../../context/gateway';
import type { Logger } from '../../logger';
import { NOT_STORED } from '../../schema/cache-hints';
import { bodyInEnglish } from '../../schema/format-error';
import type { RequestContext } from '../../schema/request-context';
import { faultBody, retryAfter } from '../fault-body';
import { answerTypeOf } from './answer-type';
import type { KnownAnswers } from './known-answers';
import { HeldBytes } from '../held-bytes';
import { languageOf, requestIdOf } from '../request-headers';
import type { UnreadAnswers } from '../unread-answers';
import { leavesMuchUnread } from '../unwanted-body';
import { isKnown, keyOf, KeptAnswers, type Answer } from './kept-answers';
import { countCaller } from './limits';
import { callerOf, operationContext, type Caller, type OperationContextDeps } from './operation-context';
import type { PersistedDocuments } from './persisted-documents';
import { isJson, readJsonBody } from './read-json-body';

export interface GraphqlHandlerOptions
  extends OperationContextDeps, Pick<GatewayContext, 'clock' | 'limits' | 'metrics' | 'tracing'> {
  apollo: ApolloServer<RequestContext>;
  known: KnownAnswers | null;
  persisted: PersistedDocuments;
  /** Sent with every answer. */
  headers: Record<string, string>;
  /** True while the process is stopping: connections are not kept. */
  draining: () => boolean;
  unread: UnreadAnswers;
}

/** What the handler holds over all requests. */
interface Held {
  bodies: HeldBytes;
  /** Null where every request is executed. */
  kept: KeptAnswers | null;
  accessLog: Logger;
}

/** What GraphQL calls a name; anything else sent as one stays out of the log. */
const NAME = /^[A-Za-z_]\w{0,99}$/;

const ONLY_JSON: Localized = {
  ko: '답은 application/json이나 application/graphql-response+json으로만 보냅니다.',
  en: 'Answers are application/json or application/graphql-response+json only.',
};

/** Answers a request that came from `address`. */
export type GraphqlHandler = (request: IncomingMessage, response: ServerResponse, address: string) => void;

/** The thin HTTP layer for GraphQL: no framework stands between the socket and Apollo. */
export function createGraphqlHandler(options: GraphqlHandlerOptions): GraphqlHandler {
  const held: Held = {
    bodies: new HeldBytes(),
    kept:
      options.config.engine === 'jit'
        ? new KeptAnswers({ content: options.services.publicContent, clock: options.clock })
        : null,
    // The line of each request holds nothing to redact, and redacting costs twice as much as writing it.
    accessLog: options.logger.child({}, { redact: [] }),
  };
  return (request, response, address) => {
    const exchange = new Exchange(options, held, request, response, address);
    const { traceparent } = request.headers;
    const parent = typeof traceparent === 'string' ? traceparent : null;
    options.tracing
      .span({ name: 'graphql', kind: 'server', parent }, (rename) => exchange.answer(rename))
      .catch((error: unknown) => exchange.fail(error));
  };
}

/** One request and its answer. */
class Exchange {
  private readonly startedAt = performance.now();
  /** The JSON of a POST, once it has been read. */
  private body: unknown;
  /** Of the operation, once it is carried out for this request. */
  private context: RequestContext | null = null;

  constructor(
    private readonly options: GraphqlHandlerOptions,
    private readonly held: Held,
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly address: string,
  ) {}

  async answer(rename: (span: string) => void): Promise<void> {
    try {
      await this.answerOperation(rename);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.refuse(error);
    }
  }

  private async answerOperation(rename: (span: string) => void): Promise<void> {
    const { options, request, address } = this;
    await options.limits.take('address', address);
    const { status, head, body, ...answer } = await this.sharedOrOwn();
    const unread = options.unread.refusal(address);
    if (unread) throw unread;
    const requestId = this.context?.requestId ?? requestIdOf(request);
    // Not by setHeader: headers that are given in one go are written without being kept.
    const own: OutgoingHttpHeaders = { ...head, 'x-request-id': requestId };
    if (this.context?.newViewerName != null) own['viewer-id'] = this.context.newViewerName;
    const sent = head.etag !== undefined && isKnown(request, head.etag as string) ? 304 : status;
    this.send(sent, body, own);
    rename(answer.operation);
    this.finish(sent, { requestId, viewer: this.context?.viewer ?? null }, answer.operation);
  }

  /** An answer that is shared costs its reader a request all the same. */
  private async sharedOrOwn(): Promise<Answer> {
    const { options, held, request } = this;
    const key = held.kept && keyOf(request);
    if (!held.kept || key === null) return this.work();
    const answer = await held.kept.ask(key, () => this.work());
    const name = request.headers['viewer-id'];
    if (!this.context && name !== undefined)
      await countCaller(options.limits, { viewer: null, viewerId: options.viewerIds.read(name) });
    return answer;
  }

  /** Carries the operation out. */
  private async work(): Promise<Answer> {
    const { options, request, response, address } = this;
    // Apollo looks only once it has an answer to send.
    if (answerTypeOf(request.headers.accept) === undefined)
      throw new AppError('BAD_REQUEST', { detail: ONLY_JSON, status: 406 });
    if (request.method === 'POST') this.body = await readJsonBody(request, this.held.bodies, address);
    const { context, setCookie } = await operationContext(options, this.caller());
    this.context = context;
    if (setCookie) response.appendHeader('set-cookie', setCookie);
    await countCaller(options.limits, context);
    if (options.persisted.only) options.persisted.requireListed(this.sentText(), context);
    const { status, headers, text } = await this.execute(context).finally(() => {
      context.end();
      if (mayChangeContent(context)) options.services.publicContent.note();
    });
    // Apollo refused it before there was an operation, and so before the language was looked at.
    const isEarly = headers['cache-control'] === undefined;
    return {
      status,
      head: headers,
      body: isEarly && context.language === 'en' ? bodyInEnglish(String(text)) : text,
      operation: context.label.operation,
    };
  }

  /** For what went wrong outside of GraphQL. */
  fail(error: unknown): void {
    const { request, response, options } = this;
    if (request.destroyed && !request.complete) return; // whoever asked has gone
    options.logger.error({ error }, 'a GraphQL request failed outside of GraphQL');
    if (response.headersSent) response.destroy();
    else this.sendFault(new AppError('INTERNAL_SERVER_ERROR'));
  }

  private async execute(
    context: RequestContext,
  ): Promise<{ status: number; headers: OutgoingHttpHeaders; text: string | Buffer }> {
    const { options, request } = this;
    const known = await options.known?.answer(this.body, request.headers.accept, context);
    if (known) return known;
    const answer = await options.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method!,
        headers: headerMapOf(request),
        search: this.search(),
        body: this.body,
      },
      context: async () => context,
    });
    const { status = 200, headers } = answer;
    return { status, headers: Object.fromEntries(headers), text: completeBody(answer) };
  }

  /** The document as Apollo will find it; one that is there twice it refuses. */
  private sentText(): unknown {
    if (this.request.method === 'GET') return new URLSearchParams(this.search()).get('query');
    return ((this.body ?? {}) as { query?: unknown }).query;
  }

  private search(): string {
    const url = this.request.url!;
    const queryAt = url.indexOf('?');
    return queryAt < 0 ? '' : url.slice(queryAt);
  }

  private caller(): Caller {
    const { request, address } = this;
    const acceptsCookie = request.method === 'POST' && isJson(request.headers);
    return callerOf(request, { address, acceptsCookie, signal: closing(this.response) });
  }

  private refuse(fault: AppError): void {
    const requestId = this.sendFault(fault);
    this.options.metrics.errors.inc({ code: fault.code });
    this.finish(fault.status, { requestId, viewer: null }, 'none');
  }

  private send(status: number, body: string | Buffer, more: OutgoingHttpHeaders): void {
    const head: OutgoingHttpHeaders = { 'cache-control': NOT_STORED, ...this.options.headers, ...more };
    if (status !== 304) head['content-length'] = Buffer.byteLength(body);
    if (this.options.draining() || leavesMuchUnread(this.request)) head.connection = 'close';
    this.response.writeHead(status, head);
    if (status === 304) this.response.end();
    else this.response.end(body);
    this.options.unread.note(this.address, this.response);
  }

  /** An answer without GraphQL; returns the request's id. */
  private sendFault(fault: AppError): string {
    const requestId = requestIdOf(this.request);
    this.send(fault.status, faultBody(fault, languageOf(this.request)), {
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': requestId,
      ...retryAfter(fault),
    });
    return requestId;
  }

  /** Measures and logs. The labels come from our schema and from HTTP itself, never from what a client chose. */
  private finish(
    status: number,
    { requestId, viewer }: Pick<RequestContext, 'requestId' | 'viewer'>,
    operation: string,
  ): void {
    const milliseconds = performance.now() - this.startedAt;
    const { method } = this.request;
    const known = method === 'POST' || method === 'GET' ? method : 'other';
    const labels = { route: '/graphql', method: known, status: String(status) };
    this.options.metrics.httpRequests.observe(labels, milliseconds / 1000);
    this.options.metrics.operations.observe({ operation }, milliseconds / 1000);
    const { operationName } = (this.body ?? {}) as { operationName?: unknown };
    this.held.accessLog.info(
      {
        requestId,
        userId: viewer?.userId,
        operation: typeof operationName === 'string' && NAME.test(operationName) ? operationName : undefined,
        status,
        ms: Math.round(milliseconds * 10) / 10,
      },
      'graphql',
    );
  }
}

function headerMapOf({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) map.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return map;
}

/** Aborted when nobody waits for the answer any more. */
function closing(response: ServerResponse): AbortSignal {
  if (response.closed) return AbortSignal.abort();
  const left = new AbortController();
  response.once('close', () => left.abort());
  return left.signal;
}

/** Everything that changes what anybody may read needs ADMIN; whether it went well, or part of it, tells nobody. */
function mayChangeContent({ label, viewer }: RequestContext): boolean {
  return viewer?.role === 'ADMIN' && label.operation.startsWith('mutation');
}

function completeBody({ body }: HTTPGraphQLResponse): string {
  if (body.kind !== 'complete') throw new Error('incremental delivery is not offered');
  return body.string;
}
