/** `fetch` for what is rendered on a server for one reader: the gateway counts the request for that reader's address. */
export function fetchFor(readerAddress: string): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('apollo-require-preflight', 'true');
    headers.set('x-forwarded-for', readerAddress);
    return fetch(input, { ...init, headers });
  };
}
