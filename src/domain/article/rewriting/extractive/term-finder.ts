import type { Phrase } from '../../article';
import easyTerms from './easy-terms.json';
import { isNounEnding } from '../../../korean/particles';

const MAX_PHRASES = 10;
const SHORT_TERM_CHARACTERS = 2;
const TERMS = [...easyTerms].sort((left, right) => right.term.length - left.term.length);

/**
 * The hard terms of a text with their easy explanations, in the order of their first occurrence, at most ten. A longer
 * term hides the shorter ones inside it; a term of two syllables counts only as a word of its own.
 */
export function findEasyTerms(text: string): Phrase[] {
  const taken = new Uint8Array(text.length);
  const found: { at: number; phrase: Phrase }[] = [];
  for (const { term, easy } of TERMS) {
    let first = -1;
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) {
      if (taken[at] || taken[at + term.length - 1] || !standsAlone(text, at, term)) continue;
      taken.fill(1, at, at + term.length);
      if (first < 0) first = at;
    }
    if (first >= 0) found.push({ at: first, phrase: { expression: term, easy } });
  }
  return found
    .sort((left, right) => left.at - right.at)
    .slice(0, MAX_PHRASES)
    .map(({ phrase }) => phrase);
}

function standsAlone(text: string, at: number, term: string): boolean {
  if (/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return false;
  if (term.length > SHORT_TERM_CHARACTERS) return true;
  const rest = /^[가-힣]*/.exec(text.slice(at + term.length, at + term.length + 8))?.[0] ?? '';
  return isNounEnding(rest, term.length);
}
