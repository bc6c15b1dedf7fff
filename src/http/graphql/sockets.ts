import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { GraphQLError, type ExecutionArgs, type GraphQLFormattedError } from 'graphql';
import { handleProtocols, makeServer, type Context, type ServerOptions } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { AppError, type Localized } from '../../errors';
import { mayOpenSocket } from '../cross-origin';
import { faultBody, retryAfter } from '../fault-body';
import { languageOf } from '../request-headers';
import { ClientSocket } from './client-socket';
import { CLOSE_CODES, cutReason, type LiveConnections } from './live-connections';
import type { LiveOperations, LiveOperationsDeps } from './live-operations';
import { callerOf, type Caller } from './operation-context';
import { outageIn, type SubscriptionEvents } from './subscription-events';

const MAX_FRAME_BYTES = 64 * 1024;
const INIT_WITHIN_MS = 5_000;
const MAX_SUBSCRIPTIONS_OF_SOCKET = 100;
/** For a client to answer the close; then its connection is cut. */
const CLOSING_MS = 1_000;

const FOREIGN: Localized = { ko: '이 페이지는 연결할 수 없습니다.', en: 'This page may not connect.' };

interface Extra {
  client: ClientSocket;
  /** Of the upgrade, and of connection_init on top. */
  caller: Caller;
  wasSignedIn: boolean;
}
type SocketContext = Context<Record<string, unknown>, Extra>;

export interface GraphqlSocketsDeps extends LiveOperationsDeps {
  live: LiveOperations;
  connections: LiveConnections;
  /** True while the process is stopping. */
  draining: () => boolean;
  /** Sent with every refusal. */
  headers: Record<string, string>;
}

/** Subscriptions over WebSockets, by the protocol of graphql-ws. */
export class GraphqlSockets {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols,
  });
  private readonly protocol = makeServer<Record<string, unknown>, Extra>(this.options());

  constructor(private readonly deps: GraphqlSocketsDeps) {}

  /** Answers a request to upgrade that came from `address`. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): Promise<void> {
    socket.on('error', () => socket.destroy());
    try {
      const leave = await this.admit(request, address);
      socket.once('close', leave);
      if (socket.destroyed) return leave();
      this.server.handleUpgrade(request, socket, head, (opened) => this.opened(opened, request, address));
    } catch (error) {
      const fault = error instanceof AppError ? error : new AppError('INTERNAL_SERVER_ERROR');
      if (fault !== error) this.deps.logger.error({ error }, 'a socket could not be opened');
      this.refuse(request, socket, fault);
    }
  }

  /** Tells every client to come back, and another gateway is there for it. */
  async close(): Promise<void> {
    const sockets = [...this.server.clients];
    for (const socket of sockets) socket.close(CLOSE_CODES.restart, 'restarting, please reconnect');
    const left = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    await Promise.race([Promise.all(left), delay(CLOSING_MS, undefined, { ref: false })]);
    for (const socket of this.server.clients) socket.terminate();
  }

  private async admit(request: IncomingMessage, address: string): Promise<() => void> {
    const { config, connections, draining, limits } = this.deps;
    if (!mayOpenSocket(config, request.headers.origin)) throw new AppError('FORBIDDEN', { detail: FOREIGN });
    if (draining()) throw new AppError('UPSTREAM_UNAVAILABLE');
    const fault = limits.refusal('address', address);
    if (fault) throw fault;
    await limits.take('socket', address);
    return connections.enter(address, 'socket');
  }

  private opened(socket: WebSocket, request: IncomingMessage, address: string): void {
    const gone = new AbortController();
    const caller = callerOf(request, { address, acceptsCookie: true, signal: gone.signal });
    const client = new ClientSocket(socket, this.deps.metrics, () => void this.check(extra));
    const extra: Extra = { client, caller, wasSignedIn: false };
    // What is wrong with a frame, ws says itself when it closes.
    socket.on('error', () => {});
    const closed = this.protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) => client.send(text),
        close: (code, reason) => client.close(code ?? CLOSE_CODES.restart, reason ?? ''),
        onMessage: (take) =>
          socket.on('message', (message) => {
            if (client.isWelcome()) take(String(message)).catch((error: unknown) => this.fail(client, error));
          }),
      },
      extra,
    );
    socket.once('close', (code, reason) => {
      gone.abort();
      void closed(code, String(reason));
    });
  }

  private options(): ServerOptions<Record<string, unknown>, Extra> {
    return {
      connectionInitWaitTimeout: INIT_WITHIN_MS,
      onConnect: (context) => this.signIn(context),
      onSubscribe: (context, _id, payload) => this.subscribe(context, payload),
      subscribe: (({ contextValue }: ExecutionArgs) => contextValue as SubscriptionEvents) as never,
      // As it is: its errors are formatted already.
      onNext: (_context, _id, _payload, _args, result) => result,
    };
  }

  private async signIn({ connectionParams = {}, extra }: SocketContext): Promise<true> {
    const { authorization, viewerName } = namedIn(connectionParams);
    extra.caller = {
      ...extra.caller,
      ...(authorization !== undefined && { authorization }),
      ...(viewerName !== undefined && { viewerName }),
    };
    await this.check(extra, true);
    return true;
  }

  /** Ends a socket whose token or session has ended; an outage ends only one that begins. */
  private async check(extra: Extra, isBeginning = false): Promise<void> {
    const { connections } = this.deps;
    const found = await connections.signedIn(extra.caller, extra.wasSignedIn);
    if (!(found instanceof AppError)) extra.wasSignedIn = found;
    else if (isBeginning || found.code === 'UNAUTHENTICATED') this.end(extra, found);
  }

  private async subscribe({ extra, subscriptions }: SocketContext, payload: object) {
    const { live } = this.deps;
    if (Object.keys(subscriptions).length > MAX_SUBSCRIPTIONS_OF_SOCKET) {
      const fault = new AppError('RATE_LIMITED', { retryAfterSeconds: 1 });
      return [sendable({ message: fault.text(extra.caller.language), extensions: fault.extensions })];
    }
    const caller = { ...extra.caller, requestId: randomUUID() };
    const opened = await live.open(caller, payload, 'socket', (failure) => this.end(extra, failure));
    if ('events' in opened) return { document: opened.document, contextValue: opened.events } as never;
    const failure = opened.authFailure ?? outageIn(opened.errors);
    if (failure) this.end(extra, failure);
    return opened.errors.map(sendable);
  }

  private end({ client, caller }: Extra, failure: AppError): void {
    client.close(this.deps.connections.closeCode(failure, caller), failure.text('en'), cutReason(failure));
  }

  private fail(client: ClientSocket, error: unknown): void {
    this.deps.logger.error({ error }, 'a message of a socket failed');
    client.close(CLOSE_CODES.later, 'something went wrong');
  }

  private refuse(request: IncomingMessage, socket: Duplex, fault: AppError): void {
    this.deps.metrics.errors.inc({ code: fault.code });
    const body = faultBody(fault, languageOf(request));
    const head = {
      ...this.deps.headers,
      ...retryAfter(fault),
      connection: 'close',
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    };
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
    const status = `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status]}`;
    socket.end([status, ...lines, '', body].join('\r\n'));
    socket.once('finish', () => socket.destroy());
  }
}

/** What clients put into connection_init, by themselves or as headers, in whatever letters. */
function namedIn(params: Record<string, unknown>) {
  const headers = typeof params.headers === 'object' ? (params.headers as Record<string, unknown>) : {};
  const named = new Map(
    Object.entries({ ...headers, ...params }).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const text = (name: string) => {
    const value = named.get(name);
    return value === undefined || value === null ? undefined : String(value);
  };
  return { authorization: text('authorization'), viewerName: text('viewer-id') };
}

/** graphql-ws takes errors of graphql-js only, and asks them what to send. */
function sendable(formatted: GraphQLFormattedError): GraphQLError {
  return Object.assign(new GraphQLError(formatted.message), { toJSON: () => formatted });
}
