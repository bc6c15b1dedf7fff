import { WriterChain } from '../shared/writer-chain';
import type { InsightDraft, InsightOptions, InsightSubject, InsightWriter } from './insight-writer';

/** Lets the first of several models write that can, else the last resort when there is one. */
export class FallbackInsightWriter implements InsightWriter {
  private readonly chain: WriterChain<InsightWriter>;

  constructor(models: readonly InsightWriter[], lastResort: InsightWriter | null) {
    this.chain = new WriterChain(models, lastResort);
  }

  ready(): Promise<void> {
    return this.chain.ready();
  }

  write(subject: InsightSubject, options: InsightOptions): Promise<InsightDraft> {
    return this.chain.write(options, (writer) => writer.write(subject, options));
  }
}
