import { keyOf } from '../korean/words';
import { nameKeysOf, type NamedTerm } from './term-names';

/** The names of each term, by any of them. */
export class TermSynonyms {
  private readonly names = new Map<string, string[]>();

  constructor(terms: readonly NamedTerm[]) {
    for (const term of terms) {
      const keys = nameKeysOf(term);
      for (const key of keys) if (!this.names.has(key)) this.names.set(key, keys);
    }
  }

  /** The keys of all names of the term that has this one, which is among them; none when no term has it. */
  of(name: string): readonly string[] {
    return this.names.get(keyOf(name)) ?? [];
  }
}
