import type { LookupFunction } from 'node:net';
import { AppError } from '../../errors';
import type { ObserveUpstream } from '../telemetry/upstream-observer';
import { withinDeadline } from '../http/deadline';
import { readRetryAfter } from '../http/retry-after';
import { checkUrl, isShowable } from '../http/address-policy';
import { decodeHtml } from './decode-html';
import { extractArticle, type CrawledArticle } from './extract-article';
import { readBody } from '../http/read-body';
import { refreshTarget } from './refresh-target';
import { RobotsGate } from './robots-gate';
import { SafeFetcher, type SafeResponse } from '../http/safe-fetcher';
import { withinTime } from './time-limit';

export type { CrawledArticle } from './extract-article';

export interface CrawlerOptions {
  /** Sent with every request; its first word is the name that robots.txt files know us by. */
  userAgent: string;
  /** Origins exempt from the port and address checks: the development newsroom. */
  trustedOrigins?: readonly string[];
  /** The whole crawl, robots.txt and redirects included. */
  totalTimeoutMs?: number;
  /** The longest silence of a server. */
  idleTimeoutMs?: number;
  /** The largest page after decompression. */
  maxBytes?: number;
  /** Reading the page, for which the process does nothing else. */
  extractTimeoutMs?: number;
  /** Resolves names in place of the system. */
  lookup?: LookupFunction;
  now?: () => Date;
  observe?: ObserveUpstream;
}

const DEFAULTS = {
  totalTimeoutMs: 20_000,
  idleTimeoutMs: 5_000,
  maxBytes: 3_000_000,
  extractTimeoutMs: 5_000,
  now: () => new Date(),
  observe: ((call) => call()) as ObserveUpstream,
};

interface FetchedPage {
  url: URL;
  bytes: Buffer;
  contentType: string | undefined;
}

/** Fetches article pages that strangers chose, safely and within robots.txt, and extracts the article. */
export class Crawler {
  private readonly options: CrawlerOptions & typeof DEFAULTS;
  private readonly trustedOrigins: ReadonlySet<string>;
  private readonly fetcher: SafeFetcher;
  private readonly robots: RobotsGate;

  constructor(options: CrawlerOptions) {
    this.options = { ...DEFAULTS, ...options };
    const { userAgent, idleTimeoutMs, totalTimeoutMs: timeoutMs, lookup } = this.options;
    const trustedOrigins = new Set(options.trustedOrigins?.map((origin) => new URL(origin).origin));
    this.trustedOrigins = trustedOrigins;
    this.fetcher = new SafeFetcher({ userAgent, trustedOrigins, idleTimeoutMs, ...(lookup && { lookup }) });
    this.robots = new RobotsGate({ fetcher: this.fetcher, userAgent, timeoutMs });
  }

  /**
   * @throws AppError URL_NOT_ALLOWED, ROBOTS_DISALLOWED, PAGE_NOT_FOUND, PAGE_REFUSED, PAGE_UNREACHABLE,
   * PAGE_TIMEOUT, PAGE_TOO_LARGE, PAGE_NOT_HTML, ARTICLE_NOT_FOUND_IN_PAGE, ARTICLE_INCOMPLETE; the signal's reason
   * when aborted
   */
  async crawl(url: string, { signal }: { signal?: AbortSignal } = {}): Promise<CrawledArticle> {
    const { observe, totalTimeoutMs } = this.options;
    const start = checkUrl(url, this.trustedOrigins);
    const started = performance.now();
    const late = () => new AppError('PAGE_TIMEOUT');
    const get = (address: URL): Promise<FetchedPage> => {
      const timeoutMs = Math.max(1, totalTimeoutMs - (performance.now() - started));
      return observe(() =>
        withinDeadline({ timeoutMs, late, signal }, (deadline) => this.fetch(address, deadline)),
      );
    };
    const page = await get(start);
    try {
      return this.read(page);
    } catch (error) {
      const isNone = error instanceof AppError && error.code === 'ARTICLE_NOT_FOUND_IN_PAGE';
      const refresh = isNone ? this.within(() => refreshTarget(htmlOf(page), page.url)) : undefined;
      if (!refresh) throw error;
      return this.read(await get(refresh));
    }
  }

  /** Ends running crawls and closes all connections. */
  async close(): Promise<void> {
    await this.fetcher.close();
  }

  private read(page: FetchedPage): CrawledArticle {
    return this.within(() =>
      extractArticle(htmlOf(page), {
        url: page.url,
        now: this.options.now(),
        isAllowedImage: (image) => isShowable(image, this.trustedOrigins),
      }),
    );
  }

  private within<T>(work: () => T): T {
    return withinTime(this.options.extractTimeoutMs, work);
  }

  private fetch(url: URL, signal: AbortSignal): Promise<FetchedPage> {
    return this.fetcher.fetch(url, {
      signal,
      accept: 'text/html,application/xhtml+xml',
      beforeHop: (hop) => this.robots.assertAllowed(hop),
      read: (response) => this.readPage(response),
    });
  }

  private async readPage(response: SafeResponse): Promise<FetchedPage> {
    const { url, status, headers, body } = response;
    if (status < 200 || status > 299) throw statusError(response, this.options.now());
    const contentType = headers['content-type'];
    if (contentType && !/^\s*(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i.test(contentType)) {
      throw new AppError('PAGE_NOT_HTML');
    }
    const bytes = await readBody(body, headers, { maxBytes: this.options.maxBytes });
    if (bytes.subarray(0, 1_024).includes(0) && !hasUtf16Mark(bytes)) throw new AppError('PAGE_NOT_HTML');
    return { url, bytes, contentType };
  }
}

function htmlOf({ bytes, contentType }: FetchedPage): string {
  return decodeHtml(bytes, contentType);
}

function hasUtf16Mark(bytes: Buffer): boolean {
  return bytes.length >= 2 && [0xfffe, 0xfeff].includes(bytes.readUInt16BE(0));
}

function statusError({ status, headers }: SafeResponse, now: Date): AppError {
  if (status === 404 || status === 410) return new AppError('PAGE_NOT_FOUND');
  const detail = { ko: `HTTP ${status}`, en: `HTTP ${status}` };
  if (status >= 400 && status < 500 && ![408, 425, 429].includes(status))
    return new AppError('PAGE_REFUSED', { detail });
  const retryAfterSeconds = readRetryAfter(
    new Headers({ 'retry-after': headers['retry-after'] ?? '' }),
    now.getTime(),
  );
  return new AppError('PAGE_UNREACHABLE', {
    detail,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
