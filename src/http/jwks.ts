import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../context/gateway';

/** The public keys with which others can verify our tokens (RFC 7517). */
export function registerJwks(app: FastifyInstance, { keys }: GatewayContext): void {
  app.get('/.well-known/jwks.json', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').send(keys.jwks()),
  );
}
