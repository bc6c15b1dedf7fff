import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import formbody from '@fastify/formbody';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Config } from '../config/config';
import type { GatewayContext } from '../context/gateway';
import { sameText } from '../domain/shared/text';
import type { UnlinkNotice } from '../domain/user/unlink-notice.service';
import { requestIdOf } from './request-headers';

/** Kakao gives up after 3 s, and does not come back: to keep the notice, and then to carry it out. */
const KEPT_WITHIN_MS = 1_500;
const CARRIED_OUT_WITHIN_MS = 1_000;
const MAX_WAITING = 1_000;
const KEEP_AGAIN_MS = 1_000;
const KAKAO_ID = /^\d{1,20}$/;
/** Kakao sends four short fields. */
const MAX_FORM_BYTES = 4 * 1024;

export function isFromKakao(
  { kakao: { adminKey } }: Pick<Config, 'kakao'>,
  { authorization = '' }: IncomingHttpHeaders,
): boolean {
  return adminKey !== null && sameText(authorization, `KakaoAK ${adminKey}`);
}

/**
 * Kakao's unlink webhook: somebody ended the link at Kakao, so the account here goes. 200 says that the notice is in
 * the database; it is carried out at once, or within a minute by a worker when that fails. 503: the database is away.
 */
export const kakaoWebhook =
  ({ config, services, logger }: GatewayContext): FastifyPluginAsync =>
  async (app) => {
    const waiting = new Set<UnlinkNotice>();
    const stopping = new AbortController();
    // Forms are read here and nowhere else: other routes would have to fear pages of strangers.
    await app.register(formbody, { bodyLimit: MAX_FORM_BYTES });

    app.route({
      method: ['GET', 'POST'],
      url: '/webhooks/kakao/unlink',
      // Before the form is read.
      onRequest: async (request, reply) => {
        if (isFromKakao(config, request.headers)) return;
        await reply.code(401).header('cache-control', 'no-store').send({ status: 'unauthorized' });
      },
      handler: async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const kakaoId = field(request, 'user_id');
        // The key is right, so Kakao gets its 200; what is not about a user of this app has no effect.
        if (
          kakaoId === undefined ||
          !KAKAO_ID.test(kakaoId) ||
          field(request, 'app_id') !== String(config.kakao.appId)
        ) {
          logger.warn({ requestId: requestIdOf(request.raw) }, 'an unlink notice is not about this app');
          return reply.send({ status: 'ignored' });
        }
        const notice = services.unlinkNotices.received(kakaoId);
        const kept = keep(notice, requestIdOf(request.raw));
        if (!(await Promise.race([kept, delay(KEPT_WITHIN_MS, false, { ref: false })])))
          return reply.code(503).send({ status: 'unavailable' });
        const carriedOut = services.accounts.deleteUnlinked(kakaoId).catch((error: unknown) => {
          logger.warn({ error, requestId: requestIdOf(request.raw) }, 'an unlink notice is left to a worker');
        });
        await Promise.race([carriedOut, delay(CARRIED_OUT_WITHIN_MS, undefined, { ref: false })]);
        return reply.send({ status: 'ok' });
      },
    });

    app.addHook('onClose', async () => {
      stopping.abort();
      for (const { kakaoId } of waiting)
        logger.error({ kakaoId }, 'an unlink notice is lost with this process: delete the account by hand');
    });

    /** Writes the notice down, if need be when the database is back: Kakao was told 503, and may not come again. */
    async function keep(notice: UnlinkNotice, requestId: string): Promise<boolean> {
      if (waiting.size >= MAX_WAITING) {
        logger.error(
          { kakaoId: notice.kakaoId, requestId },
          'too many unlink notices wait: delete this account by hand',
        );
        return false;
      }
      waiting.add(notice);
      while (!stopping.signal.aborted) {
        try {
          await services.unlinkNotices.keep(notice);
          waiting.delete(notice);
          return true;
        } catch (error) {
          logger.warn({ error, requestId }, 'an unlink notice waits for the database');
          await delay(KEEP_AGAIN_MS, undefined, { ref: false, signal: stopping.signal }).catch(() => {});
        }
      }
      return false;
    }
  };

function field(request: FastifyRequest, name: string): string | undefined {
  for (const fields of [request.body, request.query]) {
    const value = (fields as Record<string, unknown> | null | undefined)?.[name];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return undefined;
}
