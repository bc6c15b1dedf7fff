import { createHash } from 'node:crypto';
import { request } from 'node:http';
import type { TestApp } from './app';

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Registers a query at a gateway, so that it can be asked for by its hash; returns the path of that GET. */
export async function persist(app: TestApp, query: string, variables: object = {}): Promise<string> {
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables, extensions }),
  });
  const search = { extensions: JSON.stringify(extensions), variables: JSON.stringify(variables) };
  return `/graphql?${new URLSearchParams(search).toString()}`;
}

/** A GET with exactly these headers, which `fetch` does not send; with the one that GETs of GraphQL need. */
export function get(
  app: TestApp,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${app.url}${path}`, {
      method,
      headers: { 'apollo-require-preflight': '1', ...headers },
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.end();
  });
}
