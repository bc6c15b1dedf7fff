import { createClient } from 'graphql-ws';

interface Session {
  authorization(isExpired?: boolean): Promise<string | undefined>;
}

/** The socket of a page, opened with its first subscription and again whenever it is lost. */
export function createSocket(url: string, session: Session) {
  let isExpired = false;
  return createClient({
    url: url.replace(/^http/, 'ws'),
    retryAttempts: Infinity,
    // By default a connection that is refused, as of a gateway that restarts, ends every subscription.
    shouldRetry: () => true,
    async connectionParams() {
      const authorization = await session.authorization(isExpired);
      isExpired = false;
      return authorization ? { authorization } : {};
    },
    on: { closed: (event) => (isExpired = (event as { code: number }).code === 4403) },
  });
}
