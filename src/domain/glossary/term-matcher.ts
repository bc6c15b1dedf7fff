import { isNounEnding } from '../korean/particles';
import { FLAG, placesOf, wordRunsOf, type WordRuns } from '../korean/word-runs';
import { keyOf } from '../korean/words';
import { nameKeysOf, type NamedTerm } from './term-names';

/** From so many syllables on, a name is not part of another word by chance: 기준금리 in 미국기준금리인상. */
const UNMISTAKABLE = 4;
const IN_BRACKETS = /^ ?[(（]([^()（）]+)[)）]/;
const LONGEST_IN_BRACKETS = 40;

interface Match<T> {
  term: T;
  /** Where in the text's compact form. */
  at: number;
  length: number;
}

/** Finds names of glossary terms in Korean and English text, whatever spacing, particles, case and width. */
export class TermMatcher<T extends NamedTerm> {
  private readonly terms = new Map<string, T>();
  /** By the first two characters of keys (or the only one): how long those keys are, longest first. */
  private readonly lengths = new Map<string, number[]>();

  /** Of two terms with one name, it is that of the term whose stronger name it is, then of the earlier one. */
  constructor(terms: readonly T[]) {
    const names = terms.map(nameKeysOf);
    for (let rank = 0, left = true; left; rank++) {
      left = false;
      for (const [index, keys] of names.entries()) {
        const key = keys[rank];
        if (key === undefined) continue;
        left = true;
        if (!this.terms.has(key)) this.add(key, terms[index]!);
      }
    }
    for (const lengths of this.lengths.values()) lengths.sort((a, b) => b - a);
  }

  /** The term that a word or a question is about: the longest name in it, of equals the last. */
  best(question: string): T | null {
    return this.named(question) ?? this.bestMatch(wordRunsOf(question))?.term ?? null;
  }

  /** The term that has this name. */
  named(name: string): T | null {
    return this.terms.get(keyOf(name)) ?? null;
  }

  /** The longest name in a question, of equals the last. */
  bestMatch(question: WordRuns): Match<T> | null {
    let best: Match<T> | null = null;
    for (const match of this.matches(question)) if (match.length >= (best?.length ?? 0)) best = match;
    return best;
  }

  /** The terms named in the texts, each once, in order of appearance; the longest name wins at each place. */
  all(texts: readonly string[], limit: number): T[] {
    const found = new Set<T>();
    for (const text of texts)
      for (const { term } of this.matches(wordRunsOf(text))) {
        found.add(term);
        if (found.size === limit) return [...found];
      }
    return [...found];
  }

  /** The first name of each term in a text, as it stands there, with its abbreviation in brackets: 국내총생산(GDP). */
  names(text: string): Map<T, string> {
    const found = new Map<T, string>();
    const places = placesOf(text);
    for (const { term, at, length } of this.matches(wordRunsOf(text), true)) {
      const from = places[at]?.[0];
      const to = places[at + length - 1]?.[1];
      if (found.has(term) || from === undefined || to === undefined) continue;
      const name = text.slice(from, to);
      if (!nameKeysOf(term).includes(keyOf(name))) continue;
      const inBrackets = IN_BRACKETS.exec(text.slice(to, to + LONGEST_IN_BRACKETS));
      const isSame = inBrackets && this.terms.get(keyOf(inBrackets[1]!)) === term;
      found.set(term, isSame ? name + inBrackets[0] : name);
    }
    return found;
  }

  private add(key: string, term: T): void {
    this.terms.set(key, term);
    const start = key.slice(0, 2);
    const lengths = this.lengths.get(start);
    if (!lengths) this.lengths.set(start, [key.length]);
    else if (!lengths.includes(key.length)) lengths.push(key.length);
  }

  /** Strictly, a name of three syllables is no part of a longer word, either: 금융위 in 금융위기가. */
  private *matches(runs: WordRuns, strictly = false): Generator<Match<T>> {
    for (let at = 0; at < runs.compact.length;) {
      const match = this.longestAt(runs, at, strictly);
      if (match) yield match;
      at += match?.length ?? 1;
    }
  }

  private longestAt(runs: WordRuns, at: number, strictly: boolean): Match<T> | null {
    const { compact } = runs;
    for (const start of [compact.slice(at, at + 2), compact[at]!])
      for (const length of this.lengths.get(start) ?? []) {
        const term = this.terms.get(compact.slice(at, at + length));
        if (term && at + length <= compact.length && standsAlone(runs, at, length, strictly))
          return { term, at, length };
      }
    return null;
  }
}

/** Whether what is between `at` and `at + length` is there as a word, and not as a part of others. */
function standsAlone({ compact, flags }: WordRuns, at: number, length: number, strictly: boolean): boolean {
  const end = at + length;
  const isIn = (flag: number) => flags.subarray(at + 1, end).some((each) => (each & flag) !== 0);
  if (isIn(FLAG.stop)) return false;
  const spaced = isIn(FLAG.gap);
  const unmistakable = length >= UNMISTAKABLE && !spaced;
  const { hangul, start, digit, gap, stop } = FLAG;
  const first = flags[at]!;
  if (!(first & start) && !(unmistakable && first & hangul)) return false;
  // A counter, as in 3주 and 100원.
  if (length <= 2 && first & hangul && !(first & (gap | stop)) && at > 0 && flags[at - 1]! & digit)
    return false;
  const last = flags[end - 1]!;
  if (unmistakable && last & hangul) return true;

  let wordEnd = end;
  while (wordEnd < compact.length && !(flags[wordEnd]! & start)) wordEnd++;
  const rest = compact.slice(end, wordEnd);
  if (!(last & hangul)) return rest === '' || (!(last & digit) && /^e?s$/.test(rest));
  // Two syllables with a space between them are nearly always two other words: they count at the beginning only.
  if (spaced && length === 2 && at > 0) return false;
  if (!strictly && !spaced && length === 3 && rest.length >= 2) return true;
  return isNounEnding(rest, length);
}
