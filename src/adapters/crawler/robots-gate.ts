import { LRUCache } from 'lru-cache';
import robotsParser from 'robots-parser';
import { AppError } from '../../errors';
import { readBody } from '../http/read-body';
import type { SafeFetcher, SafeResponse } from '../http/safe-fetcher';
import { statusError } from '../http/status-error';

const CACHE_MS = 3_600_000;
const CACHE_MAX_CHARACTERS = 8_000_000;
/** RFC 9309, 2.5: at least this much must be parsed. */
const MAX_BYTES = 500 * 1024;
/** What a file can ask for at most: a site that asks for hours would never be read. */
const MAX_CRAWL_DELAY_MS = 300_000;
/** Pattern characters × path characters that matching may cost: about 0.2 s. */
const MAX_MATCHING_COST = 30_000_000;

export interface RobotsGateOptions {
  fetcher: SafeFetcher;
  userAgent: string;
  timeoutMs: number;
}

/** Asks each origin's robots.txt (RFC 9309), remembered for an hour, whether a page may be crawled. */
export class RobotsGate {
  /** Only the rules that apply to us are kept, as text: bounded, and cheap to parse. */
  private readonly rules = new LRUCache<string, string>({
    ttl: CACHE_MS,
    maxSize: CACHE_MAX_CHARACTERS,
    sizeCalculation: (rules) => rules.length + 1,
  });
  private readonly pending = new Map<string, Promise<string>>();

  constructor(private readonly options: RobotsGateOptions) {}

  /**
   * @returns whether the file had to be asked for, and its Crawl-delay for us
   * @throws AppError ROBOTS_DISALLOWED, or PAGE_UNREACHABLE while the rules cannot be read (RFC 9309, 2.3.1.4)
   */
  async assertAllowed(url: URL): Promise<{ wasAsked: boolean; crawlDelayMs: number }> {
    const known = this.rules.get(url.origin);
    const rules = known ?? (await this.loadOnce(url.origin));
    const wasAsked = known === undefined;
    if (url.pathname === '/robots.txt' || rules === '') return { wasAsked, crawlDelayMs: 0 };
    // robots-parser takes pattern × path steps; a hostile file could make that minutes.
    const wildcards = rules.split('\n').filter((line) => line.includes('*'));
    const cost = wildcards.join('').length * url.href.length;
    const robots =
      cost <= MAX_MATCHING_COST && robotsParser(`${url.origin}/robots.txt`, `User-agent: *\n${rules}`);
    if (!robots || robots.isDisallowed(url.href, '*')) throw new AppError('ROBOTS_DISALLOWED');
    const seconds = Number(robots.getCrawlDelay('*') ?? 0);
    return { wasAsked, crawlDelayMs: seconds > 0 ? Math.min(seconds * 1000, MAX_CRAWL_DELAY_MS) : 0 };
  }

  /** Concurrent crawls of one origin share one request, so it must not depend on any caller's signal. */
  private loadOnce(origin: string): Promise<string> {
    let loading = this.pending.get(origin);
    if (!loading) {
      loading = this.load(origin).finally(() => this.pending.delete(origin));
      this.pending.set(origin, loading);
    }
    return loading;
  }

  private async load(origin: string): Promise<string> {
    const rules = await this.options.fetcher
      .fetch(new URL('/robots.txt', origin), {
        signal: AbortSignal.timeout(this.options.timeoutMs),
        accept: 'text/plain,*/*;q=0.5',
        read: (response) => this.read(response),
      })
      .catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'URL_NOT_ALLOWED') throw error;
        throw unreadable(error, error instanceof AppError ? error.retryAfterSeconds : undefined);
      });
    this.rules.set(origin, rules);
    return rules;
  }

  private async read(response: SafeResponse): Promise<string> {
    const { status, headers, body } = response;
    // "Too many" is no answer to the question what is allowed.
    if (status >= 400 && status < 500 && status !== 429) return '';
    if (status < 200 || status > 299) throw statusError(response, new Date());
    const bytes = await readBody(body, headers, { maxBytes: MAX_BYTES, overflow: 'truncate' });
    // The rule that the limit cuts through would forbid more than it says.
    const end =
      bytes.length < MAX_BYTES ? bytes.length : Math.max(bytes.lastIndexOf('\n'), bytes.lastIndexOf('\r'));
    const text = new TextDecoder().decode(bytes.subarray(0, Math.max(end, 0)));
    return applicableRules(text, productToken(this.options.userAgent));
  }
}

function unreadable(cause: unknown, retryAfterSeconds?: number): AppError {
  return new AppError('PAGE_UNREACHABLE', {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    detail: { ko: '사이트의 robots.txt를 읽을 수 없습니다.', en: "The site's robots.txt cannot be read." },
    cause,
  });
}

/** The name a robots.txt knows us by: "GyeongdanBot" of "GyeongdanBot/1.0 (+https://…)". */
function productToken(userAgent: string): string {
  const token = /compatible;\s*([\w-]+)/i.exec(userAgent)?.[1] ?? /^[\w-]+/.exec(userAgent)?.[0];
  return (token ?? '*').toLowerCase();
}

/**
 * The allow, disallow and crawl-delay lines of the groups that name `token`, or of the groups of `*` when none does
 * (RFC 9309, 2.2.1). Done here because robots-parser stores every rule once per agent of its group.
 */
function applicableRules(text: string, token: string): string {
  const own: string[] = [];
  const everybody: string[] = [];
  let hasOwn = false;
  let agents = new Set<string>();
  let inAgents = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, rawName = '', value = ''] = /^\s*([\w-]+)\s*:([^#]*)/.exec(line) ?? [];
    const name = rawName.toLowerCase();
    if (name === 'user-agent') {
      if (!inAgents) agents = new Set();
      agents.add((value.split('/', 1)[0] ?? '').trim().toLowerCase());
      hasOwn ||= agents.has(token);
      inAgents = true;
    } else if (name === 'allow' || name === 'disallow' || name === 'crawl-delay') {
      inAgents = false;
      const rule = `${name}: ${value.trim().replace(/\*{2,}/g, '*')}`;
      if (agents.has(token)) own.push(rule);
      if (agents.has('*')) everybody.push(rule);
    }
  }
  return (hasOwn ? own : everybody).join('\n');
}
