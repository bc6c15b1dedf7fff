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

/** The page of an article, as the same client sends it. */
export function articleRequest(token: string, id: string): Request {
  return requestOf(token, { operationName: 'Article', query: ARTICLE_QUERY, variables: { id } });
}

function requestOf(token: string, body: object): Request {
  return {
    path: '/graphql',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-language': 'ko-KR,ko;q=0.9',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify(body),
  };
}
