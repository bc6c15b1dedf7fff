import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { isDatabaseOutage } from '../../adapters/database/database-errors';
import type { Clock } from '../shared/clock';
import { deliveredTerms, TermExplainer } from './term-explainer';
import { TermFinder } from './term-finder';
import { TermLookup } from './term-lookup';
import { TermMatcher } from './term-matcher';
import { TermSynonyms } from './term-synonyms';
import { selectGlossary, selectGlossaryVersion, type Term } from './terms.sql';

/** What is kept in memory, and so how many there may be. */
export const MAX_TERMS = 20_000;
/** A change through another gateway is seen within this long. */
const BELIEVED_MS = 3_000;

interface Known {
  /** In the order of their list. */
  terms: readonly Term[];
  matcher: TermMatcher<Term>;
  /** Made when it is first asked for, as the next. */
  lookup?: TermLookup<Term>;
  synonyms?: TermSynonyms;
  explainer?: TermExplainer;
  finder?: Promise<TermFinder<Term>>;
  version: string;
}

/** All terms in memory, asked of the database at most every 3 s whether they are still the same. */
export class Glossary {
  private known: Known | null = null;
  private readonly checked: LRUCache<'terms', Known>;

  constructor(private readonly deps: { pool: Pool; clock: Clock }) {
    this.checked = new LRUCache({
      max: 1,
      ttl: BELIEVED_MS,
      ttlResolution: 0,
      perf: { now: () => deps.clock.now().getTime() },
      // Who waits for a check gets its answer also when `forget` drops it meanwhile.
      ignoreFetchAbort: true,
      fetchMethod: () => this.check(),
    });
  }

  /** Costs no statement within 3 s of another call, and one when nothing has changed since. */
  async matcher(): Promise<TermMatcher<Term>> {
    return (await this.checked.forceFetch('terms')).matcher;
  }

  /** The same, of how names begin. */
  async lookup(): Promise<TermLookup<Term>> {
    return lookupOf(await this.checked.forceFetch('terms'));
  }

  /** The same, of what questions are about. */
  async finder(): Promise<TermFinder<Term>> {
    const known = await this.checked.forceFetch('terms');
    const names = { matcher: known.matcher, lookup: lookupOf(known) };
    return (known.finder ??= TermFinder.of(known.terms, names));
  }

  /** The same, of the names that each term has. */
  async synonyms(): Promise<TermSynonyms> {
    const known = await this.checked.forceFetch('terms');
    return (known.synonyms ??= new TermSynonyms(known.terms));
  }

  /** The same, of explaining texts. An installation without terms explains with those that others begin with. */
  async explainer(): Promise<TermExplainer> {
    const known = await this.checked.forceFetch('terms');
    return (known.explainer ??= known.terms.length > 0 ? new TermExplainer(known.terms) : deliveredTerms);
  }

  /** To be called after a change was committed here: a check under way may have read the terms from before it. */
  forget(): void {
    this.checked.delete('terms');
  }

  private async check(): Promise<Known> {
    const { known, deps } = this;
    try {
      const version = await selectGlossaryVersion(deps.pool);
      if (known?.version === version) return known;
      const terms = await selectGlossary(deps.pool, MAX_TERMS);
      return (this.known = { version, terms, matcher: new TermMatcher(terms) });
    } catch (error) {
      // While the database is away the terms that are known stay in use.
      if (known && isDatabaseOutage(error)) return known;
      throw error;
    }
  }
}

function lookupOf(known: Known): TermLookup<Term> {
  return (known.lookup ??= new TermLookup(known.terms));
}
