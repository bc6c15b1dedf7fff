import { decodeHTMLStrict } from 'entities';
import { MAX_URL_LENGTH } from './canonical-url';
import { SITE_NAME, headlineForms } from './headline';

const ARTICLE_TYPE =
  /^(?:https?:\/\/schema\.org\/)?(?:\w*NewsArticle|Article|BlogPosting|LiveBlogPosting|TechArticle|Report)$/;
const MAX_NODES = 500;
const MAX_BLOCKS = 50;
const MAX_IMAGES = 20;
/** More words than an article has; a larger count is a mistake. */
const MAX_WORD_COUNT = 20_000;

/** What schema.org metadata says about the page's article. */
export interface JsonLdArticle {
  headline: string | undefined;
  articleBody: string | undefined;
  wordCount: number | undefined;
  datePublished: string | undefined;
  images: string[];
  publisherName: string | undefined;
  isFree: boolean;
}

/** By what a page is known: its titles as it shows them, its addresses. */
export interface PageIdentity {
  titles: readonly (string | undefined)[];
  urls: readonly URL[];
}

type JsonObject = Record<string, unknown>;

/**
 * The page's own schema.org article in its JSON-LD blocks, through arrays, @graph and mainEntity: of those with its
 * headline or address the one that says most, else the first. Others are related ones. Articles in an ItemList are a
 * list page's links and do not count. Blocks that are not JSON are passed over.
 */
export function findJsonLdArticle(blocks: readonly string[], page: PageIdentity): JsonLdArticle | undefined {
  const titles = new Set(page.titles.flatMap(headlineForms));
  const isOwn = (node: JsonObject, headline: string | undefined): boolean =>
    headlineForms(headline).some((form) => titles.has(form)) ||
    addressesOf(node).some((url) => isOneOf(page.urls, url));
  let first: JsonLdArticle | undefined;
  let own: JsonLdArticle | undefined;
  const queue: unknown[] = blocks.slice(0, MAX_BLOCKS).map(parseBlock);
  for (let i = 0; i < queue.length && i < MAX_NODES; i++) {
    const node = queue[i];
    if (Array.isArray(node)) queue.push(...node.slice(0, MAX_NODES));
    if (!isObject(node)) continue;
    if ([node['@type']].flat().some((type) => typeof type === 'string' && ARTICLE_TYPE.test(type))) {
      const article = {
        headline: text(node.headline) ?? text(node.name),
        articleBody: text(node.articleBody),
        wordCount: wordCount(node.wordCount),
        datePublished: text(node.datePublished) ?? text(node.dateCreated),
        images: [node.image, node.thumbnailUrl].flat().slice(0, MAX_IMAGES).flatMap(imageUrl),
        publisherName: isObject(node.publisher) ? text(node.publisher.name) : text(node.publisher),
        isFree: !isFalse(node.isAccessibleForFree),
      };
      if (isOwn(node, article.headline) && (!own || filled(article) > filled(own))) own = article;
      // Some sites put their own name first.
      if (!first || (SITE_NAME.test(first.headline ?? '') && !SITE_NAME.test(article.headline ?? '')))
        first = article;
    }
    queue.push(node['@graph'], node.mainEntity);
  }
  return own ?? first;
}

function addressesOf(node: JsonObject): (string | undefined)[] {
  const main = node.mainEntityOfPage;
  return [node.url, node['@id'], isObject(main) ? (main['@id'] ?? main.url) : main].map(text);
}

function isOneOf(urls: readonly URL[], named: string | undefined): boolean {
  // The parser's own work on a host of megabytes cannot be interrupted.
  if (!named || named.length > MAX_URL_LENGTH || !URL.canParse(named, urls[0]?.href)) return false;
  const place = ({ host, pathname, search }: URL): string => host + pathname + search;
  const address = place(new URL(named, urls[0]));
  return urls.some((url) => place(url) === address);
}

function isFalse(value: unknown): boolean {
  return value === false || /^(?:https?:\/\/schema\.org\/)?false$/i.test(text(value) ?? '');
}

function wordCount(value: unknown): number | undefined {
  const count = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
  return count > 0 && count <= MAX_WORD_COUNT ? count : undefined;
}

function filled(article: JsonLdArticle): number {
  return Object.values(article).filter((value) => value !== undefined && String(value) !== '').length;
}

function parseBlock(block: string): unknown {
  const bare = block
    .replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, '')
    .trimEnd();
  const json = bare.replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>|;)$/, '');
  // Line breaks inside strings are the commonest fault of hand-made templates; some escape the whole block.
  const plain = json.replace(/\p{Cc}+/gu, ' ');
  for (const candidate of [json, plain, decodeHTMLStrict(plain)]) {
    try {
      return JSON.parse(candidate);
    } catch {
      continue;
    }
  }
  return undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first.trim() !== '' ? first.trim() : undefined;
}

function imageUrl(value: unknown): string[] {
  const url = isObject(value) ? (text(value.url) ?? text(value.contentUrl)) : text(value);
  return url ? [url] : [];
}
