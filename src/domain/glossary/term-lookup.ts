import { beginsAsTyped, fromEnglishKeys, isInitials, typedKey } from '../korean/typing';
import { keyOf } from '../korean/words';
import { nameKeysOf, type NamedTerm } from './term-names';

/** Of what was typed on the wrong keyboard the last syllables may be slips: rmaflfj is 금리, then one. */
const MAX_SLIPS = 2;
const MAX_MEANT = 2;
const HANGUL = /^[\u1100-\u11ff가-힣]/;

/** Finds terms by how their names begin: exactly, by initial consonants, or on a keyboard that was switched to English. */
export class TermLookup<T extends NamedTerm> {
  private readonly all: { term: T; keys: string[] }[];
  private readonly keys: Set<string>;

  /** The terms in the order of their list. */
  constructor(terms: readonly T[]) {
    this.all = terms.map((term) => ({ term, keys: nameKeysOf(term) }));
    this.keys = new Set(this.all.flatMap(({ keys }) => keys));
  }

  /**
   * The terms that begin so. Hangul begins the term itself, so that an index from ㄱ to ㅎ has each term once, and another
   * of its names only when no term begins so; everything else begins any of its names.
   */
  beginningWith(text: string): T[] {
    const typed = typedKey(keyOf(text));
    if (typed === '') return [];
    for (const key of [typed, ...this.slipsOf(fromEnglishKeys(text))]) {
      const own = HANGUL.test(key) ? this.filter(key, 1) : [];
      const found = own.length > 0 ? own : this.filter(key);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** Up to two names that may have been meant by initial consonants or by letters of the wrong keyboard, the likelier first. */
  meantBy(text: string): string[] {
    const typed = typedKey(keyOf(text));
    if (isInitials(typed))
      return [...this.keys]
        .filter((key) => beginsAsTyped(key, typed))
        .sort((a, b) => a.length - b.length)
        .slice(0, MAX_MEANT);
    const hangul = fromEnglishKeys(text);
    const known = this.slipsOf(hangul).find((key) => this.keys.has(key));
    return hangul === null ? [] : [...new Set([hangul, known ?? hangul])];
  }

  /** Those with one of so many first names that begins so. */
  private filter(typed: string, names?: number): T[] {
    return this.all
      .filter(({ keys }) => keys.slice(0, names).some((key) => beginsAsTyped(key, typed)))
      .map(({ term }) => term);
  }

  /** A text's key, and what is left of it without the last syllables. */
  private slipsOf(hangul: string | null): string[] {
    const key = keyOf(hangul ?? '');
    const lengths = Array.from({ length: MAX_SLIPS + 1 }, (_, slips) => key.length - slips);
    return lengths.filter((length) => length >= 2).map((length) => key.slice(0, length));
  }
}
