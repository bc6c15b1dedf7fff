import { subscriptionExchange } from '@urql/core';
import type { createSocket } from './subscription-socket';

/** The last one of `exchanges`. */
export function socketExchange(socket: ReturnType<typeof createSocket>) {
  return subscriptionExchange({
    forwardSubscription: ({ query, variables }) => ({
      subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query: query ?? '', variables }, sink) }),
    }),
  });
}
