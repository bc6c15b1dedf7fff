import { composed } from '../../visible-text';
import { ELEMENT_NODE, TEXT_NODE, type PageElement, type PageNode } from './page-dom';

const BLOCKS = new Set(
  (
    'address article blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li ' +
    'main nav ol p pre section table tbody thead tr ul'
  ).split(' '),
);
const NEVER_TEXT =
  'figcaption, aside, nav, footer, button, video, audio, canvas, noscript, [hidden], [aria-hidden="true"]';
const HIDDEN_ATTRIBUTE = '[hidden], [aria-hidden="true"]';
const HIDDEN_STYLE =
  /(?:^|;)\s*(?:display\s*:\s*none(?![-\w])|visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size|max-height|height)\s*:\s*0(?:\.0+)?(?:px|r?em|%)?\s*(?:!|;|$)|(?:left|top|text-indent)\s*:\s*-\d{3})/i;
/** Classes that frameworks and Korean publishers hide by. */
const HIDDEN_CLASS =
  /(?:^|\s)(?:hidden|hide|d-none|invisible|blind|sr-only|visually-hidden|screen[-_](?:out|hide)|screen-reader-text)(?:\s|$)/i;
/** Inline elements that stand for a line of their own when a line break follows or is in them. */
const SUBHEADINGS = new Set(['b', 'strong', 'em', 'span', 'font']);
const SUBHEADING_NAME = /(?:^|[-_\s])(?:summ[au]ry|sub_?tit(?:le)?|subhead\w*)(?:$|[-_\s])/i;
/** Words publishers use in the class and id of what stands around an article inside its container. */
const BOILERPLATE_NAME =
  /(?:^|[-_\s])(?:ads?|advert\w*|adsense|banner|promo\w*|(?:jp[-_])?related\w*|relation|recommend\w*|reporters?|journalist|byline|writer|authors?|copyrights?|captions?|cap|cap_?txt|photo_?(?:desc|txt|caption)|img_?(?:desc|txt|caption)|photojournal|toast|sns|share\w*|subscri\w*|players?|newsletter|comments?|reply|hashtags?|keywords?|tags|popular|ranking|toolbar|audio|tts|ai[-_]?(?:summary|brief)|paging|pagination|pager)(?:$|[-_\s])/i;
/** A container named like boilerplate that holds this share of the text is the article after all. */
const TOO_MUCH_TO_DROP = 0.5;

const SENTENCE_END = /(?<!\.)[.!?。…]["'”’)\]」』]*$/;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}|\[email\s?protected\]/;
const REPORTER = String.raw`(?:선임|수석|인턴|전문|객원)?\s?(?:기자|특파원|통신원)`;
const NAMES = String.raw`[가-힣]{2,4}(?:\s?[·,]\s?[가-힣]{2,4}|\s[가-힣]{2,4}){0,3}\s{0,2}`;
const DATE = String.raw`\d{4}\s?[.\-/년]\s?\d{1,2}\s?[.\-/월]\s?\d{1,2}`;
/** Names of newspapers, by how they end. */
export const OUTLET = String.raw`[가-힣A-Za-z]{0,10}(?:신문|일보|뉴스|경제|통신|방송|타임스|투데이|데일리|저널|미디어|닷컴|TV)`;
const REACTION =
  '좋아요|싫어요|나빠요|슬퍼요|화나요|훈훈해요|후속기사\\s?원해요|추천|공유하기|공유|댓글|스크랩|인쇄|글자\\s?크기|구독하기|구독|로그인|목록|이전\\s?글|다음\\s?글';
/** What a link or a button to the rest of an article says. */
export const WHOLE_ARTICLE =
  /^(?:기사|본문|내용)?\s?(?:전문|전체|더|계속|이어서)\s?(?:기사\s?)?(?:보기|읽기)\s?[>»→▼+]?$/;
/** Lines that are never part of an article, whatever they end in. */
const NOISE_LINES = [
  WHOLE_ARTICLE,
  /does not support (?:the )?(?:html5? )?(?:audio|video)|^기사를 (?:읽어|들려)\s?드립니다/i,
  /^.{0,40}(?:무단\s?(?:전재|복제|배포)|재배포).{0,60}(?:금지|금합니다|금함|불허)[^가-힣]{0,30}$/,
  /^[[(<【]?\s?(?:저작권자\s?[ⓒ©(]|[ⓒ©])|all rights reserved|copyrights?\s?[ⓒ©(]/i,
  /^[[(<【▶▷☞👉※]?\s?(?:(?:관련|추천|인기|주요)\s?(?:기사|뉴스)|많이\s?본\s?(?:뉴스|기사)|광고|AD|Advertisement)\s?(?:[\])>】:：].{0,100})?$/iu,
  /^[[(<【▶▷☞👉※]?\s?(?:(?:이|해당|[가-힣]{2,4})\s?기자의?\s?(?:다른|최신|주요|인기)\s?(?:기사|뉴스)|(?:함께|같이)\s?(?:보면|읽으면)\s?좋은\s?(?:기사|뉴스)|이\s?시각\s?(?:(?:주요|많이\s?본)\s?)?(?:기사|뉴스))(?:\s?(?:더\s?)?보기|\s?모음)?\s?[\])>】:：+]?$/u,
  /^(?:기사\s?)?(?:입력|수정|등록|승인|최종\s?수정)\s?[:：]?\s?\d{4}[.\-/년].{0,60}$/,
  new RegExp(`^(?:(?:${REACTION})[\\s\\d,]{0,9})+$`),
  /^기사\s?(?:제공|출처)\s|(?:URL|주소|링크)[이가]?\s?복사되었습니다|편집\s?방향과.{0,20}다를\s?수/,
  new RegExp(`^${NAMES}${REPORTER}\\s?[|ㅣ/·]?\\s?${DATE}.{0,25}$`),
  /^[[<‹〈◀]\s?(?:앵커|기자|리포트|아나운서)\s?[\]>›〉▶]$/,
];
/** Lines that are boilerplate unless they are sentences: captions, credits, links, reporters, tip-offs. */
const NOISE_UNLESS_SENTENCE = [
  /^[[(<【/▲△▼▽]?\s?(?:사진|자료|그래픽|이미지|일러스트|영상)\s?(?:[=:：/|]|제공|출처)/,
  /^[▲△▼▽].*(?:사진|자료|제공|출처|[ⓒ©])/,
  /^[▶▷☞👉].*(?:바로\s?가기|보러\s?가기|구독하기|제보하기|구독하세요|클릭|다운로드|앱에서|앱\s?설치)/u,
  /^[[(/].{0,40}(?:연합뉴스|뉴스1|뉴시스|게티이미지\S*|셔터스톡|제공|AFP|로이터|EPA)[\])]?$/,
  new RegExp(`^[[(</]?(?:[가-힣A-Za-z·]{1,12}[\\s=]{1,3})?${NAMES}${REPORTER}[\\])>]?$`),
  new RegExp(`^${DATE}.{0,25}$`),
  /^[▶▷☞👉※]?\s?제보는?\s|제보\s?[:：]|(?:카카오톡|네이버|유튜브).{0,20}(?:구독|제보|채널)/u,
  /^[([]?(?:영상|촬영|취재|편집|그래픽|디자인|구성)\S{0,4}\s?[:：=]/,
];
/** Agencies that sell pictures. */
const AGENCY = '연합뉴스|뉴스1|뉴시스|게티이미지\\S{0,10}|셔터스톡|로이터|AFP|EPA|AP';
/** Behind the words of a caption: "/사진=공동취재단", "[사진=한국은행 제공]", ". 연합뉴스". */
const CREDIT = new RegExp(
  `\\s{0,2}(?:[/[(]\\s?(?:사진|자료|그래픽)\\s?[=:：/|][^\\])]{1,30}[\\])]?|[/[(]\\s?(?:${AGENCY})(?:\\s?제공)?[\\])]?|(?<=[.다])\\s(?:${AGENCY}))$`,
);
/** How the words of a caption end; one in the middle of a line ends a sentence of the text. */
const CAPTION = /^[^.!?]*(?:있다|있습니다|모습|전경|장면|풍경|[^다요])[.]?$/;
const LEADING_BYLINE = new RegExp(
  [
    `^(?:[[(【<][^\\])】>]{0,30}[=\\s][^\\])】>]{0,30}[\\])】>]\\s{0,3})?${NAMES}${REPORTER}\\s{0,2}=\\s{0,3}`,
    `^[[(【<](?:[^\\])】>]{0,25}[=\\s])?${NAMES}${REPORTER}[\\])】>]\\s{0,3}`,
    `^[[【]${OUTLET}[\\]】]\\s{0,3}`,
    '^[<‹〈[◀]\\s?(?:앵커|기자|리포트)\\s?[>›〉\\]▶]\\s{0,3}',
  ].join('|'),
);
/** Only after a sentence: a line of its own is judged as a whole. */
const TRAILING_NOTICE = new RegExp(
  `(?<=[.!?…]["'”’)\\]」』]{0,2})(?:\\s(?:[[(]?${NAMES}${REPORTER}[\\])]?|[[(]?(?:${NAMES}${REPORTER})?\\s?[(]?(?:${EMAIL.source})[\\])]?|[<([【]?\\s?(?:저작권자|[ⓒ©]|무단\\s?전재).{0,100})){1,3}$`,
);
const NOTICE_LENGTH = 150;
/** A publisher's pointer to something else, where the text is over. */
const POINTER = /^[▶▷☞👉]/u;
const BULLET = /^[▶▷☞👉※■□◆◇●○]/u;
/** Around a link; reading the text of every box around one takes long. */
const MAX_MARKS = 3;
const MARKS = /[▶▷☞👉※]/gu;

/** The article's text inside an element: boilerplate removed, one paragraph a block, separated by a blank line. */
export function articleText(container: PageElement): string {
  const copy = container.cloneNode(true);
  for (const element of [...copy.querySelectorAll(NEVER_TEXT)]) element.remove();
  removeHidden(copy);
  const isSmall = removeNamedBoilerplate(copy);
  for (const box of [...copy.querySelectorAll('form, table, figure')]) {
    // Old publishing systems lay out a photo and its caption as a table, and put the whole page into a form.
    const isAside = box.localName === 'form' || box.querySelector('img, amp-img') !== null;
    if (isAside && isSmall(box)) box.remove();
  }
  removeLinkedLines(copy);
  return cleanText(blockText(copy));
}

/** Whether an element's own attributes keep a browser from drawing it. */
function isHidden(element: PageElement): boolean {
  return (
    element.matches(HIDDEN_ATTRIBUTE) ||
    HIDDEN_STYLE.test(element.getAttribute('style') ?? '') ||
    HIDDEN_CLASS.test(element.getAttribute('class') ?? '')
  );
}

/** Whether a browser draws what is in it, before a script shows more. */
export function isDrawn(element: PageElement): boolean {
  for (let at: PageElement | null = element; at; at = at.parentElement) if (isHidden(at)) return false;
  return true;
}

/** Removes what readers do not see; where that is most of the text, or holds `except`, a script shows it. */
export function removeHidden(root: PageElement, except?: string): void {
  const hidden = [...root.querySelectorAll('[style], [class]')].filter(
    (element) => isHidden(element) && (except === undefined || !element.querySelector(except)),
  );
  if (hidden.length === 0) return;
  const lengths = textLengths(root);
  const small = (lengths.get(root) ?? 0) * TOO_MUCH_TO_DROP;
  for (const element of hidden) if ((lengths.get(element) ?? 0) < small) element.remove();
}

/**
 * Removes what publishers name as standing around an article.
 * @returns whether an element holds less than half of the text
 */
export function removeNamedBoilerplate(
  root: PageElement,
  except?: string,
): (element: PageElement) => boolean {
  const lengths = textLengths(root);
  const isSmall = (element: PageElement): boolean =>
    (lengths.get(element) ?? 0) < (lengths.get(root) ?? 0) * TOO_MUCH_TO_DROP;
  for (const element of [...root.querySelectorAll('[class], [id]')]) {
    const name = nameOf(element);
    if (!BOILERPLATE_NAME.test(name) || !isSmall(element)) continue;
    if (except === undefined || element.querySelector(except) === null) element.remove();
  }
  return isSmall;
}

/** Lines that are links and no sentences point to other articles; so does the heading above them. */
function removeLinkedLines(root: PageElement): void {
  const lengths = textLengths(root);
  for (const line of [...root.querySelectorAll('p, li, div')]) {
    const link = line.querySelector('a');
    const beside = (lengths.get(line) ?? 0) - (link ? (lengths.get(link) ?? 0) : 0);
    if (!link || beside > MAX_MARKS) continue;
    const text = (line.textContent ?? '').trim();
    if (beside > (text.match(MARKS)?.length ?? 0) || SENTENCE_END.test(text)) continue;
    const above = line.previousElementSibling;
    if (above && /^h[2-6]$/.test(above.localName)) above.remove();
    line.remove();
  }
}

function nameOf(element: PageElement): string {
  return `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
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
      if (previousEnded || BULLET.test(line)) paragraphs.push([line]);
      else paragraphs.at(-1)?.push(line);
      previousEnded = SENTENCE_END.test(line);
    }
  }
  return paragraphs.map((wrapped) => wrapped.join(' ')).join('\n\n');
}

/** Without the lines behind the article that point to others; between its paragraphs such a mark is a bullet. */
export function withoutPointers(text: string): string {
  const paragraphs = text.split('\n\n');
  const isPointer = (line: string): boolean =>
    POINTER.test(line) && line.length <= NOTICE_LENGTH && !SENTENCE_END.test(line);
  while (paragraphs.length > 1 && isPointer(paragraphs.at(-1) ?? '')) paragraphs.pop();
  return paragraphs.join('\n\n');
}

/** One line of plain text: no control, zero-width or bidirectional-override characters, composed Hangul. */
export function cleanLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim();
}

function plainText(text: string): string {
  return composed(text.replace(/\r\n?/g, '\n').replace(/[^\P{C}\n\t]|\p{Surrogate}/gu, ''));
}

function isNoise(line: string): boolean {
  if (line.length > NOTICE_LENGTH) return false;
  if (NOISE_LINES.some((pattern) => pattern.test(line)) || isCaption(line)) return true;
  if (SENTENCE_END.test(line.replace(EMAIL, ''))) return false;
  return EMAIL.test(line) || NOISE_UNLESS_SENTENCE.some((pattern) => pattern.test(line));
}

function isCaption(line: string): boolean {
  const words = line.replace(CREDIT, '');
  return words !== line && CAPTION.test(words);
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

function isSubheading(element: PageElement, before: string | undefined): boolean {
  if (!SUBHEADINGS.has(element.localName)) return false;
  if (SUBHEADING_NAME.test(nameOf(element))) return true;
  if (!/^(?:b|strong)$/.test(element.localName) || !(before ?? '\n').endsWith('\n')) return false;
  return (
    (element.nextSibling as PageElement | null)?.localName === 'br' || element.querySelector('br') !== null
  );
}

function blockText(root: PageNode): string {
  const out: string[] = [];
  const visit = (node: PageNode): void => {
    if (node.nodeType === TEXT_NODE) out.push((node.textContent ?? '').replace(/\s+/g, ' '));
    if (node.nodeType !== ELEMENT_NODE) return;
    const { localName } = node as PageElement;
    if (localName === 'br') out.push('\n');
    if (localName === 'td' || localName === 'th') out.push(' ');
    const block = BLOCKS.has(localName) || isSubheading(node as PageElement, out.at(-1));
    if (block) out.push('\n\n');
    for (const child of node.childNodes) visit(child);
    if (block) out.push('\n\n');
  };
  visit(root);
  return out.join('');
}
