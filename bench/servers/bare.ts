import pg from 'pg';
import { encodeCursor } from '../../src/domain/shared/paging';
import { listen, runChild } from './child';

type Row = [
  string, string, string | null, string, string | null, Date, Date, number, string, string,
]; // prettier-ignore

const FIRST = 20;

/** The least that can answer: one prepared statement, rows projected, JSON.stringify. The body is not even read. */
runChild(async ({ databaseUrl }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  const url = await listen(async (request, response) => {
    request.resume();
    const { rows } = await pool.query<Row>({
      name: 'articles',
      text: `SELECT a.id, a.title, a.comment, a.category::text, a."imageUrl", a."publishedAt", a."releasedAt",
                    a."viewCount", p.id, p.name
             FROM "Article" a JOIN "Publisher" p ON p.id = a."publisherId"
             WHERE a.status = 'PUBLISHED' ORDER BY a."releasedAt" DESC, a.id DESC LIMIT $1`,
      values: [FIRST + 1],
      rowMode: 'array',
    });
    const edges = rows.slice(0, FIRST).map((row) => ({
      cursor: encodeCursor({ at: row[6], id: row[0] }),
      node: {
        id: row[0],
        title: row[1],
        comment: row[2],
        category: row[3],
        imageUrl: row[4],
        publishedAt: row[5],
        releasedAt: row[6],
        viewCount: row[7],
        publisher: { id: row[8], name: row[9] },
      },
    }));
    const pageInfo = {
      hasNextPage: rows.length > FIRST,
      hasPreviousPage: false,
      startCursor: edges[0]!.cursor,
      endCursor: edges.at(-1)!.cursor,
    };
    const body = `${JSON.stringify({ data: { articles: { edges, pageInfo } } })}\n`;
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
  return { url };
});
