import type { FastifyInstance } from 'fastify';
import type { AppContext } from '../context/context';

/** The public keys with which others can verify our tokens (RFC 7517). */
export function registerJwks(app: FastifyInstance, { keys }: AppContext): void {
  app.get('/.well-known/jwks.json', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').send(keys.jwks()),
  );
}
