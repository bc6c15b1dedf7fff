import type { IncomingMessage } from 'node:http';
import type { GatewayContext } from '../../context/gateway';
import { RequestContext, type RequestFacts } from '../../schema/request-context';
import { authenticate, type Credentials } from '../authenticate';
import { languageOf, requestIdOf } from '../request-headers';

export type OperationContextDeps = Pick<
  GatewayContext,
  'config' | 'limits' | 'logger' | 'services' | 'viewerIds'
>;

/** What comes with an operation, whichever transport brought it. */
export type Caller = Credentials &
  Pick<RequestFacts, 'isLive' | 'requestId' | 'address' | 'language' | 'userAgent' | 'signal'> & {
    /** The `viewer-id` that an anonymous reader sent back. */
    viewerName: string | undefined;
    /** A reader without a name gets one, as long as the address is within its bound. Never with a GET: a shared cache would give it to all. */
    namesReader: boolean;
  };

/** Who sends a request, as its headers say. */
export function callerOf(
  request: IncomingMessage,
  { address, signal, acceptsCookie }: Pick<Caller, 'address' | 'signal' | 'acceptsCookie'>,
): Caller {
  const { headers, method } = request;
  const { authorization, cookie, origin } = headers;
  const viewerName = headers['viewer-id'];
  return {
    authorization,
    cookie,
    origin,
    acceptsCookie,
    viewerName: typeof viewerName === 'string' ? viewerName : undefined,
    namesReader: method === 'POST',
    requestId: requestIdOf(request),
    address,
    language: languageOf(request),
    userAgent: headers['user-agent'] ?? null,
    signal,
  };
}

/** The context of one operation, and a Set-Cookie header that its answer should carry. Never throws. */
export async function operationContext(
  deps: OperationContextDeps,
  caller: Caller,
): Promise<{ context: RequestContext; setCookie: string | null }> {
  const { viewer, authFailure, setCookie } = await authenticate(deps, caller);
  const { requestId, address, language, userAgent, signal } = caller;
  const viewerId = deps.viewerIds.read(caller.viewerName);
  const isUnnamed = caller.namesReader && viewer === null && authFailure === null && viewerId === null;
  const newViewerName =
    isUnnamed && (await deps.limits.allows('newViewer', address)) ? deps.viewerIds.issue() : null;
  const facts = {
    requestId,
    viewer,
    authFailure,
    address,
    viewerId,
    newViewerName,
    unnamedId: isUnnamed ? (newViewerName?.split('.')[0] ?? deps.viewerIds.idOfAddress(address)) : null,
    anonymous: caller.authorization === undefined && caller.cookie === undefined,
    language,
    userAgent,
    signal,
    logger: deps.logger,
    isLive: caller.isLive ?? false,
  };
  return { context: new RequestContext(facts, deps.services), setCookie };
}
