import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { RateLimits } from '../adapters/rate-limiter/rate-limits';
import type { Metrics } from '../adapters/telemetry/metrics';
import { AppError } from '../errors';
import { NOT_STORED } from '../schema/cache-hints';
import { faultBody, retryAfter } from './fault-body';
import { languageOf, requestIdOf } from './request-headers';
import type { UnreadAnswers } from './unread-answers';
import { leavesMuchUnread } from './unwanted-body';

/** Requests under way on one connection; clients that send ahead at all send a few. */
const MAX_UNDER_WAY = 16;
/** A connection is closed with its so-manieth refusal: a new one costs whoever insists more than us. */
const MAX_REFUSALS = 10;
/** A socket is looked at after so long without a sign of life; the second look at an answer unread cuts it. */
const LOOK_MS = 5_000;
/** Of what no limit of an address refuses; machines of ours ask once. The connection is closed with the last. */
const MAX_UNLIMITED_A_SECOND = 20;

/** What a connection has cost so far. */
interface Load {
  underWay: number;
  refusals: number;
  /** What no limit counted, in the second that began then. */
  unlimited: number;
  unlimitedSince: number;
  /** Its last answer is given; what still arrives on it is not looked at. */
  ends: boolean;
}

export interface AdmissionDeps {
  limits: RateLimits;
  metrics: Metrics;
  unread: UnreadAnswers;
  /** Whatever its address has sent before. */
  isAlwaysServed: (request: IncomingMessage) => boolean;
  /** Sent with every refusal. */
  headers: Record<string, string>;
}

/** Refuses, before any work is done for it, what one connection or one address has too much of. */
export class Admission {
  private readonly loads = new WeakMap<Socket, Load>();

  constructor(private readonly deps: AdmissionDeps) {}

  /** Closes connections that do not read their answer for 10 s, and those that nothing comes from. */
  watch(server: Server): void {
    server.setTimeout(LOOK_MS, (socket) => {
      const isWorkedFor = this.loadOf(socket).underWay > 0 && socket.writableLength === 0;
      if (!isWorkedFor) socket.destroy();
    });
  }

  /** False for a request that its connection has no room for: it is answered, or its connection about to close. */
  admitsOn(request: IncomingMessage, response: ServerResponse): boolean {
    const load = this.loadOf(request.socket);
    if (load.ends) return false;
    if (load.underWay >= MAX_UNDER_WAY) {
      load.ends = true;
      this.refuse(request, response, new AppError('RATE_LIMITED', { retryAfterSeconds: 1 }));
      return false;
    }
    load.underWay++;
    response.once('close', () => load.underWay--);
    // Node reads nothing more of a connection that was asked to speak another protocol.
    if (request.headers.upgrade !== undefined || (request.method !== 'POST' && leavesMuchUnread(request))) {
      load.ends = true;
      response.setHeader('connection', 'close');
    }
    return true;
  }

  /** False, and answered, when the address is over its limit already or leaves too much unread. */
  admitsFrom(address: string, request: IncomingMessage, response: ServerResponse): boolean {
    const { limits, unread, isAlwaysServed } = this.deps;
    if (isAlwaysServed(request)) {
      this.countUnlimited(request, response);
      return true;
    }
    const fault = limits.refusal('address', address) ?? unread.refusal(address);
    if (!fault) return true;
    const load = this.loadOf(request.socket);
    if (++load.refusals >= MAX_REFUSALS || leavesMuchUnread(request)) load.ends = true;
    this.refuse(request, response, fault);
    return false;
  }

  private countUnlimited({ socket }: IncomingMessage, response: ServerResponse): void {
    const load = this.loadOf(socket);
    const now = performance.now();
    if (now - load.unlimitedSince >= 1_000) Object.assign(load, { unlimited: 0, unlimitedSince: now });
    if (++load.unlimited < MAX_UNLIMITED_A_SECOND) return;
    load.ends = true;
    response.setHeader('connection', 'close');
  }

  private refuse(request: IncomingMessage, response: ServerResponse, fault: AppError): void {
    this.deps.metrics.errors.inc({ code: fault.code });
    const body = faultBody(fault, languageOf(request));
    response.writeHead(fault.status, {
      ...this.deps.headers,
      'cache-control': NOT_STORED,
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'x-request-id': requestIdOf(request),
      ...retryAfter(fault),
      ...(this.loadOf(request.socket).ends && { connection: 'close' }),
    });
    response.end(body);
  }

  private loadOf(socket: Socket): Load {
    let load = this.loads.get(socket);
    if (!load)
      this.loads.set(
        socket,
        (load = { underWay: 0, refusals: 0, unlimited: 0, unlimitedSince: 0, ends: false }),
      );
    return load;
  }
}
