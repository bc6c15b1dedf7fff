import type { Pool } from 'pg';
import type { Clock } from '../../shared/clock';
import { KeptCopy } from '../../shared/kept-copy';
import { FaqSupport } from './faq-support';
import { selectFaqs, selectFaqsVersion } from './passages.sql';

/** The FAQ in memory, as questions are compared with it: a change is seen within 3 s. */
export class KnownFaqs {
  private readonly kept: KeptCopy<FaqSupport>;

  constructor({ pool, clock }: { pool: Pool; clock: Clock }) {
    this.kept = new KeptCopy({
      clock,
      version: () => selectFaqsVersion(pool),
      read: async () => new FaqSupport(await selectFaqs(pool)),
    });
  }

  /** At most one statement, two after a change. */
  support(): Promise<FaqSupport> {
    return this.kept.current();
  }
}
