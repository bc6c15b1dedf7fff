import iconv from 'iconv-lite';
import { DOMParser } from 'linkedom';
import { DateTime } from 'luxon';
import { startNewsroom, type Newsroom } from '../../../src/dev/standins/newsroom/newsroom';
import {
  articlePath,
  type NewsroomArticle,
  readArticles,
} from '../../../src/dev/standins/newsroom/newsroom-articles';

type PageDocument = ReturnType<typeof parsed>;

const articles = readArticles();
let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await startNewsroom({});
});

afterAll(() => newsroom.close());

const parsed = (html: string) => new DOMParser().parseFromString(html, 'text/html');

/** A page decoded as its Content-Type header says. */
async function load(path: string): Promise<{ charset: string; bytes: Buffer; document: PageDocument }> {
  const response = await fetch(new URL(path, newsroom.url));
  expect(response.status).toBe(200);
  const charset = /charset=([\w-]+)/.exec(response.headers.get('content-type') ?? '')?.[1] ?? '';
  const bytes = Buffer.from(await response.arrayBuffer());
  return { charset, bytes, document: parsed(iconv.decode(bytes, charset)) };
}

function meta(document: PageDocument, property: string): string | undefined {
  return document.querySelector(`meta[property="${property}"]`)?.getAttribute('content') ?? undefined;
}

function newest(shape: NewsroomArticle['shape']): NewsroomArticle {
  const article = articles.find((each) => each.shape === shape);
  if (!article) throw new Error(`no article of the shape ${shape}`);
  return article;
}

describe('the pages of the newsroom', () => {
  it('show every article where its publisher would put it', async () => {
    expect(newsroom.articleUrls).toEqual(articles.map((article) => newsroom.url + articlePath(article)));
    for (const article of articles) {
      const { document } = await load(articlePath(article));
      expect(meta(document, 'og:title')).toBe(article.title);
      const body = bodyOf(document, article.shape);
      for (const paragraph of article.paragraphs) expect(body).toContain(paragraph);
    }
  });

  it('have the title elements and dates of their publishers', async () => {
    const mk = (await load(articlePath(newest('mk')))).document;
    expect(mk.querySelector('h2.news_ttl')?.textContent).toBe(newest('mk').title);
    expect(meta(mk, 'article:published_time')).toMatch(/^2026-/);
    const hankyung = (await load(articlePath(newest('hankyung')))).document;
    expect(hankyung.querySelector('h1.headline')?.textContent).toBe(newest('hankyung').title);
    expect(meta(hankyung, 'article:published')).toMatch(/^2026-/);
    expect(meta(hankyung, 'article:published_time')).toBeUndefined();
    expect(meta(hankyung, 'og:image')).toMatch(/^\/images\//);
  });

  it('are in EUC-KR for one publisher, which only the header says', async () => {
    for (const shape of ['mk', 'hankyung', 'sedaily'] as const) {
      const { charset, bytes, document } = await load(articlePath(newest(shape)));
      expect(charset).toBe(shape === 'hankyung' ? 'euc-kr' : 'utf-8');
      expect(document.querySelector('meta[charset]') === null).toBe(shape === 'hankyung');
      expect(bytes.toString('utf8').includes('�')).toBe(shape === 'hankyung');
    }
  });

  it('have one date without a zone for each publisher', async () => {
    for (const article of articles) {
      const { document } = await load(articlePath(article));
      const published = meta(
        document,
        article.shape === 'hankyung' ? 'article:published' : 'article:published_time',
      );
      expect(/[+]09:00$/.test(published ?? '')).toBe(article !== newest(article.shape));
      const time = DateTime.fromISO(published ?? '', { zone: 'Asia/Seoul' });
      expect(time.toMillis()).toBe(Date.parse(article.publishedAt));
    }
  });

  it('surround the article with what a reader does not want', async () => {
    const { document } = await load(articlePath(newest('mk')));
    for (const selector of [
      'nav',
      'script',
      '.ad_wrap',
      'aside.related a',
      '.reporter',
      '.copyright',
      'footer',
    ])
      expect(document.querySelector(selector)).not.toBeNull();
  });

  it('have drawings that load', async () => {
    for (const article of articles) {
      const { document } = await load(articlePath(article));
      const image = await fetch(new URL(meta(document, 'og:image') ?? '', newsroom.url));
      expect(image.headers.get('content-type')).toBe('image/svg+xml');
      expect(await image.text()).toMatch(/^<svg [^>]+>.+<\/svg>$/);
    }
  });

  it('are listed on the front page with addresses to copy', async () => {
    const { document } = await load('/');
    const addresses = [...document.querySelectorAll('li code')].map((code) => code.textContent);
    expect(addresses).toEqual(newsroom.articleUrls);
  });

  it('include a missing one, an empty one and robots.txt', async () => {
    expect((await fetch(`${newsroom.url}/missing`)).status).toBe(404);
    expect((await load('/empty')).document.querySelector('main')?.textContent).toBe('');
    expect(await (await fetch(`${newsroom.url}/robots.txt`)).text()).toContain('User-agent: *');
  });
});

describe('the feeds of the newsroom', () => {
  it.each([
    ['/rss.xml', articles],
    ['/rss/mk.xml', articles.filter(({ shape }) => shape === 'mk')],
    ['/rss/hankyung.xml', articles.filter(({ shape }) => shape === 'hankyung')],
  ])('are valid RSS 2.0: %s', async (path, listed) => {
    const response = await fetch(newsroom.url + path);
    expect(response.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
    const feed = new DOMParser().parseFromString(await response.text(), 'text/xml');
    expect(feed.querySelector('rss')?.getAttribute('version')).toBe('2.0');
    for (const required of ['title', 'link', 'description'])
      expect(feed.querySelector(`channel > ${required}`)?.textContent).toBeTruthy();
    const items = [...feed.querySelectorAll('item')].map((item) => ({
      title: item.querySelector('title')?.textContent,
      link: item.querySelector('link')?.textContent,
      guid: item.querySelector('guid')?.textContent,
      published: DateTime.fromRFC2822(item.querySelector('pubDate')?.textContent ?? '').toMillis(),
    }));
    expect(items).toEqual(
      listed.map((article) => ({
        title: article.title,
        link: newsroom.url + articlePath(article),
        guid: newsroom.url + articlePath(article),
        published: Date.parse(article.publishedAt),
      })),
    );
  });
});

function bodyOf(document: PageDocument, shape: NewsroomArticle['shape']): string {
  if (shape === 'mk') return document.querySelector('div.news_cnt_detail_wrap')?.textContent ?? '';
  if (shape === 'hankyung') return document.querySelector('div.article-body')?.textContent ?? '';
  const jsonLd = document.querySelector('script[type="application/ld+json"]')?.textContent ?? '';
  return (JSON.parse(jsonLd) as { articleBody: string }).articleBody;
}
