import type { Request } from './load';

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

/** The first page of the news list, as a signed-in reader's client sends it. */
export function articlesRequest(token: string): Request {
  return {
    path: '/graphql',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-language': 'ko-KR,ko;q=0.9',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ operationName: 'Articles', query: QUERY, variables: { first: 20 } }),
  };
}
