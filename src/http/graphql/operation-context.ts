import type { ViewerIds } from '../../adapters/tokens/viewer-id';
import type { Services } from '../../context/gateway';
import { RequestContext, type RequestFacts } from '../../schema/request-context';
import { authenticate, type AuthenticateDeps, type Credentials } from '../authenticate';

export interface OperationContextDeps extends AuthenticateDeps {
  services: Services;
  viewerIds: ViewerIds;
}

/** What comes with an operation, whichever transport brought it. */
export type Caller = Credentials &
  Pick<RequestFacts, 'requestId' | 'address' | 'language' | 'userAgent'> & {
    /** The `viewer-id` that an anonymous reader sent back. */
    viewerName: string | undefined;
    /** A reader without a name gets one. Never with a GET: a shared cache would give it to all. */
    namesReader: boolean;
  };

/** The context of one operation, and a Set-Cookie header that its answer should carry. Never throws. */
export async function operationContext(
  { viewerIds, services, logger, ...deps }: OperationContextDeps,
  { authorization, cookie, origin, acceptsCookie, viewerName, namesReader, ...caller }: Caller,
): Promise<{ context: RequestContext; setCookie: string | null }> {
  const credentials = { authorization, cookie, origin, acceptsCookie };
  const { viewer, authFailure, setCookie } = await authenticate({ services, logger, ...deps }, credentials);
  const viewerId = viewerIds.read(viewerName);
  const isUnnamed = namesReader && viewer === null && authFailure === null && viewerId === null;
  const facts = {
    ...caller,
    viewer,
    authFailure,
    viewerId,
    newViewerName: isUnnamed ? viewerIds.issue() : null,
    anonymous: authorization === undefined && cookie === undefined,
    logger,
  };
  return { context: new RequestContext(facts, services), setCookie };
}
