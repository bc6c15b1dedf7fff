import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import formbody from '@fastify/formbody';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { GatewayContext } from '../context/gateway';
import { sameText } from '../domain/shared/text';
import { requestIdOf } from './request-headers';

/** Kakao gives up after 3 s, and does not come back. */
const ANSWER_WITHIN_MS = 2_000;
const MAX_WAITING = 1_000;
const RETRY_PAUSES_MS = [1_000, 5_000, 15_000, 60_000, 300_000, 900_000];
const KAKAO_ID = /^\d{1,20}$/;
/** Kakao sends four short fields. */
const MAX_FORM_BYTES = 4 * 1024;

/**
 * Kakao's unlink webhook: somebody ended the link at Kakao, so the account here goes. Always 200 within 3 s for a
 * call with our admin key; what cannot be done at once, because the database is away, is done when it is back.
 */
export const kakaoWebhook =
  (context: GatewayContext, addressOf: (request: IncomingMessage) => string): FastifyPluginAsync =>
  async (app) => {
    const { config, services, logger, limits } = context;
    const { adminKey, appId } = config.kakao;
    const waiting = new Set<string>();
    const stopping = new AbortController();
    // Forms are read here and nowhere else: other routes would have to fear pages of strangers.
    await app.register(formbody, { bodyLimit: MAX_FORM_BYTES });

    app.route({
      method: ['GET', 'POST'],
      url: '/webhooks/kakao/unlink',
      // Before the form is read; only strangers are counted, so that they cannot use up what Kakao may call.
      onRequest: async (request, reply) => {
        const given = request.headers.authorization ?? '';
        if (adminKey !== null && sameText(given, `KakaoAK ${adminKey}`)) return;
        await limits.take('address', addressOf(request.raw));
        await reply.code(401).header('cache-control', 'no-store').send({ status: 'unauthorized' });
      },
      handler: async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const kakaoId = field(request, 'user_id');
        // The key is right, so Kakao gets its 200; what is not about a user of this app has no effect.
        if (kakaoId === undefined || !KAKAO_ID.test(kakaoId) || field(request, 'app_id') !== String(appId)) {
          logger.warn({ requestId: requestIdOf(request.raw) }, 'an unlink notice is not about this app');
          return reply.send({ status: 'ignored' });
        }
        const work = carryOut(kakaoId, requestIdOf(request.raw));
        await Promise.race([work, delay(ANSWER_WITHIN_MS, undefined, { ref: false })]);
        return reply.send({ status: 'ok' });
      },
    });

    app.addHook('onClose', async () => {
      stopping.abort();
      for (const kakaoId of waiting)
        logger.error({ kakaoId }, 'an unlink notice is lost with this process: delete the account by hand');
    });

    async function carryOut(kakaoId: string, requestId: string): Promise<void> {
      if (waiting.has(kakaoId)) return;
      if (waiting.size >= MAX_WAITING) {
        logger.error({ kakaoId, requestId }, 'too many unlink notices wait: delete this account by hand');
        return;
      }
      waiting.add(kakaoId);
      for (const pause of [...RETRY_PAUSES_MS, null]) {
        try {
          const { deleted, wasLastAdmin } = await services.accounts.deleteUnlinked(kakaoId);
          if (wasLastAdmin)
            logger.warn({ requestId }, 'the last admin has left: make another one with npm run admin');
          logger.info({ requestId, deleted }, 'Kakao told that a user has unlinked');
          break;
        } catch (error) {
          if (pause === null) {
            const detail = { error, requestId, kakaoId };
            logger.error(detail, 'an unlink notice could not be carried out: delete the account by hand');
            break;
          }
          logger.warn({ error, requestId }, 'an unlink notice waits for the database');
          // Stopping: the hook above has said which notices are lost.
          await delay(pause, undefined, { ref: false, signal: stopping.signal }).catch(() => {});
          if (stopping.signal.aborted) return;
        }
      }
      waiting.delete(kakaoId);
    }
  };

function field(request: FastifyRequest, name: string): string | undefined {
  for (const fields of [request.body, request.query]) {
    const value = (fields as Record<string, unknown> | null | undefined)?.[name];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return undefined;
}
