import { AppError } from '../../errors';
import { findBody, outermost } from './article-body';
import { findImage, picturesIn } from './article-image';
import { parsePage } from './page-dom';
import { readMetadata } from './page-metadata';

export interface CrawledArticle {
  canonicalUrl: string;
  title: string;
  /** Plain text; paragraphs separated by a blank line; at most 50,000 characters. */
  content: string;
  /** Absolute http(s) address. */
  imageUrl: string | null;
  publishedAt: Date | null;
  siteName: string | null;
}

export interface ExtractOptions {
  /** The page's address after redirects. */
  url: URL;
  now: Date;
  /** Which addresses of pictures may be shown to readers. */
  isAllowedImage: (url: URL) => boolean;
}

/**
 * Finds the article in a page.
 * @throws AppError ARTICLE_NOT_FOUND_IN_PAGE, ARTICLE_INCOMPLETE, PAGE_TOO_LARGE (too many elements, too much text)
 */
export function extractArticle(html: string, { url, now, isAllowedImage }: ExtractOptions): CrawledArticle {
  const page = parsePage(html);
  const { document } = page;
  const metadata = readMetadata(page, url, now);
  const { canonicalUrl, title, siteName, publishedAt, jsonLd } = metadata;
  // Before the search of the body leaves out what holds no text.
  const pictures = picturesIn(outermost(document.querySelectorAll('article, main'), new Set()));
  const body = findBody(page, metadata, url);
  if (!body || title === '') throw new AppError('ARTICLE_NOT_FOUND_IN_PAGE');
  const shown = [...picturesIn(body.containers), ...pictures];
  const imageUrl = findImage({ document, shown, jsonLd, url, isAllowed: isAllowedImage });
  const content = body.text.startsWith(`${title}\n\n`) ? body.text.slice(title.length + 2) : body.text;
  return { canonicalUrl, title, content, imageUrl, publishedAt, siteName };
}
