import { lookup as systemLookup } from 'node:dns';
import type { IncomingHttpHeaders } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { Agent, errors, request } from 'undici';
import { AppError } from '../../errors';
import { checkUrl, guardedLookup } from './address-policy';
import { networkCode } from './network-code';
import { BodyTooLarge, BodyUndecodable } from './read-body';

const MAX_REDIRECTS = 5;
const CONNECT_TIMEOUT_MS = 5_000;
const CONNECTIONS_PER_ORIGIN = 4;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface SafeFetcherOptions {
  userAgent: string;
  /** Origins exempt from the port and address checks. */
  trustedOrigins: ReadonlySet<string>;
  /** Longest silence, before the headers and between two chunks of the body. */
  idleTimeoutMs: number;
  lookup?: LookupFunction;
}

export interface SafeResponse {
  /** The address after redirects. */
  url: URL;
  status: number;
  headers: IncomingHttpHeaders;
  body: Readable;
}

export interface SafeRequest<T> {
  signal: AbortSignal;
  accept: string;
  /** Beside those of every request. */
  headers?: Record<string, string>;
  /** In place of the fetcher's own. */
  idleTimeoutMs?: number;
  /** Runs before each hop, the first included; a rejection ends the request. */
  beforeHop?: (url: URL) => Promise<void>;
  /** Reads the answer; what it leaves of the body is thrown away with the connection. */
  read: (response: SafeResponse) => Promise<T>;
}

/**
 * GET for addresses that strangers chose: every hop's address is checked, names connect only to the public
 * addresses they were checked by, TLS is verified, redirects are few, silence is bounded.
 */
export class SafeFetcher {
  private readonly guarded: Agent;
  private readonly trusted: Agent;

  constructor(private readonly options: SafeFetcherOptions) {
    const agent = (lookup?: LookupFunction): Agent =>
      new Agent({
        connect: { timeout: CONNECT_TIMEOUT_MS, ...(lookup && { lookup }) },
        headersTimeout: options.idleTimeoutMs,
        bodyTimeout: options.idleTimeoutMs,
        connections: CONNECTIONS_PER_ORIGIN,
      });
    this.guarded = agent(guardedLookup(options.lookup ?? (systemLookup as LookupFunction)));
    this.trusted = agent();
  }

  /**
   * @throws AppError URL_NOT_ALLOWED, PAGE_UNREACHABLE, PAGE_TIMEOUT, PAGE_TOO_LARGE, PAGE_NOT_HTML (a body that
   * cannot be decoded), PAGE_REFUSED (too many redirects), and the AppErrors of `beforeHop` and `read`
   */
  async fetch<T>(start: URL, options: SafeRequest<T>): Promise<T> {
    const { signal, beforeHop, read } = options;
    let url = start;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      url = checkUrl(url, this.options.trustedOrigins);
      await beforeHop?.(url);
      signal.throwIfAborted();
      try {
        const response = await this.request(url, options);
        try {
          const target = REDIRECTS.has(response.status) ? redirectTarget(response) : undefined;
          if (!target) return await read(response);
          url = target;
        } finally {
          response.body.destroy();
        }
      } catch (error) {
        signal.throwIfAborted();
        throw asAppError(error);
      }
    }
    throw new AppError('PAGE_REFUSED', {
      detail: { ko: '리디렉션이 너무 많습니다.', en: 'There are too many redirects.' },
    });
  }

  /** Ends running requests and closes all connections. */
  async close(): Promise<void> {
    await Promise.all([this.guarded.destroy(), this.trusted.destroy()]);
  }

  private async request(
    url: URL,
    { signal, accept, headers: more, idleTimeoutMs }: Omit<SafeRequest<unknown>, 'read'>,
  ): Promise<SafeResponse> {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: this.options.trustedOrigins.has(url.origin) ? this.trusted : this.guarded,
      signal,
      ...(idleTimeoutMs !== undefined && { headersTimeout: idleTimeoutMs, bodyTimeout: idleTimeoutMs }),
      headers: {
        'user-agent': this.options.userAgent,
        accept,
        'accept-language': 'ko,en;q=0.5',
        'accept-encoding': 'gzip, deflate, br',
        ...more,
      },
    });
    // Destroying a half-read body emits an error that nobody waits for.
    body.on('error', () => undefined);
    return { url, status: statusCode, headers, body };
  }
}

function redirectTarget({ url, headers }: SafeResponse): URL | undefined {
  // Header bytes arrive as Latin-1; servers write letters of any encoding into this one without escaping them.
  const location = [headers.location]
    .flat()[0]
    ?.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
  if (!location) return undefined;
  if (!URL.canParse(location, url.href)) throw new AppError('URL_NOT_ALLOWED');
  return new URL(location, url);
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError
  ) {
    return new AppError('PAGE_TIMEOUT', { cause: error });
  }
  if (error instanceof errors.HeadersOverflowError || error instanceof BodyTooLarge)
    return new AppError('PAGE_TOO_LARGE', { cause: error });
  if (error instanceof BodyUndecodable) {
    const detail = {
      ko: '페이지의 압축(Content-Encoding)을 풀 수 없습니다.',
      en: "The page's Content-Encoding cannot be decoded.",
    };
    return new AppError('PAGE_NOT_HTML', { detail, cause: error });
  }
  const reason = networkCode(error);
  const detail =
    reason === 'UND_ERR_SOCKET' || reason === 'ECONNRESET'
      ? { ko: '사이트가 연결을 중간에 끊었습니다.', en: 'The site cut the connection.' }
      : reason && { ko: reason, en: reason };
  return new AppError('PAGE_UNREACHABLE', {
    ...(detail && { detail }),
    cause: error,
  });
}
