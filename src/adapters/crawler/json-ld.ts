import { decodeHTMLStrict } from 'entities';

const ARTICLE_TYPE =
  /^(?:https?:\/\/schema\.org\/)?(?:\w*NewsArticle|Article|BlogPosting|LiveBlogPosting|TechArticle|Report)$/;
const MAX_NODES = 500;
const MAX_BLOCKS = 50;
const MAX_IMAGES = 20;

/** What schema.org metadata says about the page's article. */
export interface JsonLdArticle {
  headline: string | undefined;
  articleBody: string | undefined;
  wordCount: number | undefined;
  datePublished: string | undefined;
  images: string[];
  publisherName: string | undefined;
}

type JsonObject = Record<string, unknown>;

/**
 * The schema.org article that says most in a page's JSON-LD blocks, through arrays, @graph and mainEntity. Articles in
 * an ItemList are a list page's links and do not count. Blocks that are not JSON are passed over.
 */
export function findJsonLdArticle(blocks: readonly string[]): JsonLdArticle | undefined {
  let fullest: JsonLdArticle | undefined;
  const queue: unknown[] = blocks.slice(0, MAX_BLOCKS).map(parseBlock);
  for (let i = 0; i < queue.length && i < MAX_NODES; i++) {
    const node = queue[i];
    if (Array.isArray(node)) queue.push(...node.slice(0, MAX_NODES));
    if (!isObject(node)) continue;
    if ([node['@type']].flat().some((type) => typeof type === 'string' && ARTICLE_TYPE.test(type))) {
      const article = {
        headline: text(node.headline) ?? text(node.name),
        articleBody: text(node.articleBody),
        wordCount: Number(node.wordCount) || undefined,
        datePublished: text(node.datePublished) ?? text(node.dateCreated),
        images: [node.image, node.thumbnailUrl].flat().slice(0, MAX_IMAGES).flatMap(imageUrl),
        publisherName: isObject(node.publisher) ? text(node.publisher.name) : text(node.publisher),
      };
      if (!fullest || filled(article) > filled(fullest)) fullest = article;
    }
    queue.push(node['@graph'], node.mainEntity);
  }
  return fullest;
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
