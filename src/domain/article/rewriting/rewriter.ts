import type { Phrase } from '../article';
import type { ArticleCategory } from '../category';
import type { FidelityReport } from '../fidelity/check-fidelity';
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
  /** What was wrong with the rewrite before. */
  objections?: FidelityReport;
  /** Of the glossary as it is now; else the built-in rewriter takes the delivered one. */
  explainer?: TermExplainer;
}

export interface Rewriter {
  /**
   * Rewrites an article whose content is plain text with paragraphs separated by newlines.
   * Throws AppError with a MODEL_ code, ARTICLE_NOT_FOUND_IN_PAGE when there is too little text,
   * or the signal's reason when it is aborted.
   */
  rewrite(article: { title: string; content: string }, options: RewriteOptions): Promise<Rewrite>;
}
