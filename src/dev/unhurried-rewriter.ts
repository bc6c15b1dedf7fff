import { setTimeout as delay } from 'node:timers/promises';
import type { Rewrite, Rewriter, RewriteOptions } from '../domain/article/rewriting/rewriter';

/** Another rewriter at a pace that one can watch, as a language model would have it. */
export class UnhurriedRewriter implements Rewriter {
  constructor(
    private readonly rewriter: Rewriter,
    private readonly pauseMs: number,
  ) {}

  async rewrite(article: { title: string; content: string }, options: RewriteOptions): Promise<Rewrite> {
    await delay(this.pauseMs, undefined, { signal: options.signal }).catch(() => {});
    return this.rewriter.rewrite(article, options);
  }
}
