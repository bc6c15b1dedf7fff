import { parse } from 'cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config';
import type { GatewayContext } from '../../context/gateway';
import { AppError } from '../../errors';
import {
  browserTokenOf, clearBrowserCookie, loginCookieName, writeBrowserCookie, writeLoginCookie,
} from '../browser-cookie'; // prettier-ignore

const LOGIN_SECONDS = 600;
const CALLBACK_PATH = '/auth/kakao/callback';

interface Callback {
  Querystring: { code?: string; state?: string; error?: string };
}

/** "Sign in with Kakao" of the playground: a cookie session instead of tokens. */
export function registerBrowserLogin(
  app: FastifyInstance,
  { config, services, logger }: GatewayContext,
): void {
  const redirectUri = `${config.publicUrl}${CALLBACK_PATH}`;

  app.get('/auth/kakao', async (_request, reply) => {
    const { url, state, codeVerifier } = services.login.begin(redirectUri);
    return reply
      .header('set-cookie', writeLoginCookie(config, JSON.stringify({ state, codeVerifier }), LOGIN_SECONDS))
      .header('cache-control', 'no-store')
      .redirect(url);
  });

  app.get<Callback>(CALLBACK_PATH, async (request, reply) => {
    reply.header('set-cookie', writeLoginCookie(config, '', 0)).header('cache-control', 'no-store');
    const pending = pendingLogin(config, request);
    const { code, state, error: refusal } = request.query;
    // Whoever did not start this login in this browser cannot finish it here.
    if (!pending || state !== pending.state) return backToPlayground(reply, 'sign-in-failed');
    if (typeof code !== 'string') return backToPlayground(reply, noticeOf(refusal));
    try {
      const input = { code, redirectUri, state: pending.state, codeVerifier: pending.codeVerifier };
      const session = await services.login.browserWithCode(input, request.headers['user-agent'] ?? null);
      return await reply.header('set-cookie', writeBrowserCookie(config, session)).redirect('/graphql');
    } catch (error) {
      logger.warn({ error }, 'a browser sign-in failed');
      return backToPlayground(
        reply,
        error instanceof AppError && error.retryable ? 'kakao-unavailable' : 'sign-in-failed',
      );
    }
  });

  app.post('/auth/logout', async (request, reply) => {
    const token = browserTokenOf(config, request.headers.cookie);
    if (token && request.headers.origin === new URL(config.publicUrl).origin) {
      const viewer = await services.guard.viewer('browser', token).catch(() => null);
      if (viewer) await services.sessions.logout(viewer, null, false);
      reply.header('set-cookie', clearBrowserCookie(config));
    }
    return reply.header('cache-control', 'no-store').code(204).send();
  });
}

/** The login that is under way in this browser: its state and PKCE verifier. */
function pendingLogin(
  config: Config,
  request: FastifyRequest,
): { state: string; codeVerifier: string } | null {
  try {
    const { state, codeVerifier } = JSON.parse(
      parse(request.headers.cookie ?? '')[loginCookieName(config)] ?? '',
    ) as Record<string, unknown>;
    return typeof state === 'string' && typeof codeVerifier === 'string' ? { state, codeVerifier } : null;
  } catch {
    return null;
  }
}

/** Of a login that came back without a code; the errors are those of RFC 6749, 4.1.2.1. */
function noticeOf(error: string | undefined): string {
  if (error === 'access_denied') return 'sign-in-cancelled';
  const isAway = error === 'server_error' || error === 'temporarily_unavailable';
  return isAway ? 'kakao-unavailable' : 'sign-in-failed';
}

function backToPlayground(reply: FastifyReply, notice: string): FastifyReply {
  return reply.redirect(`/graphql?notice=${notice}`);
}
