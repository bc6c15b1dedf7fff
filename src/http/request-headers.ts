import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import Negotiator from 'negotiator';
import type { Localized } from '../errors';

const REQUEST_ID = /^[\w-]{8,64}$/;

/** The id that the caller or the load balancer gave the request, else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** Korean unless English is wanted more. */
export function languageOf({ headers }: Pick<IncomingMessage, 'headers'>): keyof Localized {
  return new Negotiator({ headers }).language(['ko', 'en']) === 'en' ? 'en' : 'ko';
}
