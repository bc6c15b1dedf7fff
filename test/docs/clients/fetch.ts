interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions: { code: string; retryAfterSeconds?: number } }[];
}
export type Ask = <Data>(query: string, variables?: object) => Promise<Data>;

/** Sends a document; throws an Error with the message, `code` and `retryAfterSeconds` of what was refused. */
export function createAsk(url: string, session: { fetch: typeof fetch }): Ask {
  return async <Data>(query: string, variables: object = {}) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query, variables });
    const response = await session.fetch(url, { method: 'POST', headers, body });
    const { data, errors } = (await response.json()) as Answer<Data>;
    if (errors) throw Object.assign(new Error(errors[0]!.message), errors[0]!.extensions);
    return data as Data;
  };
}

const PAGE = `query Page($filter: ArticleFilter, $after: String) {
  articles(first: 20, filter: $filter, after: $after) {
    edges { node { id title } }
    pageInfo { hasNextPage endCursor }
  }
}`;
interface Page {
  articles: {
    edges: { node: { id: string; title: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

/** A list, page by page; the next one is asked for when it is wanted. */
export async function* pagesOf(ask: Ask, filter: object) {
  let after: string | null = null;
  do {
    const page: Page = await ask<Page>(PAGE, { filter, after });
    yield page.articles.edges.map(({ node }) => node);
    after = page.articles.pageInfo.hasNextPage ? page.articles.pageInfo.endCursor : null;
  } while (after);
}
