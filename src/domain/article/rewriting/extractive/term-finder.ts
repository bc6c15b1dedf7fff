import type { Phrase } from '../../article';
import { TermMatcher } from '../../../glossary/term-matcher';
import easyTerms from './easy-terms.json';

const MAX_PHRASES = 10;

const matcher = new TermMatcher(easyTerms.map((entry) => ({ ...entry, aliases: [] })));

/**
 * The hard terms that are written in a text, with their easy explanations, in the order of their first occurrence, at
 * most ten. A longer term hides the shorter ones inside it.
 */
export function findEasyTerms(text: string): Phrase[] {
  return matcher
    .all([text], easyTerms.length)
    .filter(({ term }) => text.includes(term))
    .slice(0, MAX_PHRASES)
    .map(({ term, easy }) => ({ expression: term, easy }));
}
