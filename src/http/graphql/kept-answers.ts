import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { PublicContent } from '../../adapters/live/public-content';
import type { Clock } from '../../domain/shared/clock';
import { languageOf } from '../request-headers';

/** What is sent to one request, but for what is of that request alone. */
export interface Answer {
  status: number;
  head: OutgoingHttpHeaders;
  body: string | Buffer;
  /** What metrics call the operation. */
  operation: string;
}

interface Kept {
  answer: Answer;
  /** Of what is public, before it was worked out. */
  version: number;
  /** UNIX times in milliseconds: when that began, and how long it is kept. */
  at: number;
  until: number;
}

interface Flight {
  version: number;
  /** Null when it is not for everybody. */
  answer: Promise<Answer | null>;
}

const MAX_BYTES = 16 * 1024 * 1024;
/** What an answer takes beside its body and its key. */
const ENTRY_BYTES = 1_500;
/** However long others may keep it: a change whose notice was lost is seen within this. */
const MAX_KEPT_MS = 10_000;
/** Days and weeks begin at full hours, also in Seoul: what is told of one is kept into no other. */
const HOUR_MS = 3_600_000;
/** Of an address; a longer one leads to an answer that nobody else asks for. */
const MAX_URL = 4_096;

/**
 * The answers to anonymous GETs that anybody may read, as bytes: kept for as long as they say, unless something public
 * changes, and worked out once for all who ask meanwhile.
 */
export class KeptAnswers {
  private readonly answers = new LRUCache<string, Kept>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ answer }, key) => Buffer.byteLength(answer.body) + 2 * key.length + ENTRY_BYTES,
  });
  private readonly flights = new Map<string, Flight>();

  constructor(private readonly deps: { content: PublicContent; clock: Clock }) {}

  /** The answer under a key: the kept one, that of `work` under way for somebody else, or that of `work`. */
  async ask(key: string, work: () => Promise<Answer>): Promise<Answer> {
    const { version } = this.deps.content;
    const at = this.now();
    const known = this.find(key, version, at);
    if (known) return known;
    const flight = this.flights.get(key);
    if (flight?.version === version) return (await flight.answer) ?? work();
    const answer = work().then(withTag);
    const own: Flight = { version, answer: answer.then(whenPublic, () => null) };
    this.flights.set(key, own);
    try {
      this.keep(key, { answer: await answer, version, at });
      return await answer;
    } finally {
      if (this.flights.get(key) === own) this.flights.delete(key);
    }
  }

  private find(key: string, version: number, now: number): Answer | null {
    const kept = this.answers.get(key);
    if (kept?.version !== version || now < kept.at || now >= kept.until) return null;
    const age = Math.floor((now - kept.at) / 1_000);
    return age > 0 ? { ...kept.answer, head: { ...kept.answer.head, age: String(age) } } : kept.answer;
  }

  private keep(key: string, { answer, version, at }: Omit<Kept, 'until'>): void {
    const { content } = this.deps;
    const seconds = publicSeconds(answer);
    if (seconds === 0 || version !== content.version || !content.isHeard) return;
    const ms = Math.min(seconds * 1_000, MAX_KEPT_MS, HOUR_MS - (at % HOUR_MS));
    this.answers.set(key, { answer, version, at, until: at + ms });
  }

  private now(): number {
    return this.deps.clock.now().getTime();
  }
}

/**
 * What the answer to an anonymous GET depends on, in one text; null for requests of other kinds. With all that Apollo
 * refuses a GET for, so that what is kept is sent to nobody whom it would have refused.
 */
export function keyOf(request: IncomingMessage): string | null {
  const { method, headers } = request;
  const url = request.url!;
  if (method !== 'GET' || headers.authorization !== undefined || headers.cookie !== undefined) return null;
  if (url.length > MAX_URL) return null;
  const asks = Boolean(headers['x-apollo-operation-name'] || headers['apollo-require-preflight']);
  const { accept = '', 'content-type': type = '' } = headers;
  return `${languageOf(request)}\n${asks ? 1 : 0}\n${type}\n${accept}\n${url}`;
}

/** For how long it may be anybody's; 0: it is one reader's, or a fault. */
function publicSeconds({ head }: Answer): number {
  return Number(/^public, max-age=(\d+)$/.exec(String(head['cache-control']))?.[1] ?? 0);
}

function whenPublic(answer: Answer): Answer | null {
  return publicSeconds(answer) > 0 ? answer : null;
}

/** As bytes under a tag of their own, when it is public. */
function withTag(answer: Answer): Answer {
  if (publicSeconds(answer) === 0) return answer;
  const { head } = answer;
  const text = Buffer.from(answer.body);
  // Not from the pool of small buffers, of which each would hold all.
  const body = Buffer.allocUnsafeSlow(text.length);
  text.copy(body);
  const hash = createHash('sha256')
    .update(`${String(head['content-type'])}\n`)
    .update(body)
    .digest('base64url');
  return { ...answer, head: { ...head, etag: `"${hash}"` }, body };
}

/** Whether If-None-Match names it (RFC 9110, 13.1.2): one tag, several, weak or not, or any. */
export function isKnown(request: IncomingMessage, etag: string): boolean {
  const known = request.headers['if-none-match'];
  if (known === undefined) return false;
  if (known === etag) return true;
  return known.split(',').some((tag) => ['*', etag, `W/${etag}`].includes(tag.trim()));
}
