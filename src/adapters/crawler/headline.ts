import { decodeHTMLStrict } from 'entities';
import { composed } from '../../visible-text';
import { OUTLET } from './article-text';

/** Between a headline, its section and the site's name; runs of white space are one space by then. */
export const TITLE_SEPARATOR = /(\s[|\-–—:·<>•ㅣ│｜]{1,2}\s|\s?[|ㅣ│｜]\s?|_)/;
export const SITE_NAME = new RegExp(`^${OUTLET}(?:\\s(?:모바일|PC|뉴스))?$`);
/** What is looked at of a candidate for a title or a name, before anything else is done with it. */
const MAX_CANDIDATE_LENGTH = 1_000;

/** Leading white space does not count against the limit. */
export function candidateText(text: string | null | undefined): string {
  return (text ?? '').trimStart().slice(0, MAX_CANDIDATE_LENGTH);
}

export function longestPart(title: string): string {
  return title.split(TITLE_SEPARATOR).reduce((one, other) => (other.length > one.length ? other : one));
}

/** A title's letters, with and without a site's name: two titles that share a form are one headline. */
export function headlineForms(title: string | null | undefined): string[] {
  const text = decodeHTMLStrict(candidateText(title)).replace(/\s+/g, ' ');
  return [text, longestPart(text)].map(lettersOf).filter((form) => form !== '');
}

function lettersOf(text: string): string {
  return composed(text)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
