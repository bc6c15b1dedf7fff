import { Readability } from '@mozilla/readability';
import { AppError } from '../../errors';
import { cutText } from '../../visible-text';
import {
  articleText,
  cleanText,
  isDrawn,
  removeHidden,
  removeNamedBoilerplate,
  withoutPointers,
} from './article-text';
import { isIndex, isNotice, isRow, isWall, looksLikeList, MIN_LINE_CHARACTERS } from './no-article';
import { breaksOff, missingText } from './missing-text';
import { removeOtherArticles } from './other-articles';
import {
  ELEMENT_NODE,
  TEXT_NODE,
  parsePage,
  type PageDocument,
  type PageElement,
  type PageNode,
  type ParsedPage,
} from './page-dom';
import type { PageMetadata } from './page-metadata';
import { findScriptBody } from './script-data';

/** Containers that publishers and portals name as the body; a body may be in several of them. */
const BODY_SELECTORS = [
  '[itemprop="articleBody"]',
  'div.news_cnt_detail_wrap, div.article-body, div.article_body, #articleBody, #article-body, #article_body',
  '#dic_area, div.article_view, #realArtcContents, #article-view-content-div, #textBody',
  'div.entry-content, article.story-news',
];
/** Where a box of such a name holds something else. A form or a class around the headline is the whole page's. */
const BESIDE_THE_ARTICLE =
  'a, aside, nav, footer, :is(form, [class*="comment"], [id*="comment"], [class*="related"]):not(:has(h1, h2))';
const MIN_CHARACTERS = 150;
/** On a page that calls itself an article. */
const MIN_DECLARED_CHARACTERS = 100;
/** Of a body that the page calls an article's and whose article JSON-LD describes: a flash. */
const MIN_DESCRIBED_CHARACTERS = 20;
const MIN_SENTENCES = 2;
const MAX_CHARACTERS = 50_000;
/** What is read of a text in metadata, its markup included. */
const MAX_DECLARED = 200_000;
/** Below this share of a text that it is within, and when it lacks more than a promotion holds, a text is a teaser. */
const TEASER_SHARE = 0.45;
const MAX_PROMOTION_CHARACTERS = 300;
/** Of what the page announces: below it the article is not whole. */
const WHOLE_SHARE = 0.8;
/** The same in words, which publishers count with captions and bylines. */
const WHOLE_WORDS_SHARE = 0.7;
/** Readability parses a page up to four times: a larger one only once. */
const MAX_ELEMENTS_TO_RETRY = 5_000;
/**
 * It measures whole texts again for every element around them: characters, and some for each element, times the
 * elements around. News of 9,000 elements have 0.6 million; at 5 million it takes up to 1.0 s, at 32 million 8.6 s.
 */
const MAX_MEASURED = 5_000_000;
const ELEMENT_CHARACTERS = 10;
/** A text of a page in which nothing can be missing. */
const MAX_CHECKED_CHARACTERS = 150_000;
const MAX_CONTAINERS = 50;
/** Characters by which one text is found again in another. */
const SAME_BEGINNING = 40;
export interface ArticleBody {
  text: string;
  /** Where the text was found, for the search of a picture; empty when it came from metadata or a script. */
  containers: PageElement[];
}

/**
 * The article's body: the boxes that the page names as such, JSON-LD `articleBody`, the page's one `<article>`,
 * Readability's choice and the data of a script, in this order of trust, teasers passed over. At most 50,000
 * characters, cut between paragraphs.
 * @returns null when nothing on the page reads like an article
 * @throws AppError ARTICLE_INCOMPLETE when the page announces more than it holds
 */
export function findBody(page: ParsedPage, metadata: PageMetadata, url: URL): ArticleBody | null {
  const { document } = page;
  const { declaresArticle, jsonLd, title } = metadata;
  removeOtherArticles(document, title, declaresArticle);
  const missing = missingText(document, url, jsonLd?.isFree ?? true);
  const measure = {
    minCharacters: declaresArticle ? MIN_DECLARED_CHARACTERS : MIN_CHARACTERS,
    hasBullets: declaresArticle,
  };
  const isDescribed = jsonLd?.headline !== undefined && jsonLd.datePublished !== undefined;
  const flash = { minCharacters: MIN_DESCRIBED_CHARACTERS, minSentences: 1, hasBullets: true };
  const seen = new Set<PageElement>();
  const declared = withoutPlace(markupText(jsonLd?.articleBody ?? ''));
  const trusted = [
    ...BODY_SELECTORS.map((selector) => joined(outermost(document.querySelectorAll(selector), seen))),
    declared,
    ...(declaresArticle ? [onlyArticle(document)] : []),
  ].filter(
    (body) =>
      isArticle(body.text, jsonLd ? flash : { ...measure, hasBullets: true }) &&
      (declaresArticle || !isRow(body.containers.length, body.text.length)),
  );

  const others: ArticleBody[] = [];
  if (trusted.length === 0 && !declaresArticle && isIndex(document)) return null;
  if (trusted.length === 0 || !isLarge(document)) others.push(readableBody(document));
  if (trusted.length === 0) {
    if (!declaresArticle && (looksLikeList(others[0]?.containers[0], url) || isWall(document))) return null;
    const scripted = withoutPlace(markupText((declaresArticle && findScriptBody(page.scripts, title)) || ''));
    // What else an application's page holds is not the article.
    others.splice(others[0] && isWithin(scripted, others[0]) ? 1 : 0, 0, scripted);
  }
  const candidates = [
    ...trusted,
    ...others.filter(
      (other) =>
        (isArticle(other.text, measure) ||
          (isDescribed && isReport(other.text) && isArticle(other.text, flash))) &&
        trusted.every((body) => isWithin(body, other) && trusted.every((one) => isOneText(one, body))),
    ),
  ];
  const complete = candidates.filter((one) =>
    candidates.every((other) => one.text.length >= wholeLength(other, declared) || !isWithin(one, other)),
  );
  // JSON-LD often loses the paragraphs that the page itself still has.
  const body = complete.find((one) => one !== declared || one.text.includes('\n\n')) ?? complete[0];
  if (!body && missing.hasWall) throw new AppError('ARTICLE_INCOMPLETE');
  if (!body) return null;
  const isShort = jsonLd?.wordCount !== undefined && isShortOf(body.text, jsonLd.wordCount);
  if (isShort || (body !== declared && breaksOff(body.text, missing)))
    throw new AppError('ARTICLE_INCOMPLETE');
  return { ...body, text: shorten(withoutPointers(body.text)) };
}

/** What one that begins within another text must have of it to be no teaser. */
function wholeLength(other: ArticleBody, declared: ArticleBody): number {
  const { length } = other.text;
  if (other === declared) return length * WHOLE_SHARE;
  return Math.min(length * TEASER_SHARE, length - MAX_PROMOTION_CHARACTERS);
}

interface ArticleMeasure {
  minCharacters: number;
  minSentences?: number;
  /** Lines count as sentences. */
  hasBullets: boolean;
}

function isArticle(
  text: string,
  { minCharacters, hasBullets, minSentences = MIN_SENTENCES }: ArticleMeasure,
): boolean {
  if (isNotice(text)) return false;
  const lines = text.split('\n').filter((line) => line.length >= MIN_LINE_CHARACTERS && isProse(line));
  if (lines.join('').length < minCharacters) return false;
  const sentences = text.match(/[.!?。…]["'”’)\]]{0,3}(?=\s|$)/g)?.length ?? 0;
  return Math.max(sentences, hasBullets ? lines.length : 0) >= minSentences;
}

/** It speaks of something and not to its reader, as promotions do. */
function isReport(text: string): boolean {
  return /다[.!]?$/.test(text) && !/(?:니다|세요|십시오|보기|하기)[.!]?(?:\s|$)/.test(text);
}

/** No row of figures. */
function isProse(line: string): boolean {
  return (line.match(/\p{L}/gu)?.length ?? 0) > line.length * 0.4;
}

/** Some publishers count characters in `wordCount`, or bytes. */
function isShortOf(text: string, wordCount: number): boolean {
  const counts = [
    text.split(/\s+/).length,
    text.replace(/\s/g, '').length,
    text.length,
    Buffer.byteLength(text),
  ];
  return counts.every(
    (count, n) => count < wordCount * WHOLE_WORDS_SHARE || (n > 0 && count > wordCount / WHOLE_WORDS_SHARE),
  );
}

function withoutPlace(text: string): ArticleBody {
  return { text, containers: [] };
}

/** Whether the one begins somewhere in the other, sub-headlines aside. */
function isWithin(one: ArticleBody, other: ArticleBody): boolean {
  const first = one.text.split('\n\n', 3).filter((line) => line.length >= MIN_LINE_CHARACTERS);
  return first.some((line) => other.text.includes(line.slice(0, SAME_BEGINNING).split('\n')[0] ?? ''));
}

function isOneText(one: ArticleBody, other: ArticleBody): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

/** Text that may hold tags and entities, as JSON-LD strings do. */
function markupText(text: string): string {
  const start = text.slice(0, MAX_DECLARED);
  if (!/[<&]/.test(start)) return cleanText(start);
  return articleText(parsePage(start.replace(/\r?\n/g, '<br>')).document.body);
}

/** Containers inside one that was seen hold a part of its text, and reading each again would take long. */
export function outermost(elements: Iterable<PageElement>, seen: Set<PageElement>): PageElement[] {
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

/** The boxes of one article in order: an endless page has those of the next ones in `<article>`s of their own. */
function joined(boxes: PageElement[]): ArticleBody {
  const beside = boxes.filter((box) => !box.closest(BESIDE_THE_ARTICLE));
  const drawn = beside.filter(isDrawn);
  // Where none is drawn a script shows them.
  const own = drawn.length > 0 ? drawn : beside;
  const around = own[0]?.closest('article');
  const containers = own.filter((box) => box.closest('article') === around);
  const texts = containers.map(articleText);
  // Mobile and print versions repeat the text.
  return { text: texts.filter((text, n) => text && texts.indexOf(text) === n).join('\n\n'), containers };
}

function onlyArticle(document: PageDocument): ArticleBody {
  const articles = [...document.querySelectorAll('article')];
  return joined(articles.length === 1 ? articles : []);
}

function readableBody(document: PageDocument): ArticleBody {
  // It makes a paragraph of a box with only one, and so forgets the box's name.
  removeHidden(document.body, 'h1, h2, article, main');
  const isSmall = removeNamedBoilerplate(document.body, 'img, amp-img');
  for (const box of [...document.querySelectorAll('footer, form')]) {
    if ((box.localName === 'footer' || isSmall(box)) && !box.querySelector('h1, article, main')) box.remove();
  }
  const elements = [...document.querySelectorAll('*')].length;
  if (measuredBy(document.body) > MAX_MEASURED) {
    const named = joined(outermost(document.querySelectorAll('article, main'), new Set()));
    return named.text ? named : joined([mainBox(document.body, isSmall)]);
  }
  // It rewrites the document it reads, so it comes last.
  const article = new Readability<PageElement>(document as never, {
    charThreshold: elements > MAX_ELEMENTS_TO_RETRY ? 0 : MIN_CHARACTERS,
    disableJSONLD: true,
    keepClasses: true,
    serializer: (node) => node as unknown as PageElement,
  }).parse();
  return article?.content
    ? { text: articleText(article.content), containers: [article.content] }
    : withoutPlace('');
}

function isLarge(document: PageDocument): boolean {
  return (document.body.textContent ?? '').length > MAX_CHECKED_CHARACTERS;
}

/** The innermost box that holds half of the text. */
function mainBox(box: PageElement, isSmall: (element: PageElement) => boolean): PageElement {
  for (const child of box.childNodes) {
    if (child.nodeType === ELEMENT_NODE && !isSmall(child as PageElement))
      return mainBox(child as PageElement, isSmall);
  }
  return box;
}

function measuredBy(node: PageNode, depth = 0): number {
  if (node.nodeType === TEXT_NODE) return (node.textContent ?? '').length * depth;
  let sum = ELEMENT_CHARACTERS * depth;
  for (const child of node.childNodes) sum += measuredBy(child, depth + 1);
  return sum;
}

function shorten(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text;
  const end = text.lastIndexOf('\n\n', MAX_CHARACTERS);
  return end > 0 ? text.slice(0, end) : cutText(text, MAX_CHARACTERS);
}
