import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { RateLimits } from '../../adapters/rate-limiter/rate-limits';

/** Asked by machines of ours, or (the webhook) by Kakao, which does not come back. */
const UNLIMITED = /^\/(health|metrics|webhooks)(\/|$)/;
const SIGN_IN = /^\/auth\/kakao(\/|$)/;

/** The limits of everything that is not GraphQL: by address, and tighter for signing in. */
export function limitPages(
  app: FastifyInstance,
  limits: RateLimits,
  addressOf: (request: IncomingMessage) => string,
): void {
  app.addHook('onRequest', async (request) => {
    // The route's: an address may be written in many ways that lead to it.
    const { url: path = '' } = request.routeOptions;
    if (UNLIMITED.test(path)) return;
    const address = addressOf(request.raw);
    await limits.take('address', address);
    if (SIGN_IN.test(path)) await limits.take('signIn', address);
  });
}
