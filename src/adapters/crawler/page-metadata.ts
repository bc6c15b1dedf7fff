import { decodeHTMLStrict } from 'entities';
import { MAX_URL_LENGTH, canonicalizeUrl, isSameHost } from './canonical-url';
import { cleanLine } from './article-text';
import { SITE_NAME, TITLE_SEPARATOR, candidateText, longestPart } from './headline';
import { findJsonLdArticle, type JsonLdArticle } from './json-ld';
import type { PageDocument, ParsedPage } from './page-dom';
import { parsePublishedAt } from './published-date';
import { cutText } from '../../visible-text';

const MAX_TITLE_LENGTH = 300;
/** Dates in elements of the page that are tried: parsing one takes up to a millisecond. */
const MAX_DATE_ELEMENTS = 20;
const PUBLISHED_META = [
  'article:published_time',
  'article:published',
  'og:article:published_time',
  'og:regDate',
  'datePublished',
  'pubdate',
  'publishdate',
  'parsely-pub-date',
  'date',
  'DC.date.issued',
  'dc.date',
];
const PUBLISHED_ELEMENTS = '[itemprop="datePublished"], [data-date-time], article time, time[datetime]';
/** Elements that hold a time where readers see it: `<span class="date">2026/11/23 09:30</span>`. */
const DATED_ELEMENTS = '[class*="date"], [class*="time"], [class*="info"]';
const MAX_DATED_LENGTH = 60;
/** Text such as "입력 2026.11.23 09:30" near the headline. */
const PUBLISHED_TEXT =
  /(?:입력|등록|승인|게재|발행|작성|전송|송고|written|published|기자\s?[|ㅣ])(?:일시?|시간|시각)?\s{0,3}[:：]?\s{0,3}(\d{4}\s?[.\-/년].{5,40})/i;
/** Headlines by the shapes of the publishers known at the start, then by common ones. */
const TITLE_ELEMENTS = ['h2.news_ttl', 'h1.headline', '[itemprop="headline"]', 'article h1', 'h1'];
const SECTION =
  /^(?:뉴스|기사|기사본문|본문|전체|종합|정치|경제|사회|국제|세계|문화|금융|증권|산업|부동산|생활|과학|기술|지역|전국|사람|오피니언|사설|칼럼|포토|모바일|IT)$/;
/** As in "지역일보 모바일". */
const MAX_SITE_SUFFIX = 6;
/** Headings that are compared with the document's title. */
const MAX_HEADINGS = 50;

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
  const { headline, logo } = shownParts(document);
  const canonicalUrl = canonicalOf(document, url);
  const jsonLd = findJsonLdArticle(blocks, {
    titles: [meta(document, 'og:title'), headline, ...headingsOf(document, 'h1'), document.title],
    urls: [url, new URL(canonicalUrl)],
  });
  const named = meta(document, 'og:site_name') ?? jsonLd?.publisherName ?? logo;
  const siteName = cleanLine(candidateText(named)) || null;
  return {
    canonicalUrl,
    title: titleOf(document, jsonLd, siteName, headline),
    siteName,
    publishedAt: publishedOf(document, jsonLd, now),
    jsonLd,
    declaresArticle:
      jsonLd !== undefined ||
      meta(document, 'og:type') === 'article' ||
      PUBLISHED_META.slice(0, 3).some((name) => meta(document, name) !== undefined),
  };
}

/** The content of the first non-empty `<meta>` of this property, which some publishers call a name. */
export function meta(document: PageDocument, name: string): string | undefined {
  const selector = ['property', 'name', 'itemprop']
    .map((attribute) => `meta[${attribute}="${name}"]`)
    .join(', ');
  for (const element of document.querySelectorAll(selector)) {
    const content = element.getAttribute('content')?.trim();
    if (content) return content;
  }
  return undefined;
}

/** The page's own canonical address is believed only on the same host, and not when every page names the home page. */
function canonicalOf(document: PageDocument, url: URL): string {
  const link = document.querySelector('link[rel="canonical"]')?.getAttribute('href')?.trim();
  for (const named of [link, meta(document, 'og:url')]) {
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

/** What metadata say, preferably what the page says again; else what readers see. Never the site's own name. */
function titleOf(
  document: PageDocument,
  jsonLd: JsonLdArticle | undefined,
  siteName: string | null,
  headline: string | undefined,
): string {
  const clean = (titles: (string | null | undefined)[]): string[] =>
    titles
      // JSON-LD is not HTML, yet many publishers escape its strings as if it were.
      .map((title) => withoutSiteName(cleanLine(decodeHTMLStrict(candidateText(title))), siteName))
      .filter((title) => title !== '' && title !== siteName && !SITE_NAME.test(title));
  const named = clean([jsonLd?.headline, meta(document, 'og:title'), meta(document, 'twitter:title')]);
  const seen = clean([
    headline,
    ...TITLE_ELEMENTS.map((selector) => document.querySelector(selector)?.textContent),
    document.title,
    document.querySelector('h2')?.textContent,
  ]);
  const title =
    named.find((one) => seen.includes(one)) ??
    named[0] ??
    seen.find((one, n) => seen.indexOf(one) !== n) ??
    seen[0] ??
    '';
  return cutText(title, MAX_TITLE_LENGTH);
}

/** The longest part of the document's title that an element shows, and the one that its first heading shows. */
function shownParts(document: PageDocument): { headline: string | undefined; logo: string | undefined } {
  const title = cleanLine(candidateText(document.title));
  const parts = title.split(TITLE_SEPARATOR);
  const longest = longestPart(title);
  const shown = headingsOf(document, 'h1, h2, h3, h4, th, strong');
  const heading = shown[0] ?? '';
  return {
    headline: shown.includes(longest) ? longest : undefined,
    logo: heading !== longest && parts.includes(heading) ? heading : undefined,
  };
}

function headingsOf(document: PageDocument, selector: string): string[] {
  return [...document.querySelectorAll(selector)]
    .slice(0, MAX_HEADINGS)
    .map(({ textContent }) => cleanLine(candidateText(textContent)));
}

/** "신문 모바일 :: 제목" and "제목 < 경제 < 기사본문 - 신문" without the site's own name and its sections. */
function withoutSiteName(title: string, siteName: string | null): string {
  const site = siteName?.toLowerCase();
  const isSite = (part = ''): boolean =>
    SITE_NAME.test(part) ||
    (!!site && part.toLowerCase().startsWith(site) && part.length <= site.length + MAX_SITE_SUFFIX);
  const bracketed = /^\[([^\]]{1,20})\]\s?/.exec(title);
  const parts = (isSite(bracketed?.[1]) ? title.slice(bracketed?.[0].length) : title).split(TITLE_SEPARATOR);
  const isName = (part = ''): boolean => isSite(part) || SECTION.test(part);
  if (isName(parts.at(-1)) && parts.some((part, n) => n > 0 && isSite(part))) {
    while (parts.length > 2 && isName(parts.at(-1))) parts.splice(-2);
  } else if (parts.length > 2 && isSite(parts[0])) parts.splice(0, 2);
  return parts.join('');
}

function publishedOf(document: PageDocument, jsonLd: JsonLdArticle | undefined, now: Date): Date | null {
  const written = [jsonLd?.datePublished];
  for (const name of PUBLISHED_META) written.push(meta(document, name));
  for (const element of [...document.querySelectorAll(PUBLISHED_ELEMENTS)].slice(0, MAX_DATE_ELEMENTS)) {
    written.push(
      element.getAttribute('datetime') ?? element.getAttribute('data-date-time') ?? element.textContent ?? '',
    );
  }
  written.push(PUBLISHED_TEXT.exec(document.body.textContent ?? '')?.[1]);
  for (const { textContent } of [...document.querySelectorAll(DATED_ELEMENTS)].slice(0, MAX_DATE_ELEMENTS)) {
    const text = textContent?.trim() ?? '';
    if (text.length <= MAX_DATED_LENGTH && /\d[:시]/.test(text)) written.push(text);
  }
  const latest = now.getTime() + 86_400_000;
  for (const text of written) {
    const date = text ? parsePublishedAt(text) : null;
    if (date && date.getTime() <= latest) return date;
  }
  return null;
}
