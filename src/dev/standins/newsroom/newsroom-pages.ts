import path from 'node:path';
import { DateTime } from 'luxon';
import { templatesIn } from '../../../templates';
import { articlePath, type NewsroomArticle, type PageShape, SECTIONS } from './newsroom-articles';

/** The name a page gives its publisher; these are exercises, not articles of the real newspapers. */
export const SITE_NAMES: Record<PageShape, string> = {
  mk: '연습신문 매경판',
  hankyung: '연습신문 한경판',
  sedaily: '연습신문 서경판',
};

const render = templatesIn(path.join(__dirname, 'templates'));

/** Where the drawing of an article is served; no `.svg`, because crawlers take such names for ornaments. */
export function imagePath({ slug }: NewsroomArticle): string {
  return `/images/${slug}`;
}

/**
 * An article page with the structure of its publisher and the clutter that surrounds articles. The newest article of
 * each shape says its date without a zone; the others say theirs with +09:00.
 */
export function renderArticle(
  article: NewsroomArticle,
  articles: readonly NewsroomArticle[],
  origin: string,
): string {
  const sameShape = articles.filter(({ shape }) => shape === article.shape);
  const { publishedAt, shape, paragraphs } = article;
  const published = article === sameShape[0] ? publishedAt.replace(/(Z|[+-]\d\d:\d\d)$/, '') : publishedAt;
  const drawing = imagePath(article);
  const view = {
    ...article,
    ...describe(article, origin),
    published,
    minute: published.slice(0, 16).replace('T', ' '),
    description: paragraphs[0]?.slice(0, 90),
    rest: paragraphs.slice(1),
    imagePath: drawing,
    image: shape === 'hankyung' ? drawing : origin + drawing,
    sections: Object.values(SECTIONS),
    related: sameShape.slice(0, 5).map((other) => describe(other, '')),
  };
  return render(shape, { ...view, jsonLd: jsonLdOf(view) });
}

/** The front page: every article with the address to copy into `requestArticle`. */
export function renderFront(articles: readonly NewsroomArticle[], origin: string): string {
  return render('front', { articles: articles.map((article) => describe(article, origin)) });
}

/** RSS 2.0 with absolute links and RFC 822 dates in Korean time. */
export function renderFeed(
  articles: readonly NewsroomArticle[],
  feed: { title: string; origin: string; path: string },
): string {
  return render('rss', { ...feed, articles: articles.map((article) => describe(article, feed.origin)) });
}

/** A page that answers well and has no article in it. */
export function renderEmpty(): string {
  return render('empty', {});
}

/** A bar drawing of an article's own: heights and colour follow from the slug. */
export function renderDrawing({ slug }: NewsroomArticle): string {
  const codes = [...slug].map((character) => character.charCodeAt(0));
  const hue = codes.reduce((sum, code) => (sum * 31 + code) % 360, 7);
  const bars = codes.slice(0, 12).map((code, index) => {
    const height = 60 + ((code * 37) % 260);
    return { x: 60 + index * 58, y: 380 - height, height, lightness: 38 + ((code * 7) % 25) };
  });
  return render('drawing', { hue, bars });
}

function describe(article: NewsroomArticle, origin: string) {
  return {
    title: article.title,
    path: articlePath(article),
    url: origin + articlePath(article),
    site: SITE_NAMES[article.shape],
    section: SECTIONS[article.category],
    lead: article.paragraphs[0],
    rfc822: DateTime.fromISO(article.publishedAt, { zone: 'Asia/Seoul' }).toRFC2822(),
  };
}

function jsonLdOf(
  view: ReturnType<typeof describe> & { published: string; image: string; paragraphs: string[] },
) {
  const jsonLd = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    mainEntityOfPage: { '@type': 'WebPage', '@id': view.url },
    headline: view.title,
    articleSection: view.section,
    image: [view.image],
    datePublished: view.published,
    author: { '@type': 'Person', name: '김연습' },
    publisher: { '@type': 'NewsMediaOrganization', name: view.site },
    articleBody: view.paragraphs.join('\n\n'),
  };
  return JSON.stringify(jsonLd).replaceAll('<', '\\u003c');
}
