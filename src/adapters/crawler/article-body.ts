import { Readability } from '@mozilla/readability';
import { articleText, cleanText } from './article-text';
import { parsePage, type PageDocument, type PageElement, type ParsedPage } from './page-dom';
import type { PageMetadata } from './page-metadata';

/** Containers by the shapes of the publishers known at the start, then by common markup. */
const BODY_SELECTORS = ['div.news_cnt_detail_wrap', 'div.article-body', '[itemprop="articleBody"]'];
const MIN_CHARACTERS = 150;
const MIN_SENTENCES = 2;
const MAX_CHARACTERS = 50_000;
/** What is read of a text in metadata, its markup included. */
const MAX_DECLARED = 200_000;
/** Below this share of the longest text found, a text is taken for a teaser. */
const TEASER_SHARE = 0.5;
const MAX_LINK_SHARE = 0.4;
const MAX_READABILITY_ELEMENTS = 5_000;
/** For links inside links, whose whole texts it measures again for every element around them. */
const MAX_NESTED_LINK_CHARACTERS = 150_000;
const MAX_CONTAINERS = 10;
const PAYWALL =
  /(?:로그인|회원\s?가입|구독)\s?(?:후|하면|하시면|해야).{0,30}(?:이용|보실|볼 수|읽으실|읽을 수)|(?:회원|구독자|유료)\s?전용/;
const PAYWALL_MAX_CHARACTERS = 400;

export interface ArticleBody {
  text: string;
  /** Where the text was found, for the search of a picture; null when it came from metadata. */
  container: PageElement | null;
}

/**
 * The article's body: JSON-LD `articleBody`, the known publishers' containers, and Readability's choice, in this
 * order of trust, teasers passed over. At most 50,000 characters, cut between paragraphs.
 * @returns null when nothing on the page reads like an article
 */
export function findBody(page: ParsedPage, metadata: PageMetadata, url: URL): ArticleBody | null {
  const candidates: ArticleBody[] = [];
  const declared = metadata.jsonLd?.articleBody;
  if (declared) candidates.push({ text: markupText(declared.slice(0, MAX_DECLARED)), container: null });
  const seen = new Set<PageElement>();
  for (const selector of BODY_SELECTORS) {
    const container = longest(outermost(page.document.querySelectorAll(selector), seen));
    if (container) candidates.push(container);
  }
  const known = candidates.filter(({ text }) => isArticle(text));
  const readable =
    known.length === 0 || known.every(({ container }) => !container) ? readableBody(page.document) : null;
  const isGuess = known.length === 0 && !metadata.declaresArticle;
  if (readable && isArticle(readable.text) && !(isGuess && looksLikeList(readable, url)))
    known.push(readable);

  const longestText = Math.max(0, ...known.map(({ text }) => text.length));
  const complete = known.filter(({ text }) => text.length >= longestText * TEASER_SHARE);
  // JSON-LD often loses the paragraphs that the page itself still has.
  const body = complete.find(({ text }) => text.includes('\n\n')) ?? complete[0];
  return body ? { ...body, text: shorten(body.text) } : null;
}

function isArticle(text: string): boolean {
  if (text.length < MIN_CHARACTERS) return false;
  if (text.length < PAYWALL_MAX_CHARACTERS && PAYWALL.test(text)) return false;
  return (text.match(/[.!?。…]["'”’)\]]{0,3}(?=\s|$)/g)?.length ?? 0) >= MIN_SENTENCES;
}

/** Text that may hold tags and entities, as JSON-LD strings do. */
function markupText(text: string): string {
  if (!/[<&]/.test(text)) return cleanText(text);
  return articleText(parsePage(text.replace(/\r?\n/g, '<br>')).document.body);
}

/** Containers inside one that was seen hold a part of its text, and reading each again would take long. */
function outermost(elements: Iterable<PageElement>, seen: Set<PageElement>): PageElement[] {
  const found: PageElement[] = [];
  for (const element of elements) {
    let around: PageElement | null = element;
    while (around && !seen.has(around)) around = around.parentElement;
    if (around || found.length === MAX_CONTAINERS) continue;
    seen.add(element);
    found.push(element);
  }
  return found;
}

function longest(elements: PageElement[]): ArticleBody | undefined {
  const bodies = elements.map((container) => ({ container, text: articleText(container) }));
  return bodies.sort((a, b) => b.text.length - a.text.length)[0];
}

function readableBody(document: PageDocument): ArticleBody | null {
  // Readability parses a page up to four times: seconds for the largest pages.
  const elements = [...document.querySelectorAll('*')].length;
  const hasLongLinks =
    document.querySelector('a a') && (document.body.textContent ?? '').length > MAX_NESTED_LINK_CHARACTERS;
  if (elements > MAX_READABILITY_ELEMENTS || hasLongLinks) {
    return longest(outermost(document.querySelectorAll('article, main'), new Set())) ?? null;
  }
  // It rewrites the document it reads, so it comes last.
  const article = new Readability<PageElement>(document as never, {
    charThreshold: MIN_CHARACTERS,
    disableJSONLD: true,
    keepClasses: true,
    serializer: (node) => node as unknown as PageElement,
  }).parse();
  return article?.content ? { text: articleText(article.content), container: article.content } : null;
}

/** Without any sign of an article: a home page, or text that is mostly links, or a row of linked headlines. */
function looksLikeList({ container }: ArticleBody, url: URL): boolean {
  if (url.pathname === '/' && url.search === '') return true;
  if (!container) return false;
  const length = (element: PageElement): number => (element.textContent ?? '').replace(/\s+/g, '').length;
  let linked = 0;
  for (const link of container.querySelectorAll('a')) linked += length(link);
  const headlines = [
    ...container.querySelectorAll('h1 a, h2 a, h3 a, h4 a, dt a, strong a, a h2, a h3, a h4, a strong'),
  ];
  return linked > length(container) * MAX_LINK_SHARE || headlines.length >= 4;
}

function shorten(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text;
  const end = text.lastIndexOf('\n\n', MAX_CHARACTERS);
  return text.slice(0, end > 0 ? end : MAX_CHARACTERS);
}
