import pg from 'pg';
import { encodeCursor } from '../../src/domain/shared/paging';
import { articleOf, SELECT_ARTICLES, sendData, type ArticleRow } from './bare-article';
import { listen, runChild } from './child';

const FIRST = 20;

/** The least that can answer: one prepared statement, rows projected, JSON.stringify. The body is not even read. */
runChild(async ({ databaseUrl }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  const url = await listen(async (request, response) => {
    request.resume();
    const { rows } = await pool.query<ArticleRow>({
      name: 'articles',
      text: `${SELECT_ARTICLES} WHERE a.status = 'PUBLISHED' ORDER BY a."releasedAt" DESC, a.id DESC LIMIT $1`,
      values: [FIRST + 1],
      rowMode: 'array',
    });
    const edges = rows.slice(0, FIRST).map((row) => ({
      cursor: encodeCursor({ at: row[6], id: row[0] }),
      node: articleOf(row),
    }));
    const pageInfo = {
      hasNextPage: rows.length > FIRST,
      hasPreviousPage: false,
      startCursor: edges[0]!.cursor,
      endCursor: edges.at(-1)!.cursor,
    };
    sendData(response, { articles: { edges, pageInfo } });
  });
  return { url };
});
