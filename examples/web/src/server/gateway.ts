import 'server-only';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import documents from '../../persisted-documents.json';
import { operationOf } from '@/graphql/document';
import { Fault, faultOf } from '@/graphql/fault';
import { settings } from './settings';

const TIMEOUT_MS = 20_000;
const TEXTS = documents as Record<string, string | undefined>;

interface Operation {
  operationName?: string;
  variables?: unknown;
  extensions?: { persistedQuery?: { sha256Hash?: string } };
}

/**
 * Asks the gateway, and again with the whole text when it does not know the document by its hash. Throws a Fault with
 * UPSTREAM_UNAVAILABLE when nobody answers.
 */
export async function fetchGateway(search: string, init: RequestInit): Promise<Response> {
  const answer = await request(search, init);
  if (answer.status === 304) return answer;
  const text = await answer.text();
  const whole = text.includes('"PERSISTED_QUERY_NOT_FOUND"') && wholeOperation(search, init.body);
  if (!whole) return new Response(text, answer);
  const headers = new Headers(init.headers);
  headers.set('content-type', 'application/json');
  return request('', { ...init, method: 'POST', headers, body: JSON.stringify(whole) });
}

async function request(search: string, init: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(`${settings.gatewayUrl}/graphql${search}`, { ...init, cache: 'no-store', signal });
  } catch {
    throw new Fault('UPSTREAM_UNAVAILABLE');
  }
}

function wholeOperation(search: string, body: RequestInit['body']): object | undefined {
  const operation = typeof body === 'string' ? (JSON.parse(body) as Operation) : operationIn(search);
  const query = TEXTS[operation.extensions?.persistedQuery?.sha256Hash ?? ''];
  return query === undefined ? undefined : { ...operation, query };
}

function operationIn(search: string): Operation {
  const parameters = new URLSearchParams(search);
  const json = (name: string) => JSON.parse(parameters.get(name) ?? '{}') as never;
  return {
    operationName: parameters.get('operationName') ?? undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

/** Sends an operation of this server's own. Throws a Fault. */
export async function callGateway<T, V>(
  document: TypedDocumentNode<T, V>,
  variables: V,
  headers: Headers,
): Promise<T> {
  const { operationName, extensions } = operationOf(document as TypedDocumentNode<T, never>);
  headers.set('content-type', 'application/json');
  const answer = await fetchGateway('', {
    method: 'POST',
    headers,
    body: JSON.stringify({ operationName, variables, extensions }),
  });
  const { data, errors } = (await answer.json().catch(() => ({}))) as { data?: T; errors?: never[] };
  if (errors || !data) throw answer.status >= 502 ? new Fault('UPSTREAM_UNAVAILABLE') : faultOf(errors ?? []);
  return data;
}

/** Of a reader's request what the gateway should know: whom to count, which language, which browser signs in. */
export function headersForReader(reader: Headers): Headers {
  const headers = new Headers({ 'apollo-require-preflight': 'true' });
  for (const name of ['x-forwarded-for', 'accept-language', 'user-agent']) {
    const value = reader.get(name);
    if (value) headers.set(name, value);
  }
  return headers;
}
