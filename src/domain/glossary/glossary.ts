import type { Pool } from 'pg';
import { isDatabaseOutage } from '../../adapters/database/database-errors';
import type { Clock } from '../shared/clock';
import { TermMatcher } from './term-matcher';
import { selectGlossary, selectGlossaryVersion, type Term } from './terms.sql';

/** What is kept in memory, and so how many there may be. */
export const MAX_TERMS = 20_000;
/** A change through another gateway is seen within this long. */
const BELIEVED_MS = 3_000;

interface State {
  matcher: TermMatcher<Term>;
  version: string;
  /** UNIX time in milliseconds. */
  checkedAt: number;
}

/** All terms in memory, asked of the database at most every 3 s whether they are still the same. */
export class Glossary {
  private state: State | null = null;
  private checking: Promise<TermMatcher<Term>> | null = null;

  constructor(private readonly deps: { pool: Pool; clock: Clock }) {}

  /** Costs no statement within 3 s of another call, and one when nothing has changed since. */
  async matcher(): Promise<TermMatcher<Term>> {
    const now = this.deps.clock.now().getTime();
    if (this.state && now - this.state.checkedAt < BELIEVED_MS) return this.state.matcher;
    if (!this.checking) {
      const checking = this.check(now, () => this.checking === checking);
      this.checking = checking;
      const done = () => {
        if (this.checking === checking) this.checking = null;
      };
      checking.then(done, done);
    }
    return this.checking;
  }

  /** To be called after a change was committed here. */
  forget(): void {
    // A check that is under way may have read the terms from before the change.
    this.checking = null;
    if (this.state) this.state = { ...this.state, checkedAt: -Infinity };
  }

  private async check(now: number, isCurrent: () => boolean): Promise<TermMatcher<Term>> {
    const known = this.state;
    const state = await this.load(known).catch((error: unknown) => {
      // While the database is away the terms that are known stay in use.
      if (known && isDatabaseOutage(error)) return known;
      throw error;
    });
    if (isCurrent()) this.state = { ...state, checkedAt: now };
    return state.matcher;
  }

  private async load(known: State | null): Promise<Omit<State, 'checkedAt'>> {
    const version = await selectGlossaryVersion(this.deps.pool);
    if (known?.version === version) return known;
    return { version, matcher: new TermMatcher(await selectGlossary(this.deps.pool, MAX_TERMS)) };
  }
}
