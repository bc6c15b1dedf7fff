import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

const ANSWER_TYPES = ['json', 'graphql-response+json'].map((type) => `application/${type}; charset=utf-8`);
const MAX_KNOWN = 200;
const MAX_LENGTH = 500;

/** What clients of one kind send with every request. */
const known = new LRUCache<string, { type: string | undefined }>({ max: MAX_KNOWN });

/** The media type of an answer to a request with this Accept header; undefined when it takes none of ours. */
export function answerTypeOf(accept: string | undefined): string | undefined {
  if (!accept) return ANSWER_TYPES[0];
  const kept = known.get(accept);
  if (kept) return kept.type;
  const type = new Negotiator({ headers: { accept } }).mediaType(ANSWER_TYPES);
  if (accept.length <= MAX_LENGTH) known.set(accept, { type });
  return type;
}
