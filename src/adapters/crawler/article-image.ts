import { MAX_URL_LENGTH } from './canonical-url';
import type { JsonLdArticle } from './json-ld';
import type { PageDocument, PageElement } from './page-dom';
import { meta } from './page-metadata';

const LAZY_SOURCES = ['data-src', 'data-original', 'data-lazy-src', 'data-lazy', 'src'];
const MIN_SIDE_PIXELS = 120;
const MAX_SOURCES = 100;
/** Placeholders, tracking pixels and a site's own signs, by file name. */
const NOT_A_PICTURE =
  /(?:^|[-_.])(?:logo|icon|blank|spacer|pixel|transparent|no[-_]?img|no[-_]?image|default|loading|placeholder|lazy|banner|btn|button|sns|share|1x1)(?:[-_.]|\d*$)|\.(?:gif|svg|ico)$/i;

export interface ImageSearch {
  document: PageDocument;
  /** The article's body, where a picture is looked for when metadata name none. */
  container: PageElement | null;
  jsonLd: JsonLdArticle | undefined;
  url: URL;
  /** Which addresses may be shown to readers. */
  isAllowed: (url: URL) => boolean;
}

/** The article's picture as an absolute http(s) address: `og:image`, JSON-LD, then the first in the body. */
export function findImage({ document, container, jsonLd, url, isAllowed }: ImageSearch): string | null {
  const href = document.querySelector('base[href]')?.getAttribute('href') ?? '';
  const base = URL.canParse(href, url.href) ? new URL(href, url) : url;
  const named = [
    meta(document, 'property="og:image:secure_url"'),
    meta(document, 'property="og:image"'),
    ...(jsonLd?.images ?? []),
    meta(document, 'name="twitter:image"'),
  ];
  for (const source of [...named, ...[...bodyImages(container)].slice(0, MAX_SOURCES)]) {
    // The parser's own work on a host of megabytes cannot be interrupted.
    if (!source || source.length > MAX_URL_LENGTH || !URL.canParse(source, base.href)) continue;
    const image = new URL(source, base);
    const name = image.pathname.split('/').at(-1) ?? '';
    if (image.href.length > MAX_URL_LENGTH) continue;
    if (isAllowed(image) && !NOT_A_PICTURE.test(name)) return image.href;
  }
  return null;
}

function* bodyImages(container: PageElement | null): Generator<string> {
  for (const image of container?.querySelectorAll('img') ?? []) {
    const sides = ['width', 'height'].map((side) => Number.parseInt(image.getAttribute(side) ?? '', 10));
    if (sides.some((pixels) => pixels < MIN_SIDE_PIXELS)) continue;
    for (const attribute of LAZY_SOURCES) {
      const source = image.getAttribute(attribute)?.trim();
      if (source) yield source;
    }
  }
}
