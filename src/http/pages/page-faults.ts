import type { IncomingMessage } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type ErrorCode } from '../../errors';
import { NOT_STORED } from '../../schema/cache-hints';
import { faultBody, retryAfter } from '../fault-body';
import { languageOf } from '../request-headers';

/** Faults outside of GraphQL in GraphQL's form; Fastify's own words repeat the address, which may hold a code. */
export function registerFaults(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => answerFault(request, reply, 404, 'NOT_FOUND'));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { statusCode = 500 } = error;
    if (statusCode >= 400 && statusCode < 500)
      return answerFault(request, reply, statusCode, 'BAD_USER_INPUT');
    request.log.error({ error }, 'a page failed');
    return answerFault(request, reply, 500, 'INTERNAL_SERVER_ERROR');
  });
}

/** For what Fastify refuses before it looks for a route, such as an address that cannot be decoded. */
export function answerFrameworkFault(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  void answerFault(request, reply.header('x-content-type-options', 'nosniff'), 400, 'BAD_USER_INPUT');
}

function answerFault(
  { raw }: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: ErrorCode,
): FastifyReply {
  return sendFault(raw, reply, status, new AppError(code));
}

export function sendFault(
  request: IncomingMessage,
  reply: FastifyReply,
  status: number,
  fault: AppError,
): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', NOT_STORED)
    .type('application/json; charset=utf-8')
    .headers(retryAfter(fault))
    .send(faultBody(fault, languageOf(request)));
}
