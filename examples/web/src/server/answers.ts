import 'server-only';
import { Fault } from '@/graphql/fault';
import { isFromOwnPage } from './origin';

const NOT_STORED = { 'cache-control': 'no-store' };

export function empty(status: number): Response {
  return new Response(null, { status, headers: NOT_STORED });
}

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: NOT_STORED });
}

/** A fault in the form of the gateway's own. */
export function faultAnswer(fault: Fault, status: number): Response {
  const { code, message } = fault;
  return json({ errors: [{ message, extensions: { code } }] }, status);
}

/** The answer to a request that no page of ours has sent; null for one that a page of ours has. */
export function refusalOfForeign({ headers }: Request): Response | null {
  return isFromOwnPage(headers) ? null : faultAnswer(new Fault('FORBIDDEN'), 403);
}
