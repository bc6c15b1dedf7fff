import { WriterChain } from '../../shared/writer-chain';
import type { Rewrite, RewriteOptions, Rewriter } from './rewriter';

/** Lets the first of several models rewrite that can, else the last resort when there is one. */
export class FallbackRewriter implements Rewriter {
  private readonly chain: WriterChain<Rewriter>;

  constructor(models: readonly Rewriter[], lastResort: Rewriter | null) {
    this.chain = new WriterChain(models, lastResort);
  }

  ready(): Promise<void> {
    return this.chain.ready();
  }

  rewrite(article: { title: string; content: string }, options: RewriteOptions): Promise<Rewrite> {
    // A draft that was objected to can be reviewed as well.
    const hasDraft = options.objections !== undefined;
    return this.chain.write({ ...options, hasDraft }, (rewriter) => rewriter.rewrite(article, options));
  }
}
