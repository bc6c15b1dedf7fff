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
/** Where a login may lead back to; the first unless it says otherwise. */
const PAGES = ['/graphql', '/admin/queues'] as const;

interface Callback {
  Querystring: { code?: string; state?: string; error?: string };
}

/** "Sign in with Kakao" of our pages: a cookie session instead of tokens. */
export function registerBrowserLogin(
  app: FastifyInstance,
  { config, services, logger }: GatewayContext,
): void {
  const redirectUri = `${config.publicUrl}${CALLBACK_PATH}`;

  app.get<{ Querystring: { page?: unknown } }>('/auth/kakao', async (request, reply) => {
    const { url, ...login } = services.login.begin(redirectUri);
    const pending: PendingLogin = { ...login, page: pageNamed(request.query.page) };
    return reply
      .header('set-cookie', writeLoginCookie(config, JSON.stringify(pending), LOGIN_SECONDS))
      .header('cache-control', 'no-store')
      .redirect(url);
  });

  app.get<Callback>(CALLBACK_PATH, async (request, reply) => {
    reply.header('set-cookie', writeLoginCookie(config, '', 0)).header('cache-control', 'no-store');
    const pending = pendingLogin(config, request);
    const { code, state, error: refusal } = request.query;
    // Whoever did not start this login in this browser cannot finish it here.
    if (!pending || state !== pending.state) return backTo(PAGES[0], reply, 'sign-in-failed');
    const { page } = pending;
    if (typeof code !== 'string') return backTo(page, reply, noticeOf(refusal));
    try {
      const input = { code, redirectUri, state: pending.state, codeVerifier: pending.codeVerifier };
      const session = await services.login.browserWithCode(input, request.headers['user-agent'] ?? null);
      return await reply.header('set-cookie', writeBrowserCookie(config, session)).redirect(page);
    } catch (error) {
      logger.warn({ error }, 'a browser sign-in failed');
      return backTo(
        page,
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

/** A login that is under way in this browser. */
interface PendingLogin {
  state: string;
  /** Of PKCE. */
  codeVerifier: string;
  page: (typeof PAGES)[number];
}

function pendingLogin(config: Config, request: FastifyRequest): PendingLogin | null {
  try {
    const { state, codeVerifier, page } = JSON.parse(
      parse(request.headers.cookie ?? '')[loginCookieName(config)] ?? '',
    ) as Record<string, unknown>;
    return typeof state === 'string' && typeof codeVerifier === 'string'
      ? { state, codeVerifier, page: pageNamed(page) }
      : null;
  } catch {
    return null;
  }
}

/** Only a page of ours: a link that signs somebody in must not lead elsewhere. */
function pageNamed(name: unknown): PendingLogin['page'] {
  return PAGES.find((page) => page === name) ?? PAGES[0];
}

/** Of a login that came back without a code; the errors are those of RFC 6749, 4.1.2.1. */
function noticeOf(error: string | undefined): string {
  if (error === 'access_denied') return 'sign-in-cancelled';
  const isAway = error === 'server_error' || error === 'temporarily_unavailable';
  return isAway ? 'kakao-unavailable' : 'sign-in-failed';
}

function backTo(page: PendingLogin['page'], reply: FastifyReply, notice: string): FastifyReply {
  return reply.redirect(`${page}?notice=${notice}`);
}
