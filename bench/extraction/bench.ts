import { Readability } from '@mozilla/readability';
import { DOMParser } from 'linkedom';
import { decodeHtml } from '../../src/adapters/crawler/decode-html';
import { extractArticle, type CrawledArticle } from '../../src/adapters/crawler/extract-article';
import { report, round } from '../report';
import { compareBody, type Agreement } from './compare';
import { FURNITURE } from './furniture';
import type { ExpectedArticle, Shape } from './shape';
import { ENCODINGS } from './shapes/encodings';
import { LISTS_AND_SHORTS } from './shapes/lists-and-shorts';
import { NO_ARTICLES } from './shapes/no-articles';
import { PORTALS } from './shapes/portals';
import { PUBLISHERS } from './shapes/publishers';
import { SCRIPTS_AND_SIZES } from './shapes/scripts-and-sizes';
import { SECOND_ROUND } from './shapes/second-round';
import { THIRD_ROUND } from './shapes/third-round';

const SHAPES = [
  ...PUBLISHERS,
  ...PORTALS,
  ...LISTS_AND_SHORTS,
  ...ENCODINGS,
  ...SCRIPTS_AND_SIZES,
  ...SECOND_ROUND,
  ...THIRD_ROUND,
  ...NO_ARTICLES,
];
const NOW = new Date('2026-12-01T00:00:00Z');

interface Measured {
  shape: Shape;
  body: Agreement;
  /** Readability alone, on the same text of the page. */
  alone: Agreement;
  wrong: string[];
}

/** How whole and how clean the text of every committed page shape is read, beside Mozilla Readability alone. */
export async function benchExtraction(): Promise<boolean> {
  const articles = SHAPES.flatMap((shape) => (shape.article ? [measure(shape, shape.article)] : []));
  const others = SHAPES.filter(({ article }) => article === null);
  const taken = others.filter((shape) => typeof extract(shape) !== 'string');
  const is = (kind: string): number =>
    articles.filter(({ wrong }) => !wrong.some((what) => what.startsWith(kind))).length / articles.length;
  return report(
    `${articles.length} shapes of articles, ${others.length} pages that are none`,
    [
      ...articles.filter(isWorthANote).map(note),
      ...taken.map(({ name }) => `taken for an article: ${name}`),
      `Readability alone: precision ${round(mean(articles, ({ alone }) => alone.precision))}, recall ${round(mean(articles, ({ alone }) => alone.recall))}`,
    ],
    [
      { name: 'precision of the body', value: mean(articles, ({ body }) => body.precision), atLeast: 0.98 },
      { name: 'recall of the body', value: mean(articles, ({ body }) => body.recall), atLeast: 0.98 },
      { name: 'titles', value: is('title'), atLeast: 0.98 },
      { name: 'times', value: is('time'), atLeast: 0.98 },
      { name: 'pictures', value: is('picture'), atLeast: 0.98 },
      { name: 'shapes with furniture in the text', value: articles.filter(({ wrong }) => wrong.some((what) => what.startsWith('furniture'))).length, exactly: 0 },
      { name: 'most that Readability alone is better (F1)', value: Math.max(...articles.map(({ body, alone }) => alone.f1 - body.f1)), atMost: 0.02 },
      { name: 'pages that are none, taken for an article', value: taken.length, exactly: 0 },
    ],
  ); // prettier-ignore
}

function measure(shape: Shape, expected: ExpectedArticle): Measured {
  const found = extract(shape);
  const alone = compareBody(readabilityAlone(htmlOf(shape)), expected);
  if (typeof found === 'string')
    return {
      shape,
      body: compareBody('', expected),
      alone,
      wrong: ['title', 'time', 'picture', `refused: ${found}`],
    };
  const differs = (kind: string, is: string | null, should: string | null): string[] =>
    is === should ? [] : [`${kind} is ${is}, not ${should}`];
  return {
    shape,
    body: compareBody(found.content, expected),
    alone,
    wrong: [
      ...differs('title', found.title, expected.title),
      ...differs('time', minuteOf(found.publishedAt), minuteOf(expected.publishedAt)),
      ...differs('picture', found.imageUrl, expected.picture),
      ...[...FURNITURE, ...(shape.furniture ?? [])].filter((text) => found.content.includes(text)).map((text) => `furniture: ${text}`),
    ],
  }; // prettier-ignore
}

/** Pages show their times to the minute. */
function minuteOf(time: Date | string | null): string | null {
  return time === null ? null : new Date(time).toISOString().slice(0, 16);
}

/** The article, or why the page was refused. */
function extract(shape: Shape): CrawledArticle | string {
  try {
    return extractArticle(htmlOf(shape), {
      url: new URL(shape.url),
      now: NOW,
      isAllowedImage: ({ protocol }) => protocol.startsWith('http'),
    });
  } catch (error) {
    return (error as Error).message;
  }
}

function htmlOf({ page, contentType }: Shape): string {
  return typeof page === 'string' ? page : decodeHtml(page, contentType);
}

const BLOCK =
  /<(?=\/?(?:p|div|h\d|li|ul|ol|dt|dd|tr|td|th|br|section|article|figure|figcaption|blockquote|table)\b)/gi;

function readabilityAlone(html: string): string {
  const parse = (text: string) => new DOMParser().parseFromString(text, 'text/html');
  const content = new Readability(parse(html) as never).parse()?.content ?? '';
  return parse(`<html><body>${content.replace(BLOCK, '\n<')}</body></html>`).body.textContent;
}

function isWorthANote({ body, alone, wrong }: Measured): boolean {
  return wrong.length > 0 || Math.min(body.precision, body.recall) < 0.98 || alone.f1 - body.f1 > 0.02;
}

function note({ shape, body, alone, wrong }: Measured): string {
  return `${shape.name}: precision ${round(body.precision)}, recall ${round(body.recall)} (alone ${round(alone.precision)}, ${round(alone.recall)})${wrong.map((what) => `\n    ${what}`).join('')}`;
}

function mean(of: readonly Measured[], value: (one: Measured) => number): number {
  return of.reduce((sum, one) => sum + value(one), 0) / of.length;
}
