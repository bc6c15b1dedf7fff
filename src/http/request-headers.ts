import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import type { Localized } from '../errors';

const REQUEST_ID = /^[\w-]{8,64}$/;

/** The id that the caller or the load balancer gave the request, else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** What browsers send with every request; longer ones are not kept. */
const languages = new LRUCache<string, keyof Localized>({ max: 500 });
const MAX_KEPT_LENGTH = 200;

/** Korean unless English is wanted more. */
export function languageOf({ headers }: Pick<IncomingMessage, 'headers'>): keyof Localized {
  const { 'accept-language': wanted } = headers;
  if (wanted === undefined) return 'ko';
  let language = languages.get(wanted);
  if (language === undefined) {
    language = new Negotiator({ headers }).language(['ko', 'en']) === 'en' ? 'en' : 'ko';
    if (wanted.length <= MAX_KEPT_LENGTH) languages.set(wanted, language);
  }
  return language;
}
