import { WHOLE_ARTICLE } from './article-text';
import { isPaywall } from './no-article';
import type { PageDocument } from './page-dom';

const PAGE_PARAMETER = /^(?:page|paged|page_?no|pg)$/i;
/** A publisher's pages of one article are few. */
const PAGE_NUMBER = /^(?:[2-9]|[1-4]\d)$/;
const MAX_CONTROLS = 500;
const MAX_CONTROL_LENGTH = 20;
const UNFINISHED = /(?:…|\.{3})$/;
/** What only a publisher says to its reader, at the end of the part that everybody may read. */
const FOR_MEMBERS =
  /(?:(?:전체|나머지|이)\s?기사|기사\s?(?:전문|전체))[은는을를]?[^.]{0,20}(?:앱|회원|구독|로그인|지면)[^.]{0,20}(?:있습니다|세요|십시오)|(?:로그인|가입|구독)\s?(?:후|하고|하면|하시면)[^.]{0,20}(?:이어서|계속|전문|나머지|전체)[^.]{0,25}(?:있습니다|세요|십시오)|(?:회원|구독자|유료)\s?전용\s?(?:기사|콘텐츠)\s?입니다/;
const MAX_NOTICE = 120;
const CONTINUED = /[[(<【]\s?(?:계속|다음\s?(?:회|편|면|호|페이지)?에?\s?계속)\s?[\])>】]$/;

/** Signs on a page that the article goes on elsewhere; they are read before the search of the body changes the page. */
export interface MissingText {
  hasNextPage: boolean;
  offersMore: boolean;
  /** Of a page that is not free. */
  hasWall: boolean;
}

export function missingText(document: PageDocument, url: URL, isFree: boolean): MissingText {
  const hasWall = !isFree && isPaywall(document.body.textContent ?? '');
  return { hasNextPage: hasNextPage(document, url), offersMore: offersMore(document), hasWall };
}

/** Whether a text breaks off, by its own end or by what the page around it says. */
export function breaksOff(text: string, { hasNextPage, offersMore, hasWall }: MissingText): boolean {
  const last = text.slice(text.lastIndexOf('\n\n') + 1).trim();
  return (
    hasNextPage ||
    hasWall ||
    CONTINUED.test(last) ||
    (last.length <= MAX_NOTICE && FOR_MEMBERS.test(last)) ||
    (offersMore && UNFINISHED.test(last))
  );
}

/** The next page of this article; elsewhere `rel="next"` leads to the next article. */
function hasNextPage(document: PageDocument, url: URL): boolean {
  return [...document.querySelectorAll('link[rel~="next"], a[rel~="next"]')]
    .slice(0, MAX_CONTROLS)
    .some((link) => {
      const href = link.getAttribute('href') ?? '';
      if (link.closest('[class*="comment"], [id*="comment"]') || !URL.canParse(href, url.href)) return false;
      return isPageOf(new URL(href, url), url);
    });
}

function isPageOf(next: URL, url: URL): boolean {
  const path = url.pathname.replace(/\/$/, '');
  if (next.host !== url.host || !next.pathname.startsWith(path)) return false;
  const rest = next.pathname.replace(/\/$/, '').slice(path.length);
  if (rest !== '') return path !== '' && /^\/(?:page\/)?(?:[2-9]|[1-4]\d)$/.test(rest);
  const changed = [...next.searchParams].filter(([name, value]) => url.searchParams.get(name) !== value);
  return (
    changed.length === 1 &&
    changed.every(([name, value]) => PAGE_PARAMETER.test(name) && PAGE_NUMBER.test(value))
  );
}

function offersMore(document: PageDocument): boolean {
  return [...document.querySelectorAll('a, button')]
    .slice(0, MAX_CONTROLS)
    .map(({ textContent }) => (textContent ?? '').trim().replace(/\s+/g, ' '))
    .some((text) => text.length <= MAX_CONTROL_LENGTH && WHOLE_ARTICLE.test(text));
}
