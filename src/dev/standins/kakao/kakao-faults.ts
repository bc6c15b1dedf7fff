import { type FastifyInstance, type FastifyReply } from 'fastify';
import { apiError, fieldOf, oauthError } from './kakao-answers';
import { HTTP_FAULTS, type HttpFault, type Misbehaviours } from './kakao-misbehaviour';

/** Answers a request wrongly when the test asked for it. */
export function injectFaults(app: FastifyInstance, misbehaviours: Misbehaviours): void {
  app.addHook('preHandler', async (request, reply) => {
    const path = request.routeOptions.url;
    const fault = path === undefined ? undefined : misbehaviours.take(path, HTTP_FAULTS);
    if (path === undefined || fault === undefined) return undefined;
    return answerFault(fault, path.startsWith('/oauth/'), fieldOf(request.body, 'code'), reply);
  });
}

function answerFault(
  fault: HttpFault,
  kauth: boolean,
  code: string | undefined,
  reply: FastifyReply,
): FastifyReply {
  switch (fault) {
    case 'silent':
      return reply.hijack();
    case 'slow':
      return drip(reply.hijack());
    case 'serverError':
      return reply.code(500).type('text/html').send('<h1>Internal Server Error</h1>');
    case 'temporary':
      return kauth ? oauthError(reply, 'KOE003') : apiError(reply, 400, -1, 'internal server error');
    case 'quota':
      return kauth ? oauthError(reply, 'KOE237') : apiError(reply, 400, -10, 'API limit has been exceeded.');
    case 'maintenance':
      return apiError(reply, 503, -9798, 'service is under maintenance');
    case 'dormant':
      return apiError(reply, 400, -103, 'dormant or absent account');
    case 'underage':
      return apiError(reply, 401, -406, 'user is under 14');
    case 'expiredToken':
      return apiError(reply, 401, -401, 'this access token is already expired');
    case 'redirect':
      return reply.redirect('/.well-known/openid-configuration', 302);
    case 'oversized':
      return reply.send({ padding: 'x'.repeat(1_000_000) });
    case 'notJson':
      return reply.type('text/html;charset=UTF-8').send('<p>점검 중입니다.</p>');
    case 'wrongShape':
      return reply.send({ token_type: 'bearer' });
    default:
      return oauthError(reply, fault, code);
  }
}

function drip(reply: FastifyReply): FastifyReply {
  reply.raw.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' });
  const timer = setInterval(() => reply.raw.write(' '), 50);
  reply.raw.once('close', () => clearInterval(timer));
  return reply;
}
