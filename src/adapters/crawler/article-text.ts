import { ELEMENT_NODE, TEXT_NODE, type PageElement, type PageNode } from './page-dom';

const BLOCKS = new Set(
  (
    'address article blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li ' +
    'main nav ol p pre section table tbody thead tr ul'
  ).split(' '),
);
const NEVER_TEXT =
  'figure, figcaption, aside, nav, footer, form, button, video, audio, canvas, [hidden], [aria-hidden="true"]';
/** Words publishers use in the class and id of what stands around an article inside its container. */
const BOILERPLATE_NAME =
  /(?:^|[-_\s])(?:ads?|advert\w*|adsense|banner|promo\w*|related?|relation|recommend\w*|reporters?|journalist|byline|writer|copyrights?|captions?|cap_?txt|photo_?(?:desc|txt|caption)|img_?(?:desc|txt|caption)|sns|share|subscri\w*|newsletter|comments?|reply|hashtags?|keywords?|tags|popular|ranking|toolbar)(?:$|[-_\s])/i;
/** A container named like boilerplate that holds this share of the text is the article after all. */
const TOO_MUCH_TO_DROP = 0.5;

const SENTENCE_END = /[.!?。…]["'”’)\]」』]*$/;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}/;
const REPORTER = String.raw`(?:선임|수석|인턴|전문)?\s?(?:기자|특파원|통신원)`;
const NAMES = String.raw`[가-힣]{2,4}(?:\s?[·,]\s?[가-힣]{2,4}){0,3}\s{0,2}`;
/** Lines that are never part of an article, whatever they end in. */
const NOISE_LINES = [
  /무단\s?전재|재배포\s?(?:및|를|금지|·|,|-)|저작권자\s?[ⓒ©(]|all rights reserved|^[ⓒ©]|copyrights?\s?[ⓒ©(]/i,
  /^[[(<【]?\s?(?:(?:관련|추천|인기|주요)\s?(?:기사|뉴스)|많이\s?본\s?(?:뉴스|기사)|광고|AD|Advertisement)\s?(?:[\])>】:：].{0,100})?$/i,
  /^(?:기사\s?)?(?:입력|수정|등록|승인|최종\s?수정)\s?[:：]?\s?\d{4}[.\-/년].{0,60}$/,
  /^(?:좋아요|공유하기|공유|댓글|스크랩|인쇄|글자\s?크기|구독하기|구독|로그인|목록|이전\s?글|다음\s?글)$/,
];
/** Lines that are boilerplate unless they are sentences: captions, credits, links, reporters, tip-offs. */
const NOISE_UNLESS_SENTENCE = [
  /^[[(<【/▲△▼▽]?\s?(?:사진|자료|그래픽|이미지|일러스트|영상)\s?(?:[=:：/|]|제공|출처)/,
  /^[▲△▼▽▶▷☞👉※]/u,
  /^[[(/].{0,40}(?:연합뉴스|뉴스1|뉴시스|게티이미지\S*|셔터스톡|제공|AFP|로이터|EPA)[\])]?$/,
  new RegExp(`^[[(]?(?:[가-힣]{2,10}\\s?=\\s?)?${NAMES}${REPORTER}[\\])]?$`),
  /^\d{4}\s?[.\-/년]\s?\d{1,2}\s?[.\-/월]\s?\d{1,2}.{0,25}$/,
  /제보\s?[:：]|(?:카카오톡|네이버|유튜브).{0,20}(?:구독|제보|채널)/,
];
const LEADING_BYLINE = new RegExp(
  `^(?:[[(【<][^\\])】>]{0,30}[=\\s][^\\])】>]{0,30}[\\])】>]\\s{0,3})?${NAMES}${REPORTER}\\s{0,2}=\\s{0,3}|^[[(【]${NAMES}${REPORTER}[\\])】]\\s{0,3}`,
);
/** Only after a sentence: a line of its own is judged as a whole. */
const TRAILING_NOTICE = new RegExp(
  `(?<=[.!?…]["'”’)\\]」』]{0,2})(?:\\s(?:[[(]?(?:${NAMES}${REPORTER})?\\s?[(]?${EMAIL.source}[\\])]?|[<([【]?\\s?(?:저작권자|[ⓒ©]|무단\\s?전재).{0,100})){1,3}$`,
);
const NOTICE_LENGTH = 150;
/** More combining marks than any script puts on a letter; normalising a run of them takes quadratic time. */
const EXCESS_MARKS = /(\p{M}{8})\p{M}+/gu;

/** The article's text inside an element: boilerplate removed, one paragraph a block, separated by a blank line. */
export function articleText(container: PageElement): string {
  const copy = container.cloneNode(true);
  for (const element of [...copy.querySelectorAll(NEVER_TEXT)]) element.remove();
  const lengths = textLengths(copy);
  const isSmall = (element: PageElement): boolean =>
    (lengths.get(element) ?? 0) < (lengths.get(copy) ?? 0) * TOO_MUCH_TO_DROP;
  for (const element of [...copy.querySelectorAll('[class], [id]')]) {
    const name = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
    if (BOILERPLATE_NAME.test(name) && isSmall(element)) element.remove();
  }
  for (const table of [...copy.querySelectorAll('table')]) {
    // Old publishing systems lay out a photo and its caption as a table.
    if (table.querySelector('img') && isSmall(table)) table.remove();
  }
  return cleanText(blockText(copy));
}

/** Cleans plain text that may hold line breaks: control characters, reporter lines, copyright, captions. */
export function cleanText(text: string): string {
  const lines = plainText(text).split('\n');
  const paragraphs: string[][] = [];
  let previousEnded = true;
  for (const line of lines.map((each) => withoutByline(each.replace(/\s+/g, ' ').trim()))) {
    if (line === '' || isNoise(line)) {
      previousEnded = true;
    } else {
      // A break in the middle of a sentence is a wrapped line, not a paragraph.
      if (previousEnded) paragraphs.push([line]);
      else paragraphs.at(-1)?.push(line);
      previousEnded = SENTENCE_END.test(line);
    }
  }
  return paragraphs.map((wrapped) => wrapped.join(' ')).join('\n\n');
}

/** One line of plain text: no control, zero-width or bidirectional-override characters, composed Hangul. */
export function cleanLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim();
}

function plainText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\t]|\p{Surrogate}/gu, '')
    .replace(EXCESS_MARKS, '$1')
    .normalize('NFC');
}

function isNoise(line: string): boolean {
  if (line.length > NOTICE_LENGTH) return false;
  if (NOISE_LINES.some((pattern) => pattern.test(line))) return true;
  if (SENTENCE_END.test(line.replace(EMAIL, ''))) return false;
  return EMAIL.test(line) || NOISE_UNLESS_SENTENCE.some((pattern) => pattern.test(line));
}

/** "[서울=뉴스] 홍길동 기자 = 한국은행이 … 밝혔다. hong@example.com" is only 한국은행이 … 밝혔다. */
function withoutByline(paragraph: string): string {
  const text = paragraph.replace(LEADING_BYLINE, '');
  const body = text.slice(0, -NOTICE_LENGTH);
  return body + text.slice(body.length).replace(TRAILING_NOTICE, '');
}

function textLengths(root: PageElement): Map<PageNode, number> {
  const lengths = new Map<PageNode, number>();
  const measure = (node: PageNode): number => {
    let length = node.nodeType === TEXT_NODE ? (node.textContent ?? '').replace(/\s+/g, '').length : 0;
    if (node.nodeType === ELEMENT_NODE) for (const child of node.childNodes) length += measure(child);
    lengths.set(node, length);
    return length;
  };
  measure(root);
  return lengths;
}

function blockText(root: PageNode): string {
  const out: string[] = [];
  const visit = (node: PageNode): void => {
    if (node.nodeType === TEXT_NODE) out.push((node.textContent ?? '').replace(/\s+/g, ' '));
    if (node.nodeType !== ELEMENT_NODE) return;
    const { localName } = node as PageElement;
    if (localName === 'br') out.push('\n');
    if (localName === 'td' || localName === 'th') out.push(' ');
    const block = BLOCKS.has(localName);
    if (block) out.push('\n\n');
    for (const child of node.childNodes) visit(child);
    if (block) out.push('\n\n');
  };
  visit(root);
  return out.join('');
}
