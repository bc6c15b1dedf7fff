import type { FastifyRequest } from 'fastify';
import type { GatewayContext } from '../../../context/gateway';
import { AppError } from '../../../errors';
import type { Role } from '../../../generated/prisma/client';
import { browserTokenOf } from '../../browser-cookie';

/** Who looks at a page of ours. */
export interface Visitor {
  name: string;
  role: Role;
}

/**
 * Reads the browser cookie; null for anybody who is not signed in. For GETs that change nothing: the cookie is
 * believed without an Origin. Throws what the database throws when it is away.
 */
export async function visitorOf(
  request: FastifyRequest,
  { config, services }: GatewayContext,
): Promise<Visitor | null> {
  const token = browserTokenOf(config, request.headers.cookie);
  if (!token) return null;
  try {
    const viewer = await services.guard.viewer('browser', token);
    const { name } = await services.users.me(viewer);
    return { name, role: viewer.role };
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return null;
    throw error;
  }
}
