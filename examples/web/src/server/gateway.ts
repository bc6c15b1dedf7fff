import 'server-only';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import documents from '../../persisted-documents.json';
import { operationOf } from '@/graphql/document';
import { Fault, faultOf } from '@/graphql/fault';
import { settings } from './settings';

const TIMEOUT_MS = 20_000;
const TEXTS = documents as Record<string, string | undefined>;
/** Behind its fragments. */
const MUTATION = /(^|} )mutation /;

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
  const whole =
    answer.text.includes('"code":"PERSISTED_QUERY_NOT_FOUND"') && wholeOperation(search, init.body);
  if (!whole) return responseOf(answer);
  const headers = new Headers(init.headers);
  headers.set('content-type', 'application/json');
  return responseOf(await request('', { ...init, method: 'POST', headers, body: JSON.stringify(whole) }));
}

interface Answer {
  text: string;
  status: number;
  headers: Headers;
}

function responseOf({ text, status, headers }: Answer): Response {
  return new Response(text || null, { status, headers });
}

/** The whole answer: a gateway that goes away in the midst of it is away. */
async function request(search: string, init: RequestInit): Promise<Answer> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const url = `${settings.gatewayUrl}/graphql${search}`;
    const answer = await fetch(url, { ...init, cache: 'no-store', signal });
    const { status, headers } = answer;
    return { text: await answer.text(), status, headers };
  } catch {
    throw new Fault('UPSTREAM_UNAVAILABLE');
  }
}

function wholeOperation(search: string, body: RequestInit['body']): object | undefined {
  const isPost = typeof body === 'string';
  const operation = isPost ? (JSON.parse(body) as Operation) : operationIn(search);
  const query = TEXTS[operation.extensions?.persistedQuery?.sha256Hash ?? ''];
  // A GET carries nothing out, whatever its hash.
  if (query === undefined || (!isPost && MUTATION.test(query))) return undefined;
  return { ...operation, query };
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
