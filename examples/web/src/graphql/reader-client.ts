import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import { from, mergeMap, Observable, throwError } from 'rxjs';
import { refreshSession } from '@/session/refresh';
import { hashOf } from './document';

/** The client of pages that belong to one reader: `(reader)` and the desk. */
export function createReaderClient(): ApolloClient {
  const persisted = new PersistedQueryLink({ generateHash: hashOf, useGETForHashedQueries: true });
  const http = new HttpLink({ uri: '/api/graphql', headers: { 'apollo-require-preflight': 'true' } });
  return new ApolloClient({
    cache: createCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === 'subscription',
      liveLink,
      ApolloLink.from([renewingLink, persisted, http]),
    ),
  });
}

/** Each filter of a list is a list of its own. */
function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          articles: relayStylePagination(['filter']),
          auditLog: relayStylePagination(['targetType', 'targetId']),
          economicTerms: relayStylePagination(['startsWith']),
          generationJobs: relayStylePagination(['kind', 'status']),
          insights: relayStylePagination(),
          newsletterIssues: relayStylePagination(),
          newsletterSubscriptions: relayStylePagination(['category']),
          users: relayStylePagination(['search']),
        },
      },
      User: { fields: { answers: relayStylePagination() } },
    },
  });
}

/** Renews a refused session once, and repeats what was refused. */
const renewingLink = new ErrorLink(({ error, operation, forward }) => {
  const refused =
    CombinedGraphQLErrors.is(error) &&
    error.errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED');
  const { response } = operation.getContext() as { response?: Response };
  if (!refused) return;
  return from(refreshSession(response?.headers.get('session-version') ?? null)).pipe(
    mergeMap((renewed) => (renewed ? forward(operation) : throwError(() => error))),
  );
});

/** Loads the socket with the first subscription: most pages have none. */
const liveLink = new ApolloLink(
  (operation) =>
    new Observable((observer) => {
      let stop: (() => void) | undefined = undefined;
      let left = false;
      import('./socket-link').then(
        ({ socketLink }) => {
          if (left) return;
          const subscription = socketLink.request(operation).subscribe(observer);
          stop = () => subscription.unsubscribe();
        },
        (error: unknown) => observer.error(error),
      );
      return () => {
        left = true;
        stop?.();
      };
    }),
);
