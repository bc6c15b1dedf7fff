import { fastify } from 'fastify';
import iconv from 'iconv-lite';
import { articlePath, type NewsroomArticle, type PageShape, readArticles } from './newsroom-articles';
import { renderFeed } from './newsroom-feed';
import { renderEmptyPage, renderImage, renderIndex } from './newsroom-pages';
import { imagePath, renderArticle, SITE_NAMES } from './newsroom-shapes';

/** The shape that is served as EUC-KR, which only its Content-Type header says. */
const EUC_KR_SHAPE: PageShape = 'hankyung';

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

/**
 * Serves invented articles in the page structures of three publishers, with feeds, for development and tests.
 * The newest article of each shape says its date without a zone; the others say theirs with +09:00.
 */
export async function startNewsroom(options: { port?: number; host?: string }): Promise<Newsroom> {
  const { port = 0, host = '127.0.0.1' } = options;
  const articles = readArticles();
  let url = '';
  const app = fastify({ forceCloseConnections: true });

  app.get('/', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(renderIndex(articles, url)),
  );
  app.get('/empty', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(renderEmptyPage()),
  );
  app.get('/robots.txt', async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send('User-agent: *\nDisallow: /private/\nAllow: /\n'),
  );
  for (const { path, title, shape } of FEEDS) {
    const listed = articles.filter((article) => shape === undefined || article.shape === shape);
    app.get(path, async (_request, reply) =>
      reply.type('application/rss+xml; charset=utf-8').send(renderFeed(listed, { title, origin: url, path })),
    );
  }
  for (const article of articles) {
    const html = () => {
      const related = articles.filter(({ shape }) => shape === article.shape).slice(0, 5);
      return renderArticle({ article, published: publishedText(article, articles), origin: url, related });
    };
    const euckr = article.shape === EUC_KR_SHAPE;
    app.get(articlePath(article), async (_request, reply) =>
      reply
        .header('content-type', `text/html; charset=${euckr ? 'euc-kr' : 'utf-8'}`)
        .send(euckr ? encodeEucKr(html()) : Buffer.from(html(), 'utf8')),
    );
    app.get(imagePath(article), async (_request, reply) =>
      reply.type('image/svg+xml').send(renderImage(article.slug)),
    );
  }
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('text/html; charset=utf-8').send(renderEmptyPage()),
  );

  url = await app.listen({ port, host });
  return {
    url,
    articleUrls: articles.map((article) => url + articlePath(article)),
    close: () => app.close(),
  };
}

function publishedText(article: NewsroomArticle, articles: readonly NewsroomArticle[]): string {
  const newestOfShape = articles.find(({ shape }) => shape === article.shape);
  return article === newestOfShape
    ? article.publishedAt.replace(/(Z|[+-]\d\d:\d\d)$/, '')
    : article.publishedAt;
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
