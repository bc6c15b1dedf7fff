import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { createHandler } from 'graphql-sse';
import Negotiator from 'negotiator';
import { AppError, type Localized } from '../../errors';
import { NOT_STORED } from '../../schema/cache-hints';
import { faultBody, retryAfter } from '../fault-body';
import { HeldBytes } from '../held-bytes';
import { languageOf, requestIdOf } from '../request-headers';
import { leavesMuchUnread } from '../unwanted-body';
import { cutReason, type LiveConnections } from './live-connections';
import type { LiveOperations, LiveOperationsDeps, Refusal } from './live-operations';
import { callerOf, type Caller } from './operation-context';
import { isJson, readJsonBody } from './read-json-body';
import type { SubscriptionEvents } from './subscription-events';

const CHECK_MS = 10_000;
const TYPE = 'text/event-stream';

const ONLY_EVENTS: Localized = {
  ko: '이 주소는 text/event-stream으로만 답합니다.',
  en: 'This address answers text/event-stream only.',
};
const MALFORMED: Localized = {
  ko: 'JSON 본문을 POST로 보내거나, query를 주소에 담아 GET으로 보내 주세요.',
  en: 'Send a JSON body by POST, or the query in the address by GET.',
};

export interface EventStreamsDeps extends LiveOperationsDeps {
  live: LiveOperations;
  connections: LiveConnections;
  draining: () => boolean;
  headers: Record<string, string>;
}

interface Exchange {
  response: ServerResponse;
  caller: Caller;
  /** The last event has been taken. */
  taken: Promise<void>;
}

/** What was refused before the stream began, in GraphQL's form and with the status that HTTP would have. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super('refused');
  }
}

/** Subscriptions over server-sent events, by the protocol of graphql-sse: one connection for each. */
export class EventStreams {
  private readonly open = new Set<ServerResponse>();
  private readonly bodies = new HeldBytes();
  private readonly handle = createHandler<IncomingMessage, Exchange>({
    // No streams by token: nothing outlives its connection.
    authenticate: () => null as never,
    validate: () => [],
    onSubscribe: ({ context }, request) => this.subscribe(context, request),
    subscribe: (({ contextValue }: { contextValue: SubscriptionEvents }) => contextValue) as never,
    // The next event is made when this one can be taken.
    onNext: (_events, { context }) => context.taken,
  });

  constructor(private readonly deps: EventStreamsDeps) {}

  /** Answers a request that came from `address`. */
  async answer(request: IncomingMessage, response: ServerResponse, address: string): Promise<void> {
    try {
      await this.stream(request, response, address);
    } catch (error) {
      if (request.destroyed && !request.complete) return;
      if (error instanceof Refused) return this.refuse(request, response, error.refusal);
      const fault = error instanceof AppError ? error : new AppError('INTERNAL_SERVER_ERROR');
      if (fault !== error) this.deps.logger.error({ error }, 'an event stream failed');
      if (response.headersSent) response.destroy();
      else this.fail(request, response, fault);
    }
  }

  /** Ends all of them, as a lost connection would: clients come back. */
  close(): void {
    for (const response of this.open) response.end();
  }

  private async stream(request: IncomingMessage, response: ServerResponse, address: string): Promise<void> {
    const { method, headers } = request;
    if (method !== 'POST' && method !== 'GET') throw new AppError('BAD_REQUEST', { status: 405 });
    if (!acceptsEvents(request)) throw new AppError('BAD_REQUEST', { detail: ONLY_EVENTS, status: 406 });
    if (this.deps.draining()) throw new AppError('UPSTREAM_UNAVAILABLE');
    const body = method === 'POST' ? await readJsonBody(request, this.bodies, address) : undefined;
    const gone = new AbortController();
    const leave = this.deps.connections.enter(address, 'stream');
    response.once('close', () => {
      gone.abort();
      leave();
    });
    const acceptsCookie = method === 'POST' && isJson(headers);
    const caller = callerOf(request, { address, acceptsCookie, signal: gone.signal });
    const exchange: Exchange = { response, caller, taken: Promise.resolve() };
    const [events, head] = await this.handle({
      method,
      // The protocol wants a query where a hash is enough; what was sent comes first.
      url: `${request.url!}${request.url!.includes('?') ? '&' : '?'}query=`,
      headers: { get: (name) => (name === 'accept' ? TYPE : (headers[name] as string | undefined)) },
      body: { query: '', ...(body as object) } as never,
      raw: request,
      context: exchange,
    });
    if (events === null || typeof events === 'string')
      throw new AppError('BAD_REQUEST', { detail: MALFORMED, status: head.status });
    await this.send(exchange, events);
  }

  private async send(exchange: Exchange, events: AsyncGenerator<string, void, undefined>): Promise<void> {
    const { response, caller } = exchange;
    const headers = {
      ...this.deps.headers,
      'content-type': `${TYPE}; charset=utf-8`,
      'cache-control': NOT_STORED,
    };
    // Proxies such as nginx would keep the events until the answer ends.
    response.writeHead(200, { ...headers, 'x-request-id': caller.requestId, 'x-accel-buffering': 'no' });
    this.open.add(response);
    const check = setInterval(() => void this.check(response, caller), CHECK_MS);
    response.once('close', () => {
      clearInterval(check);
      this.open.delete(response);
      void events.return();
    });
    if (response.destroyed) response.emit('close');
    for await (const event of events) {
      if (response.writableEnded || response.destroyed) return;
      await (exchange.taken = written(response, event));
    }
    response.end();
  }

  private async subscribe({ response, caller }: Exchange, request: object) {
    const end = (failure: AppError) => this.end(response, failure);
    const opened = await this.deps.live.open(caller, request, 'stream', end);
    if (!('events' in opened)) throw new Refused(opened);
    return { schema: this.deps.schema, document: opened.document, contextValue: opened.events } as never;
  }

  /** Ends a stream whose token or session has ended: whoever comes back with it is told why. */
  private async check(response: ServerResponse, caller: Caller): Promise<void> {
    const found = await this.deps.connections.signedIn(caller, false);
    if (found instanceof AppError && found.code === 'UNAUTHENTICATED') this.end(response, found);
  }

  private end(response: ServerResponse, failure: AppError): void {
    this.deps.metrics.liveCut.inc({ reason: cutReason(failure) });
    response.end();
  }

  private refuse(
    request: IncomingMessage,
    response: ServerResponse,
    { status, errors, headers }: Refusal,
  ): void {
    this.sendJson(request, response, status, JSON.stringify({ errors }), headers);
  }

  private fail(request: IncomingMessage, response: ServerResponse, fault: AppError): void {
    this.deps.metrics.errors.inc({ code: fault.code });
    const allow = fault.status === 405 ? { allow: 'GET, POST' } : {};
    const headers = { ...retryAfter(fault), ...allow };
    this.sendJson(request, response, fault.status, faultBody(fault, languageOf(request)), headers);
  }

  private sendJson(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    body: string,
    more: OutgoingHttpHeaders,
  ): void {
    response.writeHead(status, {
      ...this.deps.headers,
      'cache-control': NOT_STORED,
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'x-request-id': requestIdOf(request),
      ...more,
      ...((this.deps.draining() || leavesMuchUnread(request)) && { connection: 'close' }),
    });
    response.end(body);
  }
}

function acceptsEvents({ headers }: IncomingMessage): boolean {
  return headers.accept === undefined || new Negotiator({ headers }).mediaType([TYPE]) !== undefined;
}

/** Resolves when it is with the system, or nobody takes it any more. */
function written(response: ServerResponse, event: string): Promise<void> {
  return new Promise((resolve) => response.write(event, () => resolve()));
}
