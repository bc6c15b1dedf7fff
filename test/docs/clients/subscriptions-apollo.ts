import { type ApolloLink, split } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { getMainDefinition } from '@apollo/client/utilities';
import type { createSocket } from './subscription-socket';

/** Subscriptions over the socket, everything else over HTTP: the `link` of an ApolloClient. */
export function withSubscriptions(http: ApolloLink, socket: ReturnType<typeof createSocket>) {
  const isSubscription = ({ query }: { query: Parameters<typeof getMainDefinition>[0] }) => {
    const definition = getMainDefinition(query);
    return definition.kind === 'OperationDefinition' && definition.operation === 'subscription';
  };
  return split(isSubscription, new GraphQLWsLink(socket), http);
}
