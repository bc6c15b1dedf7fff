import type { Pool } from 'pg';
import type { Clock } from '../shared/clock';
import { KeptCopy } from '../shared/kept-copy';
import { deliveredTerms, TermExplainer } from './term-explainer';
import { TermFinder } from './term-finder';
import { TermLookup } from './term-lookup';
import { TermMatcher } from './term-matcher';
import { TermSynonyms } from './term-synonyms';
import { selectGlossary, selectGlossaryVersion, type Term } from './terms.sql';

/** What is kept in memory, and so how many there may be. */
export const MAX_TERMS = 20_000;

interface Known {
  /** In the order of their list. */
  terms: readonly Term[];
  matcher: TermMatcher<Term>;
  /** Made when it is first asked for, as the next. */
  lookup?: TermLookup<Term>;
  synonyms?: TermSynonyms;
  explainer?: TermExplainer;
  finder?: Promise<TermFinder<Term>>;
}

/** All terms in memory, each way to use them costing what `KeptCopy.current` does. */
export class Glossary {
  private readonly kept: KeptCopy<Known>;

  constructor({ pool, clock }: { pool: Pool; clock: Clock }) {
    this.kept = new KeptCopy<Known>({
      clock,
      version: () => selectGlossaryVersion(pool),
      read: async () => {
        const terms = await selectGlossary(pool, MAX_TERMS);
        return { terms, matcher: new TermMatcher(terms) };
      },
    });
  }

  async terms(): Promise<readonly Term[]> {
    return (await this.kept.current()).terms;
  }

  async matcher(): Promise<TermMatcher<Term>> {
    return (await this.kept.current()).matcher;
  }

  /** Of how names begin. */
  async lookup(): Promise<TermLookup<Term>> {
    return lookupOf(await this.kept.current());
  }

  /** Of what questions are about. */
  async finder(): Promise<TermFinder<Term>> {
    const known = await this.kept.current();
    const names = { matcher: known.matcher, lookup: lookupOf(known) };
    return (known.finder ??= TermFinder.of(known.terms, names));
  }

  /** Of the names that each term has. */
  async synonyms(): Promise<TermSynonyms> {
    const known = await this.kept.current();
    return (known.synonyms ??= new TermSynonyms(known.terms));
  }

  /** Of explaining texts. An installation without terms explains with those that others begin with. */
  async explainer(): Promise<TermExplainer> {
    const known = await this.kept.current();
    return (known.explainer ??= known.terms.length > 0 ? new TermExplainer(known.terms) : deliveredTerms);
  }

  /** To be called after a change was committed here. */
  forget(): void {
    this.kept.forget();
  }
}

function lookupOf(known: Known): TermLookup<Term> {
  return (known.lookup ??= new TermLookup(known.terms));
}
