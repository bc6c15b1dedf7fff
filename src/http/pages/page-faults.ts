import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors';
import { NOT_STORED } from '../../schema/cache-hints';
import { faultBody, retryAfter } from '../fault-body';
import { languageOf } from '../request-headers';

/** Faults outside of GraphQL in GraphQL's form; Fastify's own words repeat the address, which may hold a code. */
export function registerFaults(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => sendFault(request, reply, new AppError('NOT_FOUND')));
  app.setErrorHandler((error: FastifyError | AppError, request, reply) => {
    if (error instanceof AppError) return sendFault(request, reply, error);
    const { statusCode: status = 500 } = error;
    if (status >= 400 && status < 500)
      return sendFault(request, reply, new AppError('BAD_REQUEST', { status }));
    request.log.error({ error }, 'a page failed');
    return sendFault(request, reply, new AppError('INTERNAL_SERVER_ERROR'));
  });
}

/** For what Fastify refuses before it looks for a route, such as an address that cannot be decoded. */
export function answerFrameworkFault(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  void sendFault(request, reply.header('x-content-type-options', 'nosniff'), new AppError('BAD_REQUEST'));
}

function sendFault({ raw }: FastifyRequest, reply: FastifyReply, fault: AppError): FastifyReply {
  return reply
    .code(fault.status)
    .header('cache-control', NOT_STORED)
    .type('application/json; charset=utf-8')
    .headers(retryAfter(fault))
    .send(faultBody(fault, languageOf(raw)));
}
