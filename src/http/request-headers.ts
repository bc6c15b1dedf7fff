import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import type { Localized } from '../errors';

const REQUEST_ID = /^[\w-]{8,64}$/;
const MAX_KNOWN = 200;
const MAX_LENGTH = 500;

/** By the Accept-Language that browsers of one kind send with every request. */
const languages = new LRUCache<string, keyof Localized>({ max: MAX_KNOWN });

/** The id that the caller or the load balancer gave the request, else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** Korean unless English is wanted more. */
export function languageOf({ headers }: Pick<IncomingMessage, 'headers'>): keyof Localized {
  const accepted = headers['accept-language'];
  if (accepted === undefined) return 'ko';
  let language = languages.get(accepted);
  if (language === undefined) {
    language = new Negotiator({ headers }).language(['ko', 'en']) === 'en' ? 'en' : 'ko';
    if (accepted.length <= MAX_LENGTH) languages.set(accepted, language);
  }
  return language;
}
