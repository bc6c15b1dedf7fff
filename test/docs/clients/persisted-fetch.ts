/** Asks for a query of a list by its hash: a short GET, which caches may keep when nobody is signed in. */
export async function askByHash(
  url: string,
  session: { fetch: typeof fetch },
  hash: string,
  variables: object = {},
): Promise<unknown> {
  const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
  const search = new URLSearchParams({
    variables: JSON.stringify(variables),
    extensions: JSON.stringify(extensions),
  });
  const response = await session.fetch(`${url}?${search}`);
  return response.json();
}
