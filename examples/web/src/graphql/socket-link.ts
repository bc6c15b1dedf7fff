import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';
import { refreshSession } from '@/session/refresh';

/** What /auth/socket-token tells, in memory only. */
interface SocketToken {
  url: string;
  accessToken: string | null;
  sessionVersion: string;
}

const EXPIRED = 4403;
let token: SocketToken | undefined;
let isExpired = false;

async function requestToken(): Promise<SocketToken> {
  const response = await fetch('/auth/socket-token', { method: 'POST' });
  if (!response.ok) throw new Error(`no socket token: ${response.status}`);
  return (await response.json()) as SocketToken;
}

/** The socket of a page, opened with its first subscription and again whenever it is lost. */
export const socketLink = new GraphQLWsLink(
  createClient({
    async url() {
      if (isExpired) await refreshSession(token?.sessionVersion ?? null);
      isExpired = false;
      token = await requestToken();
      return token.url;
    },
    connectionParams: () => (token?.accessToken ? { authorization: `Bearer ${token.accessToken}` } : {}),
    retryAttempts: Infinity,
    // By default a connection that is refused, as of a gateway that restarts, ends every subscription.
    shouldRetry: () => true,
    on: { closed: (event) => (isExpired = (event as { code: number }).code === EXPIRED) },
  }),
);
