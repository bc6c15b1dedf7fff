import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { refreshSession } from '@/session/refresh';
import { operationOf } from './document';
import { Fault, faultOf } from './fault';

/**
 * Sends a typed document from a page that does without Apollo Client. Throws a Fault. `keepalive` lets it outlive the page.
 */
export async function sendDocument<T, V>(
  document: TypedDocumentNode<T, V>,
  variables: V,
  options: { keepalive?: boolean } = {},
): Promise<T> {
  const answer = await send(document, variables, options);
  if (!answer.errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED')) return dataOf(answer);
  const renewed = await refreshSession(answer.sessionVersion);
  return renewed ? dataOf(await send(document, variables, options)) : dataOf(answer);
}

interface Answer<T> {
  data: T | null;
  errors: { message: string; extensions?: { code?: string } }[];
  sessionVersion: string | null;
}

async function send<T, V>(
  document: TypedDocumentNode<T, V>,
  variables: V,
  { keepalive = false }: { keepalive?: boolean },
): Promise<Answer<T>> {
  const { operation, ...operationBody } = operationOf(document as TypedDocumentNode<T, never>);
  const body = { ...operationBody, variables };
  const headers = { 'apollo-require-preflight': 'true', 'content-type': 'application/json' };
  const response = await (
    operation === 'query'
      ? fetch(`/api/graphql?${searchOf(body)}`, { headers, keepalive })
      : fetch('/api/graphql', { method: 'POST', headers, body: JSON.stringify(body), keepalive })
  ).catch(() => {
    throw new Fault('UPSTREAM_UNAVAILABLE');
  });
  const { data = null, errors = [] } = (await response.json().catch(() => ({}))) as Partial<Answer<T>>;
  return { data, errors, sessionVersion: response.headers.get('session-version') };
}

function searchOf({ operationName, variables, extensions }: Record<string, unknown>): URLSearchParams {
  return new URLSearchParams({
    operationName: operationName as string,
    variables: JSON.stringify(variables),
    extensions: JSON.stringify(extensions),
  });
}

function dataOf<T>({ data, errors }: Answer<T>): T {
  if (errors.length > 0 || data === null) throw faultOf(errors);
  return data;
}
