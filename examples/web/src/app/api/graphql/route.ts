import { Fault } from '@/graphql/fault';
import { faultAnswer, refusalOfForeign } from '@/server/answers';
import { readBounded } from '@/server/bounded-body';
import { openCookies } from '@/server/cookies';
import { fetchGateway, headersForReader } from '@/server/gateway';

/** As the gateway's own bound. */
const MAX_BODY_BYTES = 1024 * 1024;
const PASSED_ON = ['accept', 'if-none-match'];
const PASSED_BACK = ['content-type', 'cache-control', 'etag', 'vary', 'retry-after', 'x-request-id'];

/** Passes a page's request on to the gateway, with the tokens that the page itself never sees. */
async function pass(request: Request): Promise<Response> {
  const refusal = refusalOfForeign(request);
  if (refusal) return refusal;
  if (!request.headers.has('apollo-require-preflight')) return faultAnswer(new Fault('BAD_REQUEST'), 400);
  const body = request.method === 'POST' ? await readBounded(request, MAX_BODY_BYTES) : undefined;
  if (typeof body === 'number')
    return faultAnswer(new Fault(body === 503 ? 'UPSTREAM_UNAVAILABLE' : 'BAD_REQUEST'), body);
  const cookies = await openCookies();
  const headers = headersForReader(request.headers);
  for (const name of PASSED_ON) copy(name, request.headers, headers);
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (cookies.accessToken) headers.set('authorization', `Bearer ${cookies.accessToken}`);
  else if (cookies.viewerId) headers.set('viewer-id', cookies.viewerId);
  try {
    const answer = await fetchGateway(new URL(request.url).search, {
      method: request.method,
      headers,
      ...(body !== undefined && { body }),
    });
    const viewerId = answer.headers.get('viewer-id');
    if (viewerId) cookies.keepViewerId(viewerId);
    const back = new Headers({ 'session-version': cookies.sessionVersion });
    for (const name of PASSED_BACK) copy(name, answer.headers, back);
    return new Response(answer.body, { status: answer.status, headers: back });
  } catch (error) {
    if (error instanceof Fault) return faultAnswer(error, 503);
    throw error;
  }
}

function copy(name: string, from: Headers, to: Headers): void {
  const value = from.get(name);
  if (value !== null) to.set(name, value);
}

export { pass as GET, pass as POST };
