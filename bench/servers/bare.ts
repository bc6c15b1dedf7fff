import type { ServerResponse } from 'node:http';
import pg from 'pg';
import { encodeCursor } from '../../src/domain/shared/paging';
import {
  articleOf,
  SELECT_ARTICLES,
  SELECT_WHOLE,
  sendData,
  wholeArticleOf,
  type ArticleRow,
  type WholeRow,
} from './bare-article';
import { listen, runChild } from './child';

const FIRST = 20;
const ARTICLE_PATH = '/article/';

/** The least that can answer: one prepared statement, rows projected, JSON.stringify. The body is not even read. */
runChild(async ({ databaseUrl }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  const url = await listen(async (request, response) => {
    request.resume();
    const asked = request.url!;
    if (asked.startsWith(ARTICLE_PATH)) await sendArticle(pool, asked.slice(ARTICLE_PATH.length), response);
    else await sendList(pool, response);
  });
  return { url };
});

async function sendList(pool: pg.Pool, response: ServerResponse): Promise<void> {
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
}

async function sendArticle(pool: pg.Pool, id: string, response: ServerResponse): Promise<void> {
  const { rows } = await pool.query<WholeRow>({
    name: 'article',
    text: `${SELECT_WHOLE} WHERE a.id = $1 AND a.status = 'PUBLISHED'`,
    values: [id],
    rowMode: 'array',
  });
  sendData(response, { article: rows[0] ? wholeArticleOf(rows[0]) : null });
}
