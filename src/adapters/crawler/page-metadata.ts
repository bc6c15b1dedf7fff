import { decodeHTMLStrict } from 'entities';
import { MAX_URL_LENGTH, canonicalizeUrl, isSameHost } from './canonical-url';
import { cleanLine } from './article-text';
import { findJsonLdArticle, type JsonLdArticle } from './json-ld';
import type { PageDocument, ParsedPage } from './page-dom';
import { parsePublishedAt } from './published-date';

const MAX_TITLE_LENGTH = 300;
/** What is looked at of a candidate for a title or a name, before anything else is done with it. */
const MAX_CANDIDATE_LENGTH = 1_000;
/** Dates in elements of the page that are tried: parsing one takes up to a millisecond. */
const MAX_DATE_ELEMENTS = 20;
const PUBLISHED_META = [
  'meta[property="article:published_time"]',
  'meta[property="article:published"]',
  'meta[name="article:published_time"]',
  'meta[property="og:article:published_time"]',
  'meta[itemprop="datePublished"]',
  'meta[name="pubdate"], meta[name="publishdate"], meta[name="parsely-pub-date"], meta[name="date"]',
  'meta[name="DC.date.issued"], meta[name="dc.date"]',
];
const PUBLISHED_ELEMENTS = '[itemprop="datePublished"], article time[datetime], time[datetime]';
/** Text such as "입력 2026.11.23 09:30" near the headline. */
const PUBLISHED_TEXT = /(?:입력|등록|승인|게재|발행|작성일?)\s{0,3}[:：]?\s{0,3}(\d{4}\s?[.\-/년].{5,40})/;
/** Headlines by the shapes of the publishers known at the start, then by common ones. */
const TITLE_ELEMENTS = ['h2.news_ttl', 'h1.headline', '[itemprop="headline"]', 'article h1', 'h1'];
const SEPARATOR_CHARACTER = /[\s|\-–—:·<]/;
const TITLE_SEPARATOR = /\s+[|\-–—:·<]\s+|\s*[|]\s*/;

export interface PageMetadata {
  canonicalUrl: string;
  title: string;
  siteName: string | null;
  publishedAt: Date | null;
  jsonLd: JsonLdArticle | undefined;
  /** Whether the page calls itself an article. */
  declaresArticle: boolean;
}

/** What a page says about itself: JSON-LD, then `og:`/`article:` metadata, then what readers see. */
export function readMetadata({ document, jsonLd: blocks }: ParsedPage, url: URL, now: Date): PageMetadata {
  const jsonLd = findJsonLdArticle(blocks);
  const siteName =
    cleanLine(candidateText(meta(document, 'property="og:site_name"') ?? jsonLd?.publisherName)) || null;
  return {
    canonicalUrl: canonicalOf(document, url),
    title: titleOf(document, jsonLd, siteName),
    siteName,
    publishedAt: publishedOf(document, jsonLd, now),
    jsonLd,
    declaresArticle:
      jsonLd !== undefined ||
      meta(document, 'property="og:type"') === 'article' ||
      PUBLISHED_META.slice(0, 3).some((selector) => document.querySelector(selector) !== null),
  };
}

/** The content of the first non-empty `<meta>` with this attribute, e.g. `property="og:title"`. */
export function meta(document: PageDocument, attribute: string): string | undefined {
  for (const element of document.querySelectorAll(`meta[${attribute}]`)) {
    const content = element.getAttribute('content')?.trim();
    if (content) return content;
  }
  return undefined;
}

/** The page's own canonical address is believed only on the same host, and not when every page names the home page. */
function canonicalOf(document: PageDocument, url: URL): string {
  const link = document.querySelector('link[rel="canonical"]')?.getAttribute('href')?.trim();
  for (const named of [link, meta(document, 'property="og:url"')]) {
    if (!named || !URL.canParse(named, url.href)) continue;
    const candidate = new URL(named, url);
    const isHome = candidate.pathname === '/' && candidate.search === '' && url.pathname !== '/';
    const isWeb = candidate.protocol === 'https:' || candidate.protocol === 'http:';
    const isPlain = candidate.username === '' && candidate.password === '';
    const isShort = candidate.href.length <= MAX_URL_LENGTH;
    if (isWeb && isPlain && isShort && !isHome && isSameHost(candidate, url)) {
      return canonicalizeUrl(candidate.href);
    }
  }
  return canonicalizeUrl(url.href);
}

function titleOf(document: PageDocument, jsonLd: JsonLdArticle | undefined, siteName: string | null): string {
  const elements = TITLE_ELEMENTS.map((selector) => document.querySelector(selector)?.textContent);
  const candidates = [
    jsonLd?.headline,
    meta(document, 'property="og:title"'),
    meta(document, 'name="twitter:title"'),
    ...elements,
    document.title,
  ];
  for (const candidate of candidates) {
    // JSON-LD is not HTML, yet many publishers escape its strings as if it were.
    const title = withoutSiteName(cleanLine(decodeHTMLStrict(candidateText(candidate))), siteName);
    if (title) return title.slice(0, MAX_TITLE_LENGTH);
  }
  return '';
}

/** Leading white space does not count against the limit. */
function candidateText(text: string | null | undefined): string {
  return (text ?? '').trimStart().slice(0, MAX_CANDIDATE_LENGTH);
}

/** "제목 | 한국경제" without its last part, when that is the site's own name. */
function withoutSiteName(title: string, siteName: string | null): string {
  const parts = title.split(TITLE_SEPARATOR);
  const last = parts.at(-1) ?? '';
  if (!siteName || parts.length < 2 || last.toLowerCase() !== siteName.toLowerCase()) return title;
  let end = title.length - last.length;
  // Not a pattern that ends in +$: on a long run of these characters it would take quadratic time.
  while (end > 0 && SEPARATOR_CHARACTER.test(title.charAt(end - 1))) end--;
  return title.slice(0, end);
}

function publishedOf(document: PageDocument, jsonLd: JsonLdArticle | undefined, now: Date): Date | null {
  const written = [jsonLd?.datePublished];
  for (const selector of PUBLISHED_META)
    written.push(document.querySelector(selector)?.getAttribute('content') ?? '');
  for (const element of [...document.querySelectorAll(PUBLISHED_ELEMENTS)].slice(0, MAX_DATE_ELEMENTS)) {
    written.push(element.getAttribute('datetime') ?? element.textContent ?? '');
  }
  written.push(PUBLISHED_TEXT.exec(document.body.textContent ?? '')?.[1]);
  const latest = now.getTime() + 86_400_000;
  for (const text of written) {
    const date = text ? parsePublishedAt(text) : null;
    if (date && date.getTime() <= latest) return date;
  }
  return null;
}
