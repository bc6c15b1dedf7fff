import { setImmediate as letOthersRun } from 'node:timers/promises';
import { isNounEnding } from '../korean/particles';
import { fromEnglishKeys, fromKoreanKeys, isInitials, typedKey } from '../korean/typing';
import { wordRunsOf } from '../korean/word-runs';
import { keyOf } from '../korean/words';
import { isPartOfCompound } from './compounds';
import { isDescription } from './is-description';
import { TermDescriptions, type DescribedTerm, type ToldTerm } from './term-descriptions';
import type { TermLookup } from './term-lookup';
import type { TermMatcher } from './term-matcher';
import { TermSpellings } from './term-spellings';

/** How many terms are read before others get a turn. */
const AT_ONCE = 200;
const MAX_PARTICLE = 3;

interface Names<T extends DescribedTerm> {
  matcher: TermMatcher<T>;
  lookup: TermLookup<T>;
}

/** Finds the term that a question is about: named, misspelt, typed on the wrong keyboard, or described. */
export class TermFinder<T extends DescribedTerm> {
  private constructor(
    private readonly names: Names<T>,
    private readonly spellings: TermSpellings<T>,
    private readonly descriptions: TermDescriptions<T>,
  ) {}

  static async of<T extends DescribedTerm>(terms: readonly T[], names: Names<T>): Promise<TermFinder<T>> {
    const spellings = new TermSpellings<T>();
    const descriptions = new TermDescriptions<T>();
    await inTurns(terms, (term) => {
      spellings.addNames(term);
      descriptions.add(term);
    });
    await inTurns(terms, (term) => spellings.addSpelt(term));
    return new TermFinder(names, spellings, descriptions);
  }

  find(question: string): T | null {
    const { matcher } = this.names;
    const exact = matcher.named(question);
    if (exact) return exact;
    const runs = wordRunsOf(question);
    const match = matcher.bestMatch(runs);
    const describes = isDescription(question);
    const told = this.descriptions.best(question, { describes, namesTerm: match !== null });
    const described = told?.term ?? null;
    if (describes && described) return described;
    if (match) {
      // 영업이익율 is 영업이익률 rather than 영업이익.
      const longer = this.spellings.best(runs, match.length + 1);
      return (
        longer ??
        (isPartOfCompound(runs, match.at, match.length, (noun) => matcher.named(noun) !== null)
          ? null
          : match.term)
      );
    }
    return this.spellings.best(runs) ?? this.typed(question) ?? described;
  }

  /** The term that a question tells without its name, when it is known to ask for one. */
  describedBy(question: string): ToldTerm<T> | null {
    return this.descriptions.best(question, { describes: true, namesTerm: false, asksForName: true });
  }

  /** By initial consonants, or on a keyboard that was in the other language. */
  private typed(question: string): T | null {
    const { matcher, lookup } = this.names;
    const key = typedKey(keyOf(question));
    const names = isLaughter(key) ? [] : lookup.meantBy(question);
    // ㄷㅅㄹ is ETF unless a name has these very initials.
    const latin = isInitials(key) && names[0]?.length !== key.length ? this.inLatin(question) : null;
    if (latin) return latin;
    for (const name of names) {
      const meant = matcher.best(name);
      if (meant) return meant;
    }
    const hangul = question.replace(/[a-z]+/gi, (word) => fromEnglishKeys(word) ?? word);
    if (hangul !== question) {
      const meant = matcher.best(hangul) ?? this.spellings.best(wordRunsOf(hangul));
      if (meant) return meant;
    }
    return this.inLatin(question);
  }

  /** ㄷㅅㄹ and ㄷㅅㄹ가 for ETF. */
  private inLatin(question: string): T | null {
    const words = question.split(/[\s?!.,]+/);
    for (const word of new Set([words.join(''), ...words]))
      for (let particle = 0; particle <= MAX_PARTICLE && particle < word.length; particle += 1) {
        const end = word.length - particle;
        if (particle > 0 && !isNounEnding(word.slice(end), 2)) continue;
        const term = this.names.matcher.named(fromKoreanKeys(word.slice(0, end)) ?? '');
        if (term) return term;
      }
    return null;
  }
}

async function inTurns<T>(terms: readonly T[], work: (term: T) => void): Promise<void> {
  for (const [index, term] of terms.entries()) {
    work(term);
    if (index % AT_ONCE === AT_ONCE - 1) await letOthersRun();
  }
}

/** ㅋㅋㅋ and ㅎㅎ are no initials of a name. */
function isLaughter(key: string): boolean {
  return /^(.)\1+$/.test(key);
}
