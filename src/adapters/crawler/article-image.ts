import { MAX_URL_LENGTH } from './canonical-url';
import type { JsonLdArticle } from './json-ld';
import type { PageDocument, PageElement } from './page-dom';
import { meta } from './page-metadata';

const LAZY_SETS = ['data-srcset', 'srcset'];
const LAZY_SOURCES = ['data-src', 'data-original', 'data-org-src', 'data-lazy-src', 'data-lazy', 'src'];
const MIN_SIDE_PIXELS = 120;
const MAX_SOURCES = 100;
/** Placeholders, tracking pixels and a site's own signs, by file name. */
const NOT_A_PICTURE =
  /(?:^|[-_.])(?:logo|icon|blank|spacer|pixel|transparent|no[-_]?img|no[-_]?image|default|loading|placeholder|lazy|banner|btn|button|sns|share|1x1)(?:[-_.]|\d*$)|\.(?:gif|svg|ico)$/i;

/** The words of a name that says nothing of an article. */
const SIGN_WORD =
  /^(?:logo|icon|blank|image|default|placeholder|banner|share|thumb|facebook|kakao|twitter|news|site|basic|common)$/;

export interface ImageSearch {
  document: PageDocument;
  /** Of the article's body, for when metadata name none. */
  shown: readonly string[];
  jsonLd: JsonLdArticle | undefined;
  url: URL;
  /** Which addresses may be shown to readers. */
  isAllowed: (url: URL) => boolean;
}

/** The article's picture as an absolute http(s) address: `og:image`, JSON-LD, then the first in the body. */
export function findImage({ document, shown, jsonLd, url, isAllowed }: ImageSearch): string | null {
  const href = document.querySelector('base[href]')?.getAttribute('href') ?? '';
  const base = URL.canParse(href, url.href) ? new URL(href, url) : url;
  const named = [
    meta(document, 'og:image:secure_url'),
    meta(document, 'og:image'),
    ...(jsonLd?.images ?? []),
    meta(document, 'twitter:image'),
  ];
  const first = (
    sources: readonly (string | undefined)[],
    isNoPicture: (name: string) => boolean,
  ): string | null => {
    for (const source of sources) {
      // The parser's own work on a host of megabytes cannot be interrupted.
      if (!source || source.length > MAX_URL_LENGTH || !URL.canParse(source, base.href)) continue;
      const image = new URL(source, base);
      if (image.href.length > MAX_URL_LENGTH) continue;
      if (isAllowed(image) && !isNoPicture(image.pathname.split('/').at(-1) ?? '')) return image.href;
    }
    return null;
  };
  return (
    first(named, (name) => isSiteSign(name, url.hostname)) ?? first(shown, (name) => NOT_A_PICTURE.test(name))
  );
}

/** Whether a name says nothing of an article: `logo.png`, `og_default.jpg`, `newspaper-share-2.png`. */
function isSiteSign(name: string, host: string): boolean {
  if (!NOT_A_PICTURE.test(name)) return false;
  const words = name
    .toLowerCase()
    .replace(/\.\w{1,5}$/, '')
    .split(/[-_.\d]+/);
  return words.every((word) => word.length <= 3 || host.includes(word) || SIGN_WORD.test(word));
}

/** The addresses of the pictures within elements, those that load late too. */
export function picturesIn(elements: Iterable<PageElement>): string[] {
  const found: string[] = [];
  for (const image of [...elements].flatMap((element) => [...element.querySelectorAll('img, amp-img')])) {
    const sides = ['width', 'height'].map((side) => Number.parseInt(image.getAttribute(side) ?? '', 10));
    if (sides.some((pixels) => pixels < MIN_SIDE_PIXELS)) continue;
    const value = (attribute: string): string => image.getAttribute(attribute)?.trim() ?? '';
    const sources = [...LAZY_SETS.map((attribute) => widestOf(value(attribute))), ...LAZY_SOURCES.map(value)];
    // Some are switches: data-lazy="1".
    found.push(...sources.filter((source) => /[/.]/.test(source)));
    if (found.length >= MAX_SOURCES) break;
  }
  return found;
}

/** The second of `a.jpg 640w, b.jpg 1280w`. */
function widestOf(set: string): string {
  const sources = set.split(/,\s/).map((source) => source.trim().split(' '));
  const width = ([, size]: string[]): number => Number.parseFloat(size ?? '') || 0;
  return sources.sort((a, b) => width(b) - width(a))[0]?.[0] ?? '';
}
