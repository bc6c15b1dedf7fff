import { createHash } from 'node:crypto';
import type { Request } from './load';

const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json',
  'accept-language': 'ko-KR,ko;q=0.9',
};

const QUERY = `query Articles($first: Int!) {
  articles(first: $first) {
    edges {
      cursor
      node {
        id title comment category imageUrl publishedAt releasedAt viewCount
        publisher { id name }
      }
    }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

const ARTICLE_QUERY = `query Article($id: ID!) {
  article(id: $id) {
    id title comment category imageUrl publishedAt releasedAt viewCount
    publisher { id name }
    content sourceUrl phrases { expression easy }
  }
}`;

/** The first page of the news list, as a signed-in reader's client sends it. */
export function articlesRequest(token: string): Request {
  return requestOf(token, { operationName: 'Articles', query: QUERY, variables: { first: 20 } });
}

/** The same as anybody asks for it by its hash, and the request after which the gateway knows it. */
export function persistedArticles(): { register: Request; get: Request } {
  const variables = { first: 20 };
  const sha256Hash = createHash('sha256').update(QUERY).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const search = { extensions: JSON.stringify(extensions), variables: JSON.stringify(variables) };
  return {
    register: {
      path: '/graphql',
      headers: HEADERS,
      body: JSON.stringify({ query: QUERY, variables, extensions }),
    },
    get: { path: `/graphql?${new URLSearchParams(search).toString()}`, headers: HEADERS, body: null },
  };
}

/** The page of an article, as the same client sends it. */
export function articleRequest(token: string, id: string): Request {
  return requestOf(token, { operationName: 'Article', query: ARTICLE_QUERY, variables: { id } });
}

function requestOf(token: string, body: object): Request {
  const headers = { ...HEADERS, authorization: `Bearer ${token}` };
  return { path: '/graphql', headers, body: JSON.stringify(body) };
}
