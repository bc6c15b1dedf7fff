import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse as parseCookies } from 'cookie';
import type { Config } from '../config/config';
import type { Services } from '../context/gateway';
import type { ViewerIds } from '../adapters/tokens/viewer-id';
import { isDatabaseOutage } from '../adapters/database/database-errors';
import type { Viewer } from '../domain/user/viewer-guard';
import { AppError, type Localized } from '../errors';
import type { Logger } from '../logger';
import { RequestContext } from '../schema/request-context';
import { browserCookieName, writeBrowserCookie } from './browser-cookie';

export interface RequestContextDeps {
  config: Config;
  services: Services;
  logger: Logger;
  viewerIds: ViewerIds;
}

const REQUEST_ID = /^[\w-]{8,64}$/;

/** Reads who asks, in which language, under which id. Never throws: a bad token is told to the operation. */
export async function requestContextOf(
  deps: RequestContextDeps,
  request: IncomingMessage,
  response: ServerResponse,
  address: string,
): Promise<RequestContext> {
  const { headers } = request;
  const { viewer, authFailure } = await authenticate(deps, request, response);
  const viewerId = deps.viewerIds.read(headers['viewer-id']);
  // Never with a GET: a shared cache would give one reader's name to all.
  const unnamed = viewer === null && authFailure === null && viewerId === null && request.method === 'POST';
  const facts = {
    requestId: requestIdOf(request),
    viewer,
    authFailure,
    address,
    viewerId,
    newViewerName: unnamed ? deps.viewerIds.issue() : null,
    anonymous: headers.authorization === undefined && headers.cookie === undefined,
    language: languageOf(request),
    userAgent: headers['user-agent'] ?? null,
    logger: deps.logger,
  };
  return new RequestContext(facts, deps.services);
}

/** The id that the caller or the load balancer gave the request, else a new one. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

interface Authentication {
  viewer: Viewer | null;
  authFailure: AppError | null;
}

async function authenticate(
  deps: RequestContextDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Authentication> {
  const { authorization, cookie } = request.headers;
  try {
    if (authorization !== undefined) {
      const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      if (!token) throw new AppError('UNAUTHENTICATED');
      return { viewer: await deps.services.guard.viewer('access', token), authFailure: null };
    }
    if (cookie !== undefined && isOurPage(deps.config, request)) {
      const token = parseCookies(cookie)[browserCookieName(deps.config)];
      if (token) return { viewer: await browserViewer(deps, token, response), authFailure: null };
    }
    return { viewer: null, authFailure: null };
  } catch (error) {
    return { viewer: null, authFailure: authFailureOf(error, deps.logger) };
  }
}

async function browserViewer(
  { config, services }: RequestContextDeps,
  token: string,
  response: ServerResponse,
): Promise<Viewer | null> {
  try {
    const viewer = await services.guard.viewer('browser', token);
    const renewed = services.sessions.renewedBrowserToken(viewer);
    if (renewed) response.appendHeader('set-cookie', writeBrowserCookie(config, renewed));
    return viewer;
  } catch (error) {
    // An ended browser session is an anonymous visitor, not a fault of the page.
    if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return null;
    throw error;
  }
}

/** A cookie is believed only in a JSON post that a page of ours sent. */
function isOurPage({ publicUrl, port, production }: Config, { method, headers }: IncomingMessage): boolean {
  if (method !== 'POST' || !/^application\/json\b/i.test(headers['content-type'] ?? '')) return false;
  const { origin } = headers;
  return origin === new URL(publicUrl).origin || (!production && origin === `http://127.0.0.1:${port}`);
}

function authFailureOf(error: unknown, logger: Logger): AppError {
  if (error instanceof AppError) return error;
  logger.warn({ error }, 'a token could not be checked');
  return new AppError(isDatabaseOutage(error) ? 'UPSTREAM_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR', {
    cause: error,
  });
}

/** Korean unless English is asked for first. */
export function languageOf({ headers }: IncomingMessage): keyof Localized {
  return /^\s*en\b/i.test(headers['accept-language'] ?? '') ? 'en' : 'ko';
}
