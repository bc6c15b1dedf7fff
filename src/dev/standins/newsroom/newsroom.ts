import { setTimeout as delay } from 'node:timers/promises';
import { fastify } from 'fastify';
import iconv from 'iconv-lite';
import { articlePath, type PageShape, readArticles } from './newsroom-articles';
import {
  imagePath,
  renderArticle,
  renderDrawing,
  renderEmpty,
  renderFeed,
  renderFront,
  SITE_NAMES,
} from './newsroom-pages';

/** The shape that is served as EUC-KR, which only its Content-Type header says. */
const EUC_KR_SHAPE: PageShape = 'hankyung';
const HTML = 'text/html; charset=utf-8';

const FEEDS: readonly { path: string; title: string; shape?: PageShape }[] = [
  { path: '/rss.xml', title: '연습신문' },
  { path: '/rss/mk.xml', title: SITE_NAMES.mk, shape: 'mk' },
  { path: '/rss/hankyung.xml', title: SITE_NAMES.hankyung, shape: 'hankyung' },
];

export interface Newsroom {
  url: string;
  /** Absolute addresses of every article, newest first. */
  articleUrls: string[];
  close(): Promise<void>;
}

/** Serves invented articles in the page structures of three publishers, with feeds, for development and tests. */
export async function startNewsroom(options: {
  port?: number;
  host?: string;
  /** How long an article lets wait for itself. */
  articlePauseMs?: number;
}): Promise<Newsroom> {
  const { port = 0, host = '127.0.0.1', articlePauseMs = 0 } = options;
  const articles = readArticles();
  let url = '';
  const app = fastify({ forceCloseConnections: true });
  const serve = (path: string, contentType: string, body: () => string | Buffer, pauseMs = 0) =>
    app.get(path, async (_request, reply) => {
      await delay(pauseMs);
      return reply.header('content-type', contentType).send(body());
    });

  serve('/', HTML, () => renderFront(articles, url));
  serve('/empty', HTML, renderEmpty);
  serve('/robots.txt', 'text/plain; charset=utf-8', () => 'User-agent: *\nDisallow: /private/\nAllow: /\n');
  for (const { path, title, shape } of FEEDS) {
    const listed = articles.filter((article) => shape === undefined || article.shape === shape);
    serve(path, 'application/rss+xml; charset=utf-8', () => renderFeed(listed, { title, origin: url, path }));
  }
  for (const article of articles) {
    const page = () => renderArticle(article, articles, url);
    if (article.shape !== EUC_KR_SHAPE) serve(articlePath(article), HTML, page, articlePauseMs);
    else serve(articlePath(article), 'text/html; charset=euc-kr', () => encodeEucKr(page()), articlePauseMs);
    serve(imagePath(article), 'image/svg+xml', () => renderDrawing(article));
  }
  app.setNotFoundHandler((_request, reply) => reply.code(404).type(HTML).send(renderEmpty()));

  url = await app.listen({ port, host });
  return {
    url,
    articleUrls: articles.map((article) => url + articlePath(article)),
    close: () => app.close(),
  };
}

/** Characters that EUC-KR lacks become numeric references, as publishers' systems write them. */
function encodeEucKr(html: string): Buffer {
  const encodable = [...html].map((character) =>
    iconv.decode(iconv.encode(character, 'euc-kr'), 'euc-kr') === character
      ? character
      : `&#${character.codePointAt(0)};`,
  );
  return iconv.encode(encodable.join(''), 'euc-kr');
}
