import pg from 'pg';
import { articleOf, SELECT_ARTICLES, sendData, type ArticleRow } from './bare-article';
import { listen, runChild } from './child';

/** The least that can answer when the ten are known: one prepared statement, rows projected, JSON.stringify. */
runChild(async ({ databaseUrl, recommended = [] }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  const ids = recommended.map(({ id }) => id);
  const url = await listen(async (request, response) => {
    request.resume();
    const { rows } = await pool.query<ArticleRow>({
      name: 'articles',
      text: `${SELECT_ARTICLES} WHERE a.id = ANY($1)`,
      values: [ids],
      rowMode: 'array',
    });
    const articles = new Map(rows.map((row) => [row[0], articleOf(row)]));
    const recommendations = recommended.map(({ id, score, reason }) => ({
      score,
      reason,
      article: articles.get(id),
    }));
    sendData(response, { recommendations });
  });
  return { url };
});
