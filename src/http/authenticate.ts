import { asAppError } from '../adapters/database/database-errors';
import type { Config } from '../config/config';
import type { Services } from '../context/gateway';
import type { Viewer } from '../domain/user/viewer-guard';
import { AppError } from '../errors';
import type { Logger } from '../logger';
import { browserTokenOf, writeBrowserCookie } from './browser-cookie';

export interface AuthenticateDeps {
  config: Pick<Config, 'port' | 'production' | 'publicUrl'>;
  services: Pick<Services, 'guard' | 'sessions'>;
  logger: Logger;
}

/** What a request, or the opening of a socket, says about who asks. */
export interface Credentials {
  authorization: string | undefined;
  cookie: string | undefined;
  /** Of the page that sends it. */
  origin: string | undefined;
  /** Browsers add cookies to forms and pictures of strangers too: true for JSON posts and sockets only. */
  acceptsCookie: boolean;
}

export interface Authentication {
  viewer: Viewer | null;
  /** Why the presented token is worth nothing. */
  authFailure: AppError | null;
  /** A Set-Cookie header that renews the browser's session. */
  setCookie: string | null;
}

const NOBODY: Authentication = { viewer: null, authFailure: null, setCookie: null };

/**
 * Who asks; never throws. Cheap to repeat with the same credentials (no statement within 20 s), so a socket does so for
 * each event: a session that ended or a role that changed is then worth nothing there either.
 */
export async function authenticate(
  deps: AuthenticateDeps,
  { authorization, cookie, origin, acceptsCookie }: Credentials,
): Promise<Authentication> {
  try {
    if (authorization !== undefined) {
      const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      if (!token) throw new AppError('UNAUTHENTICATED');
      return { ...NOBODY, viewer: await deps.services.guard.viewer('access', token) };
    }
    const token =
      acceptsCookie && isOurs(deps.config, origin) ? browserTokenOf(deps.config, cookie) : undefined;
    return token ? await browserViewer(deps, token) : NOBODY;
  } catch (error) {
    if (!(error instanceof AppError)) deps.logger.warn({ error }, 'a token could not be checked');
    return { ...NOBODY, authFailure: asAppError(error) };
  }
}

async function browserViewer({ config, services }: AuthenticateDeps, token: string): Promise<Authentication> {
  try {
    const viewer = await services.guard.viewer('browser', token);
    const renewed = services.sessions.renewedBrowserToken(viewer);
    return { ...NOBODY, viewer, setCookie: renewed && writeBrowserCookie(config, renewed) };
  } catch (error) {
    // An ended browser session is an anonymous visitor, not a fault of the page.
    if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return NOBODY;
    throw error;
  }
}

/** A page of ours, whose cookies are believed. */
export function isOurs(
  { publicUrl, port, production }: AuthenticateDeps['config'],
  origin?: string,
): boolean {
  return origin === new URL(publicUrl).origin || (!production && origin === `http://127.0.0.1:${port}`);
}
