import 'server-only';
import { CombinedGraphQLErrors, HttpLink } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { ApolloClient, InMemoryCache, registerApolloClient } from '@apollo/client-integration-nextjs';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { headers } from 'next/headers';
import { hashOf } from '@/graphql/document';
import { Fault, faultOf } from '@/graphql/fault';
import { fetchGateway, headersForReader } from './gateway';

/** One client and cache for each page that is rendered. */
const { getClient } = registerApolloClient(async () => {
  const sent = headersForReader(await headers());
  const persisted = new PersistedQueryLink({
    generateHash: hashOf,
    useGETForHashedQueries: true,
    // fetchGateway does it.
    retry: () => false,
    disable: () => false,
  });
  const http = new HttpLink({
    uri: '/graphql',
    headers: Object.fromEntries(sent),
    fetch: (uri, init) => fetchGateway(new URL(String(uri), 'http://gateway').search, init ?? {}),
  });
  return new ApolloClient({ cache: new InMemoryCache(), link: persisted.concat(http) });
});

/**
 * What anybody may read, as a GET without anything of the reader, so that caches may serve it. The same question asked
 * twice for one page is sent once. Throws a Fault.
 */
export async function readPublic<T, V extends Record<string, unknown>>(
  query: TypedDocumentNode<T, V>,
  variables: V,
): Promise<T> {
  const client = await getClient();
  try {
    const { data } = await client.query<T, Record<string, unknown>>({ query, variables });
    return data as T;
  } catch (error) {
    if (CombinedGraphQLErrors.is(error)) throw faultOf(error.errors as never);
    throw error instanceof Fault ? error : new Fault('UPSTREAM_UNAVAILABLE');
  }
}
