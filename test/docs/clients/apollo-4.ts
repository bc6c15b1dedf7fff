import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import { sha256 } from './sha256';

export function createClient(url: string, session: { fetch: typeof fetch }) {
  const persisted = new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
  return new ApolloClient({
    link: persisted.concat(new HttpLink({ uri: url, fetch: session.fetch })),
    cache: new InMemoryCache({
      typePolicies: { Query: { fields: { articles: relayStylePagination(['filter']) } } },
    }),
  });
}
