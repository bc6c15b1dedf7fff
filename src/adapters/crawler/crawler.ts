import type { LookupFunction } from 'node:net';
import { AppError } from '../../errors';
import type { ObserveUpstream } from '../telemetry/upstream-observer';
import { withinDeadline } from '../http/deadline';
import { checkUrl, isShowable } from '../http/address-policy';
import { decodeHtml } from './decode-html';
import { extractArticle, type CrawledArticle } from './extract-article';
import { readBody } from '../http/read-body';
import { refreshTarget } from './refresh-target';
import { PoliteFetcher } from './polite-fetcher';
import type { SafeResponse } from '../http/safe-fetcher';
import { statusError } from '../http/status-error';
import { withinTime } from './time-limit';
import type { HostTurns } from '../rate-limiter/host-turns';

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
  /** Without them a site is asked at any time. */
  turns?: HostTurns | null;
}

export interface CrawlOptions {
  signal?: AbortSignal;
  /** Somebody waits for it: it does not queue behind what the clock collects. */
  isUrgent?: boolean;
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
  /** For other readers of the same sites: connections, robots.txt and turns are shared. */
  readonly web: PoliteFetcher;

  constructor(options: CrawlerOptions) {
    this.options = { ...DEFAULTS, ...options };
    this.trustedOrigins = new Set(options.trustedOrigins?.map((origin) => new URL(origin).origin));
    this.web = new PoliteFetcher({ ...this.options, trustedOrigins: this.trustedOrigins });
  }

  /**
   * @throws AppError URL_NOT_ALLOWED, ROBOTS_DISALLOWED, PAGE_NOT_FOUND, PAGE_REFUSED, PAGE_UNREACHABLE,
   * PAGE_TIMEOUT, PAGE_TOO_LARGE, PAGE_NOT_HTML, ARTICLE_NOT_FOUND_IN_PAGE, ARTICLE_INCOMPLETE; TryLater while it
   * is not the site's turn; the signal's reason when aborted
   */
  async crawl(url: string, { signal, isUrgent = false }: CrawlOptions = {}): Promise<CrawledArticle> {
    const { observe, totalTimeoutMs } = this.options;
    const start = checkUrl(url, this.trustedOrigins);
    const started = performance.now();
    const late = () => new AppError('PAGE_TIMEOUT');
    const get = (address: URL): Promise<FetchedPage> => {
      const timeoutMs = Math.max(1, totalTimeoutMs - (performance.now() - started));
      return observe(() =>
        withinDeadline({ timeoutMs, late, signal }, (deadline) =>
          this.fetch(address, { signal: deadline, isUrgent }),
        ),
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
    await this.web.close();
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

  private fetch(url: URL, options: { signal: AbortSignal; isUrgent: boolean }): Promise<FetchedPage> {
    return this.web.fetch(url, {
      ...options,
      accept: 'text/html,application/xhtml+xml',
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
