import type { ErrorCode } from '../../../errors';
import type { Phrase } from '../article';
import type { ArticleCategory } from '../category';
import type { FidelityReport } from '../fidelity/check-fidelity';
import type { RelatedDocument } from '../retrieval/retrieval.service';
import type { TermExplainer } from '../../glossary/term-explainer';

/** An easy version of one article. All text is plain text: markup in it has no meaning. */
export interface Rewrite {
  title: string;
  content: string;
  /** One sentence the reader can take away. */
  comment: string;
  category: ArticleCategory;
  phrases: Phrase[];
  /** The model that wrote it; "extractive" for the built-in rewriter. */
  model: string;
  promptVersion: string | null;
}

export interface RewriteOptions {
  signal: AbortSignal;
  /** The job that calls of a model are counted for. */
  jobId?: string;
  /** What others wrote about the same: background that proves nothing, and that nobody has checked. */
  documents?: Pick<RelatedDocument, 'title' | 'snippet'>[];
  /** What was wrong with the rewrite before. */
  objections?: FidelityReport;
  /** The job fails if this one does. */
  isLastTry?: boolean;
  /** Told why another is asked than the one that should have written. */
  onFallback?: (reason: ErrorCode) => Promise<void>;
  /** Of the glossary as it is now; else the built-in rewriter takes the delivered one. */
  explainer?: TermExplainer;
}

export interface Rewriter {
  /** Throws TryLater when it is known that nothing can be rewritten now, BUDGET_TOO_SMALL when never. */
  ready?(): Promise<void>;
  /**
   * Rewrites an article whose content is plain text with paragraphs separated by newlines.
   * Throws AppError with a MODEL_ code, ARTICLE_NOT_FOUND_IN_PAGE when there is too little text, TryLater while the
   * model is not to be asked or the budget is used up, or the signal's reason when it is aborted.
   */
  rewrite(article: { title: string; content: string }, options: RewriteOptions): Promise<Rewrite>;
}
