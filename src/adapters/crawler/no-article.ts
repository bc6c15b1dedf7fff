import type { PageDocument, PageElement } from './page-dom';

const MAX_LINK_SHARE = 0.4;
const MAX_LINKED_HEADLINES = 3;
/** Lines that are links: an article has those to others beneath it. */
const MAX_LINKED_LINES = 8;
/** Links that are looked at: each is compared with the text around it. */
const MAX_HEADLINES = 50;
/** What an article says under each of its headings that are links; a list's excerpts are shorter. */
const MIN_CHARACTERS_A_HEADLINE = 200;
/** A line of this length counts as a sentence without a full stop, as press releases write them. */
export const MIN_LINE_CHARACTERS = 10;
const HEADINGS = 'h2, h3, h4, strong';
const LINKED_HEADLINES = 'h1 a, h2 a, h3 a, h4 a, dt a, strong a';
const PAYWALL =
  /(?:로그인|회원\s?가입|구독)\s?(?:후|하면|하시면|해야).{0,30}(?:이용|보실|볼 수|읽으실|읽을 수)|(?:회원|구독자|유료)\s?전용|(?:로그인|구독)이\s?필요/;
/** What a page tells its reader in place of the article; no article speaks to its reader so. */
const NOTICE = new RegExp(
  [
    '(?:페이지|기사|주소|게시물|콘텐츠)[를을가이]?\\s?(?:찾을|존재하지|표시할|삭제|이동)[^.!?\\n]{0,40}(?:니다|세요)',
    '(?:삭제|종료|만료|비공개|프리미엄|유료|전용|제한)[^.!?\\n]{0,30}(?:기사|콘텐츠|페이지|게시물|서비스)\\s?입니다',
    '(?:인증|로그인|결제|구독|가입|권한|회원)[^.!?\\n]{0,30}(?:필요(?:한|합니다|해요)|[있없]습니다|바랍니다|세요|십시오)',
    '(?:쿠키|자바스크립트|브라우저|주소)[^.!?\\n]{0,30}(?:바랍니다|세요|십시오)',
    '불편을 (?:드려|끼쳐)[^.!?\\n]{0,20}니다[.!]?(?=\\s|$)',
    'page (?:was |could )?not (?:be )?found|(?:sign in|log in|subscribe) to (?:continue|read|view)|enable (?:cookies|javascript)',
  ].join('|'),
  'i',
);
const NOTICE_MAX_CHARACTERS = 400;

/** Speaks of what only members may read. */
export function isPaywall(text: string): boolean {
  return PAYWALL.test(text);
}

/** A text that a page shows in place of an article. */
export function isNotice(text: string): boolean {
  return text.length < NOTICE_MAX_CHARACTERS && (PAYWALL.test(text) || NOTICE.test(text));
}

/** Boxes or headlines of a list, with a teaser each. */
export function isRow(count: number, characters: number, most = MAX_LINKED_HEADLINES): boolean {
  return count > most && characters < count * MIN_CHARACTERS_A_HEADLINE;
}

/** Several articles, each under a headline that leads to it. */
export function isIndex(document: PageDocument): boolean {
  const headlines = document.querySelectorAll(`article :is(${LINKED_HEADLINES}, a :is(${HEADINGS}))`);
  const articles = new Set([...headlines].map((headline) => headline.closest('article')));
  return (
    [...articles].filter((article) => !article?.matches('[class*="comment"]')).length > MAX_LINKED_HEADLINES
  );
}

/** Without any sign of an article: a home page, or text that is mostly links, or a row of linked headlines. */
export function looksLikeList(container: PageElement | undefined, url: URL): boolean {
  if (url.pathname === '/' && url.search === '') return true;
  if (!container) return false;
  const length = (element: PageElement): number => (element.textContent ?? '').replace(/\s+/g, '').length;
  const links = [...container.querySelectorAll('a')];
  const linked = links.reduce((sum, link) => sum + length(link), 0);
  if (linked > length(container) * MAX_LINK_SHARE) return true;
  const first = links.slice(0, MAX_HEADLINES).filter((link) => beginsLine(link) || isHeadline(link));
  return (
    isRow(first.filter(isHeadline).length, length(container)) ||
    isRow(first.length, length(container), MAX_LINKED_LINES)
  );
}

/** In a heading, around one, or before the text it leads to. */
function isHeadline(link: PageElement): boolean {
  if (link.matches(LINKED_HEADLINES) || link.querySelector(HEADINGS)) return true;
  return beginsLine(link) && link.parentElement?.textContent?.trim() !== link.textContent?.trim();
}

function beginsLine(link: PageElement): boolean {
  const text = (link.textContent ?? '').trim();
  if (text.length < MIN_LINE_CHARACTERS) return false;
  return (link.parentElement?.textContent ?? '').trimStart().startsWith(text);
}

/** A page that asks for a sign-in has little else to say. */
export function isWall(document: PageDocument): boolean {
  return (
    document.querySelector('input[type="password"]') !== null && PAYWALL.test(document.body.textContent ?? '')
  );
}
