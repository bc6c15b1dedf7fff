import type { ServerResponse } from 'node:http';

export type ArticleRow = [
  string, string, string | null, string, string | null, Date, Date, number, string, string,
]; // prettier-ignore

/** The same with what only the page of an article shows. */
export type WholeRow = [...ArticleRow, string, string | null, { expression: string; easy: string }[]];

const CARD = `a.id, a.title, a.comment, a.category::text, a."imageUrl", a."publishedAt", a."releasedAt",
         a."viewCount", p.id, p.name`;
const FROM = 'FROM "Article" a JOIN "Publisher" p ON p.id = a."publisherId"';
/** What a bare server reads of an article and its publisher, as `ArticleRow`. */
export const SELECT_ARTICLES = `SELECT ${CARD} ${FROM}`;
/** As `WholeRow`. */
export const SELECT_WHOLE = `SELECT ${CARD}, a.content, a."sourceUrl", a.phrases ${FROM}`;

export function articleOf(row: ArticleRow) {
  return {
    id: row[0],
    title: row[1],
    comment: row[2],
    category: row[3],
    imageUrl: row[4],
    publishedAt: row[5],
    releasedAt: row[6],
    viewCount: row[7],
    publisher: { id: row[8], name: row[9] },
  };
}

export function wholeArticleOf(row: WholeRow) {
  const phrases = row[12].map(({ expression, easy }) => ({ expression, easy }));
  return { ...articleOf(row as never), content: row[10], sourceUrl: row[11], phrases };
}

export function sendData(response: ServerResponse, data: object): void {
  const body = `${JSON.stringify({ data })}\n`;
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
