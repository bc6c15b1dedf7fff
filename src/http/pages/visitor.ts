import type { FastifyReply, FastifyRequest } from 'fastify';
import { asAppError } from '../../adapters/database/database-errors';
import type { GatewayContext } from '../../context/gateway';
import type { Role } from '../../generated/prisma/client';
import { browserTokenOf } from '../browser-cookie';

/** Who looks at a page of ours. */
export interface Visitor {
  name: string;
  role: Role;
}

/**
 * Reads the browser cookie; null for anybody who is not signed in. For GETs that change nothing: the cookie is
 * believed without an Origin. Throws AppError when the database is away.
 */
export async function visitorOf(
  request: FastifyRequest,
  { config, services, logger }: GatewayContext,
): Promise<Visitor | null> {
  const token = browserTokenOf(config, request.headers.cookie);
  if (!token) return null;
  try {
    const viewer = await services.guard.viewer('browser', token);
    const { name } = await services.users.me(viewer);
    return { name, role: viewer.role };
  } catch (error) {
    const fault = asAppError(error);
    if (fault.code === 'UNAUTHENTICATED') return null;
    logger.warn({ error }, 'a page could not tell who asks');
    throw fault;
  }
}

/** What depends on who asks is kept by no cache. */
export function personal(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'private, no-store').header('vary', 'Cookie');
}
