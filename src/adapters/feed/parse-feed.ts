import { decodeXMLStrict } from 'entities';
import { parseFeed as parseXml } from 'feedsmith';
import { decodeHtml } from '../crawler/decode-html';
import { parsePublishedAt } from '../crawler/published-date';
import { repairFeed } from './repair-feed';

export interface FeedItem {
  /** Absolute, of whatever scheme; null when the item names no page. */
  url: string | null;
  publishedAt: Date | null;
}

export interface ParsedFeed {
  /** In the feed's order. */
  items: FeedItem[];
  /** Parts could not be read. */
  isBroken: boolean;
}

/** Far more than publishers keep in a feed; the first ones are the newest. */
export const MAX_ITEMS = 5_000;
const DAY_MS = 86_400_000;

/**
 * Reads an RSS 2.0, RSS 1.0 (RDF) or Atom feed. `url` is where it was found, for its relative links.
 * @returns null when it is no feed
 */
export function parseFeed(
  bytes: Buffer,
  { contentType, url, now }: { contentType: string | undefined; url: string; now: Date },
): ParsedFeed | null {
  const { xml, items, isBroken } = repairFeed(decodeHtml(bytes, contentType), { url, maxItems: MAX_ITEMS });
  if (xml === '') return null;
  if (items === 0) return { items: [], isBroken };
  const candidates = itemsOf(xml);
  if (!candidates) return null;
  return {
    items: candidates.map(({ links, dates, base }) => ({
      url: first(links, (link) => absolute(link, base ?? url)),
      publishedAt: first(dates, (date) => publishedBefore(date, now)),
    })),
    isBroken: isBroken || candidates.length < items,
  };
}

interface Candidate {
  /** The likeliest first. */
  links: (string | undefined)[];
  dates: (string | undefined)[];
  base: string | undefined;
}

function itemsOf(xml: string): Candidate[] | null {
  try {
    const { format, feed } = parseXml(xml);
    switch (format) {
      case 'rss':
        return (feed.items ?? []).map(({ link, guid, pubDate, dc, atom, xml: { base } = {} }) => ({
          links: [link, ...pagesOf(atom?.links), permaLink(guid)],
          dates: [pubDate, ...(dc?.dates ?? []), atom?.published, atom?.updated],
          base,
        }));
      case 'rdf':
        return (feed.items ?? []).map(({ link, rdf, dc, atom, xml: { base } = {} }) => ({
          links: [link, ...pagesOf(atom?.links), ifAddress(rdf?.about)],
          dates: [...(dc?.dates ?? []), atom?.published, atom?.updated],
          base,
        }));
      case 'atom':
        return (feed.entries ?? []).map(({ links, id, published, updated, dc, xml: { base } = {} }) => ({
          links: [...pagesOf(links), ifAddress(id)],
          dates: [published, updated, ...(dc?.dates ?? [])],
          base,
        }));
      default:
        return null;
    }
  } catch {
    // Its errors say only that this is no feed.
    return null;
  }
}

interface AtomLink {
  href?: string;
  rel?: string;
  type?: string;
}

/** The pages that the links of an entry lead to; one that is said to be HTML comes first. */
function pagesOf(links: AtomLink[] = []): (string | undefined)[] {
  const pages = links.filter(({ rel }) => rel === undefined || rel.toLowerCase() === 'alternate');
  const isHtml = ({ type }: AtomLink) => type !== undefined && /html/i.test(type);
  return [...pages.filter(isHtml), ...pages.filter((page) => !isHtml(page))].map(({ href }) => href);
}

function permaLink(guid: { value?: string; isPermaLink?: boolean } | undefined): string | undefined {
  return guid?.isPermaLink === false ? undefined : ifAddress(guid?.value);
}

/** Identifiers are links only when they are whole addresses. */
function ifAddress(identifier: string | undefined): string | undefined {
  return identifier !== undefined && /^\s*https?:\/\//i.test(identifier) ? identifier : undefined;
}

/** Texts in CDATA, and those that were escaped twice, still hold `&amp;`. */
function absolute(link: string, base: string): string | null {
  const text = decodeXMLStrict(link).trim();
  if (text === '') return null;
  const address = /^www\./i.test(text) ? `https://${text}` : text;
  return URL.canParse(address, base) ? new URL(address, base).href : null;
}

/** A time that is still to come was written wrongly. */
function publishedBefore(date: string, now: Date): Date | null {
  const published = parsePublishedAt(decodeXMLStrict(date));
  return published && published.getTime() <= now.getTime() + DAY_MS ? published : null;
}

function first<T>(candidates: (string | undefined)[], read: (candidate: string) => T | null): T | null {
  for (const candidate of candidates) {
    const found = candidate === undefined ? null : read(candidate);
    if (found !== null) return found;
  }
  return null;
}
