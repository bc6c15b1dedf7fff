import { cacheExchange, Client, fetchExchange } from '@urql/core';

export function createClient(url: string, session: { fetch: typeof fetch }) {
  return new Client({ url, fetch: session.fetch, exchanges: [cacheExchange, fetchExchange] });
}
