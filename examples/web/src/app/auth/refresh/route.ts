import { RefreshSessionDocument } from '@/graphql/generated/graphql';
import { Fault } from '@/graphql/fault';
import { empty, faultAnswer, refusalOfForeign } from '@/server/answers';
import { openCookies } from '@/server/cookies';
import { callGateway, headersForReader } from '@/server/gateway';

/**
 * Renews the session whose access token the gateway has refused: 204, at once when another tab has done it meanwhile.
 * `session-version` is the one that came with the refusal. 401 when the session has ended, 503 in an outage, which ends none.
 */
export async function POST(request: Request): Promise<Response> {
  const refusal = refusalOfForeign(request);
  if (refusal) return refusal;
  const cookies = await openCookies();
  const { refreshToken, sessionVersion } = cookies;
  if (!refreshToken) return empty(401);
  if (request.headers.get('session-version') !== sessionVersion) return empty(204);
  try {
    const headers = headersForReader(request.headers);
    const { refreshSession } = await callGateway(RefreshSessionDocument, { refreshToken }, headers);
    cookies.keepSession(refreshSession);
    return empty(204);
  } catch (error) {
    if ((error as Fault).code !== 'UNAUTHENTICATED')
      return faultAnswer(new Fault('UPSTREAM_UNAVAILABLE'), 503);
    cookies.dropSession();
    return empty(401);
  }
}
