import { AppError, type ErrorCode } from '../../errors';
import { canonicalizeUrl } from '../crawler/canonical-url';
import type { PoliteFetcher } from '../crawler/polite-fetcher';
import { checkUrl } from '../http/address-policy';
import { withinDeadline } from '../http/deadline';
import { readBody } from '../http/read-body';
import type { SafeResponse } from '../http/safe-fetcher';
import { statusError } from '../http/status-error';
import type { ObserveUpstream } from '../telemetry/upstream-observer';
import { runInThread } from '../threads/thread';
import type { FeedItem, ParsedFeed } from './parse-feed';
import type { ParseFeedInput } from './parse-feed.thread';

/** What a server gave with a feed, to be asked next time whether that feed is still the newest. */
export interface FeedVersion {
  etag: string | null;
  lastModified: string | null;
}

export interface FeedPage {
  /** In its canonical form. */
  url: string;
  publishedAt: Date | null;
}

export interface FeedReading {
  /** In the feed's order; two may be the same. */
  pages: FeedPage[];
  /** For each item without a page that may be asked for: why not. */
  unusable: ErrorCode[];
  /** Nulls when the next reading must be of the whole feed. */
  version: FeedVersion;
}

export interface FeedReaderOptions {
  web: PoliteFetcher;
  trustedOrigins: readonly string[];
  observe: ObserveUpstream;
  now?: () => Date;
}

/** Slower than pages are: some feeds are written anew for whoever asks. */
const TOTAL_TIMEOUT_MS = 60_000;
const IDLE_TIMEOUT_MS = 20_000;
const PARSE_TIMEOUT_MS = 20_000;
/** 5,000 items with their texts. */
const MAX_BYTES = 25_000_000;
const MAX_VERSION_LENGTH = 1_000;
const ACCEPT =
  'application/rss+xml,application/atom+xml,application/rdf+xml,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5';

interface FetchedFeed {
  url: URL;
  bytes: Buffer;
  contentType: string | undefined;
  version: FeedVersion;
}

/** Reads the feeds that admins entered, as safely and politely as pages are read. */
export class FeedReader {
  private readonly trustedOrigins: ReadonlySet<string>;

  constructor(private readonly options: FeedReaderOptions) {
    this.trustedOrigins = new Set(options.trustedOrigins.map((origin) => new URL(origin).origin));
  }

  /**
   * @returns null when it is still the version that is known
   * @throws AppError URL_NOT_ALLOWED, ROBOTS_DISALLOWED, PAGE_NOT_FOUND, PAGE_REFUSED, PAGE_UNREACHABLE, PAGE_TIMEOUT,
   * PAGE_TOO_LARGE, FEED_UNREADABLE; TryLater while it is not the site's turn; the signal's reason when aborted
   */
  async read(url: string, known: FeedVersion, signal: AbortSignal): Promise<FeedReading | null> {
    const start = checkUrl(url, this.trustedOrigins);
    const late = () => new AppError('PAGE_TIMEOUT');
    const fetched = await this.options.observe(() =>
      withinDeadline({ timeoutMs: TOTAL_TIMEOUT_MS, late, signal }, (deadline) =>
        this.fetch(start, known, deadline),
      ),
    );
    if (!fetched) return null;
    const parsed = await this.parse(fetched, signal);
    if (!parsed || (parsed.isBroken && parsed.items.length === 0)) throw new AppError('FEED_UNREADABLE');
    const pages: FeedPage[] = [];
    const unusable: ErrorCode[] = [];
    for (const item of parsed.items) {
      const page = this.pageOf(item);
      if (typeof page === 'string') unusable.push(page);
      else pages.push(page);
    }
    if (parsed.isBroken) unusable.push('FEED_INCOMPLETE');
    const version = parsed.isBroken ? { etag: null, lastModified: null } : fetched.version;
    return { pages, unusable, version };
  }

  private fetch(url: URL, known: FeedVersion, signal: AbortSignal): Promise<FetchedFeed | null> {
    const headers = {
      ...(known.etag !== null && { 'if-none-match': known.etag }),
      ...(known.lastModified !== null && { 'if-modified-since': known.lastModified }),
    };
    return this.options.web.fetch(url, {
      signal,
      accept: ACCEPT,
      headers,
      // One request of a host, which must not wait for the hundreds of pages that the last one named.
      isUrgent: true,
      totalTimeoutMs: TOTAL_TIMEOUT_MS,
      idleTimeoutMs: IDLE_TIMEOUT_MS,
      read: async (response) => {
        if (response.status === 304 && Object.keys(headers).length > 0) return null;
        return this.readFeed(response);
      },
    });
  }

  private async readFeed(response: SafeResponse): Promise<FetchedFeed> {
    const { url, status, headers, body } = response;
    if (status < 200 || status > 299) throw statusError(response, this.now());
    const bytes = await readBody(body, headers, { maxBytes: MAX_BYTES });
    const version = { etag: versionOf(headers.etag), lastModified: versionOf(headers['last-modified']) };
    return { url, bytes, contentType: headers['content-type'], version };
  }

  private parse({ url, bytes, contentType }: FetchedFeed, signal: AbortSignal): Promise<ParsedFeed | null> {
    const input: ParseFeedInput = { bytes, contentType, url: url.href, now: this.now() };
    const late = () => new AppError('FEED_UNREADABLE');
    return withinDeadline({ timeoutMs: PARSE_TIMEOUT_MS, late, signal }, (deadline) =>
      runInThread<ParsedFeed | null>(require.resolve('./parse-feed.thread'), input, { signal: deadline }),
    );
  }

  /** Whether another site's page is an article is found out when it is crawled; its publisher is that site. */
  private pageOf({ url, publishedAt }: FeedItem): FeedPage | ErrorCode {
    if (url === null) return 'FEED_INCOMPLETE';
    try {
      return { url: canonicalizeUrl(checkUrl(url, this.trustedOrigins).href), publishedAt };
    } catch {
      return 'URL_NOT_ALLOWED';
    }
  }

  private now(): Date {
    return this.options.now?.() ?? new Date();
  }
}

function versionOf(header: string | undefined): string | null {
  return header && header.length <= MAX_VERSION_LENGTH ? header : null;
}
