import { setTimeout as delay } from 'node:timers/promises';
import { fastify, type FastifyInstance } from 'fastify';
import iconv from 'iconv-lite';
import { LiveArticles } from './live-articles';
import { articlePath, type NewsroomArticle, type PageShape, readArticles } from './newsroom-articles';
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

/** The feed of what appears while the newsroom runs. */
export const LIVE_FEED_PATH = '/rss/live.xml';
const RSS = 'application/rss+xml; charset=utf-8';

export interface NewsroomOptions {
  port?: number;
  host?: string;
  /** Articles that have a page and are listed nowhere. */
  archive?: readonly NewsroomArticle[];
  /** How long an article lets wait for itself. */
  articlePauseMs?: number;
  /** How often an article appears in the feed of new ones; without it there is no such feed. */
  liveEveryMinutes?: number;
  now?: () => Date;
}

export interface Newsroom {
  url: string;
  /** Absolute addresses of every article, newest first. */
  articleUrls: string[];
  close(): Promise<void>;
}

/** Serves invented articles in the page structures of three publishers, with feeds, for development and tests. */
export async function startNewsroom(options: NewsroomOptions): Promise<Newsroom> {
  const { port = 0, host = '127.0.0.1', articlePauseMs = 0, liveEveryMinutes: everyMinutes } = options;
  const { archive = [] } = options;
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
    serve(path, RSS, () => renderFeed(listed, { title, origin: url, path }));
  }
  for (const article of [...articles, ...archive]) {
    const { contentType, body } = pageOf(article, () => renderArticle(article, articles, url));
    serve(articlePath(article), contentType, body, articlePauseMs);
    serve(imagePath(article), 'image/svg+xml', () => renderDrawing(article));
  }
  if (everyMinutes !== undefined)
    serveLive(app, new LiveArticles({ everyMinutes, now: options.now ?? (() => new Date()) }), () => url);
  app.setNotFoundHandler((_request, reply) => reply.code(404).type(HTML).send(renderEmpty()));

  url = await app.listen({ port, host });
  return {
    url,
    articleUrls: articles.map((article) => url + articlePath(article)),
    close: () => app.close(),
  };
}

/** The newest articles, of which the feed tells with an entity tag. */
function serveLive(app: FastifyInstance, live: LiveArticles, origin: () => string): void {
  app.get(LIVE_FEED_PATH, async (request, reply) => {
    const listed = live.listed();
    const etag = `"${listed[0]!.slug}"`;
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    const feed = renderFeed(listed, { title: '연습신문 속보', origin: origin(), path: LIVE_FEED_PATH });
    return reply.header('etag', etag).header('content-type', RSS).send(feed);
  });
  app.get<{ Params: { shape: string; slug: string } }>('/:shape/:slug', async ({ params }, reply) => {
    const article = live.find(params.shape, params.slug);
    if (!article) return reply.callNotFound();
    const { contentType, body } = pageOf(article, () => renderArticle(article, live.listed(), origin()));
    return reply.header('content-type', contentType).send(body());
  });
  app.get<{ Params: { slug: string } }>('/images/:slug', async ({ params }, reply) => {
    const article = live.findBySlug(params.slug);
    return article ? reply.type('image/svg+xml').send(renderDrawing(article)) : reply.callNotFound();
  });
}

function pageOf(
  { shape }: NewsroomArticle,
  html: () => string,
): { contentType: string; body: () => string | Buffer } {
  if (shape !== EUC_KR_SHAPE) return { contentType: HTML, body: html };
  return { contentType: 'text/html; charset=euc-kr', body: () => encodeEucKr(html()) };
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
