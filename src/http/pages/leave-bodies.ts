import type { FastifyInstance } from 'fastify';
import { leavesMuchUnread } from '../unwanted-body';

/** No page reads a body, and none is read to its end so that the connection can go on. */
export function leaveBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  app.addHook('onSend', async (request, reply) => {
    if (leavesMuchUnread(request.raw)) reply.header('connection', 'close');
  });
}
