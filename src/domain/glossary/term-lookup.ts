import {
  beginsAsTyped,
  firstLetter,
  fromEnglishKeys,
  fromKoreanKeys,
  isInitials,
  typedKey,
} from '../korean/typing';
import { keyOf } from '../korean/words';
import { nameKeysOf, type NamedTerm } from './term-names';

/** Of what was typed on the wrong keyboard the last syllables may be slips: rmaflfj is 금리, then one. */
const MAX_SLIPS = 2;
const MAX_MEANT = 2;
/** Each costs a look through all explanations, once. */
const MAX_COMPARED = 20;
const HANGUL = /^[\u1100-\u11ff가-힣]/;

/** A term as it is explained: the explanations tell which terms others build upon. */
interface ExplainedTerm extends NamedTerm {
  description: string;
}

interface Name<T> {
  term: T;
  key: string;
  /** 0 for the term itself. */
  rank: number;
}

/** Finds terms by how their names begin: exactly, by initial consonants, or on a keyboard in the other language. */
export class TermLookup<T extends ExplainedTerm> {
  /** By the first letter of their keys. */
  private readonly names = new Map<string, Name<T>[]>();
  private readonly keys = new Set<string>();
  private readonly mentions = new Map<T, number>();

  /** The terms in the order of their list. */
  constructor(private readonly terms: readonly T[]) {
    for (const term of terms)
      for (const [rank, key] of nameKeysOf(term).entries()) {
        this.keys.add(key);
        const letter = firstLetter(key);
        const names = this.names.get(letter);
        if (names) names.push({ term, key, rank });
        else this.names.set(letter, [{ term, key, rank }]);
      }
  }

  /**
   * The terms that begin so. Hangul begins the term itself, so that an index from ㄱ to ㅎ has each term once, and another
   * of its names only when no term begins so; everything else begins any of its names.
   */
  beginningWith(text: string): T[] {
    const typed = typedKey(keyOf(text));
    if (typed === '') return [];
    for (const key of [typed, ...this.slipsOf(fromEnglishKeys(text)), keyOf(fromKoreanKeys(text) ?? '')]) {
      if (key === '') continue;
      const begun = this.begunBy(key);
      const own = HANGUL.test(key) ? begun.filter(({ rank }) => rank === 0) : [];
      const found = own.length > 0 ? own : begun;
      if (found.length > 0) return [...new Set(found.map(({ term }) => term))];
    }
    return [];
  }

  /** Up to two names that may have been meant by initial consonants or by letters of the wrong keyboard, the likelier first. */
  meantBy(text: string): string[] {
    const typed = typedKey(keyOf(text));
    if (isInitials(typed)) {
      const shortest = this.begunBy(typed)
        .sort((a, b) => a.key.length - b.key.length)
        .slice(0, MAX_COMPARED);
      shortest.sort(
        (a, b) => a.key.length - b.key.length || this.mentionsOf(b.term) - this.mentionsOf(a.term),
      );
      return [...new Set(shortest.map(({ key }) => key))].slice(0, MAX_MEANT);
    }
    const hangul = fromEnglishKeys(text);
    const known = this.slipsOf(hangul).find((key) => this.keys.has(key));
    return hangul === null ? [] : [...new Set([hangul, known ?? hangul])];
  }

  /** How many explanations name the term: 기준금리 is in more of them than 고정금리. */
  private mentionsOf(term: T): number {
    let count = this.mentions.get(term);
    if (count === undefined) {
      count = this.terms.filter(({ description }) => description.includes(term.term)).length;
      this.mentions.set(term, count);
    }
    return count;
  }

  private begunBy(typed: string): Name<T>[] {
    return (this.names.get(firstLetter(typed)) ?? []).filter(({ key }) => beginsAsTyped(key, typed));
  }

  /** A text's key, and what is left of it without the last syllables. */
  private slipsOf(hangul: string | null): string[] {
    const key = keyOf(hangul ?? '');
    const lengths = Array.from({ length: MAX_SLIPS + 1 }, (_, slips) => key.length - slips);
    return lengths.filter((length) => length >= 2).map((length) => key.slice(0, length));
  }
}
