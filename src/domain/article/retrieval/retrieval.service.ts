import { canonicalizeUrl } from '../../../adapters/crawler/canonical-url';
import { isShowable } from '../../../adapters/http/address-policy';
import { Pause } from '../../../adapters/http/pause';
import type { Embeddings } from '../../../adapters/language-model/embeddings';
import type { CallReservation } from '../../../adapters/language-model/model-call';
import type { FoundDocument, WebSearch } from '../../../adapters/web-search/web-search';
import { AppError, reasonOf, type ErrorCode } from '../../../errors';
import type { Logger } from '../../../logger';
import { isVisible } from '../../../visible-text';
import type { Clock } from '../../shared/clock';
import type { SpendingService } from '../../spending/spending.service';
import { toPlainLine, truncateText } from '../rewriting/rewriter-plain-text';
import { CopyFinder, type KnownText } from './copies';
import { likenessByMeaning, likenessByWords } from './rank-documents';
import { searchQueryOf } from './search-query';

/** Another text about what an article is about: plain text of strangers, of bounded length. */
export interface RelatedDocument {
  title: string;
  /** Canonical, http or https. */
  link: string;
  snippet: string;
}

export interface Retrieval {
  /** The most alike first; null when the search failed. */
  documents: RelatedDocument[] | null;
  /** What the documents had to do without. */
  note?: ErrorCode;
}

export interface RetrievalDeps {
  search: WebSearch;
  /** And who pays for them. Null: documents are compared by their words. */
  embeddings: { embeddings: Embeddings; spending: SpendingService } | null;
  /** Origins exempt from the rules of what readers may be sent to. */
  trustedOrigins: readonly string[];
  clock: Clock;
  logger: Logger;
}

export const MAX_DOCUMENTS = 5;
export const MAX_TITLE = 200;
export const MAX_SNIPPET = 500;
/** By words: less is shared with any text. */
const LEAST_LIKENESS = 0.05;
const EMBEDDINGS_PAUSE_SECONDS = 60;
/** What a call of the embedding model is noted under. */
const PURPOSE = { purpose: 'ARTICLE', promptVersion: 'related-documents' } as const;

/** Finds what others write about an article. */
export class RetrievalService {
  private readonly embeddingsPause: Pause;
  private readonly trustedOrigins: ReadonlySet<string>;

  constructor(private readonly deps: RetrievalDeps) {
    const { clock, logger, trustedOrigins } = deps;
    this.trustedOrigins = new Set(trustedOrigins.map((origin) => new URL(origin).origin));
    this.embeddingsPause = new Pause({
      now: () => clock.now(),
      seconds: EMBEDDINGS_PAUSE_SECONDS,
      onPause: (error, seconds) => logger.warn({ error, seconds }, 'embeddings are not asked for'),
    });
  }

  /** At most five documents, none of them the article or a copy of it. Throws nothing but the signal's reason. */
  async retrieve(
    article: { title: string; content: string; sourceUrl: string | null },
    { signal, jobId }: { signal: AbortSignal; jobId: string | null },
  ): Promise<Retrieval> {
    const query = searchQueryOf(article);
    if (query === null) return { documents: [] };
    try {
      const found = await this.deps.search.search(query, { signal });
      const documents = found.flatMap((one) => this.usable(one) ?? []);
      return await this.ranked(article, others(article, documents), { signal, jobId });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AppError) return { documents: null, note: error.code };
      this.deps.logger.warn({ error, jobId }, 'the search for related documents failed');
      return { documents: null, note: 'SEARCH_UNAVAILABLE' };
    }
  }

  private usable({ title, link, snippet }: FoundDocument): RelatedDocument | null {
    const line = truncateText(toPlainLine(title), MAX_TITLE);
    const address = this.addressOf(link);
    if (!isVisible(line) || address === null) return null;
    return { title: line, link: address, snippet: truncateText(toPlainLine(snippet), MAX_SNIPPET) };
  }

  /** Null for what readers are not sent to: other schemes, addresses with a password, their own network. */
  private addressOf(link: string): string | null {
    try {
      const address = canonicalizeUrl(link);
      return isShowable(new URL(address), this.trustedOrigins) ? address : null;
    } catch {
      return null;
    }
  }

  private async ranked(
    { title, content: text }: { title: string; content: string },
    documents: RelatedDocument[],
    { signal, jobId }: { signal: AbortSignal; jobId: string | null },
  ): Promise<Retrieval> {
    if (documents.length === 0) return { documents };
    const article = { title, text };
    const texts = documents.map((document) => ({ title: document.title, text: document.snippet }));
    const words = () => best(documents, likenessByWords(article, texts), LEAST_LIKENESS);
    if (!this.deps.embeddings) return { documents: words() };
    const { embeddings, spending } = this.deps.embeddings;
    const reserve = (call: CallReservation) => spending.reserve({ ...PURPOSE, jobId }, call);
    try {
      const likeness = await this.embeddingsPause.around(() =>
        likenessByMeaning(article, texts, (all) => embeddings.embed(all, { signal, reserve })),
      );
      return { documents: best(documents, likeness) };
    } catch (error) {
      signal.throwIfAborted();
      // A budget that is used up says so as TryLater: the job itself is told when it wants to write.
      const reason = reasonOf(error);
      return { documents: words(), note: reason instanceof AppError ? reason.code : 'MODEL_UNAVAILABLE' };
    }
  }
}

function best(documents: RelatedDocument[], likeness: number[], least = -Infinity): RelatedDocument[] {
  return documents
    .map((document, index) => ({ document, likeness: likeness[index]! }))
    .filter((ranked) => ranked.likeness >= least)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MAX_DOCUMENTS)
    .map(({ document }) => document);
}

/** What was found without the article, its copies, and copies of each other. */
function others(
  { title, content, sourceUrl }: { title: string; content: string; sourceUrl: string | null },
  found: RelatedDocument[],
): RelatedDocument[] {
  const finders = [new CopyFinder({ title, link: sourceUrl, text: content })];
  return found.filter((document) => {
    const known: KnownText = { title: document.title, link: document.link, text: document.snippet };
    if (finders.some((finder) => finder.isCopy(known))) return false;
    finders.push(new CopyFinder(known));
    return true;
  });
}
