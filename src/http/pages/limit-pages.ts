import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { RateLimits } from '../../adapters/rate-limiter/rate-limits';

const SIGN_IN = /^\/auth\/kakao(\/|$)/;

/** The limits of everything that is not GraphQL: by address, and tighter for signing in. */
export function limitPages(
  app: FastifyInstance,
  limits: RateLimits,
  addressOf: (request: IncomingMessage) => string,
  isAlwaysServed: (request: IncomingMessage) => boolean,
): void {
  app.addHook('onRequest', async (request) => {
    if (isAlwaysServed(request.raw)) return;
    const address = addressOf(request.raw);
    await limits.take('address', address);
    // The route's: an address may be written in many ways that lead to it.
    const { url: path = '' } = request.routeOptions;
    if (SIGN_IN.test(path)) await limits.take('signIn', address);
  });
}
