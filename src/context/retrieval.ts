import { Embeddings } from '../adapters/language-model/embeddings';
import { configuredSearches } from '../adapters/web-search/configured-searches';
import { FirstAnswer } from '../adapters/web-search/first-answer';
import type { WebSearch } from '../adapters/web-search/web-search';
import { OwnArticles } from '../domain/article/retrieval/own-articles.sql';
import { RetrievalService } from '../domain/article/retrieval/retrieval.service';
import type { SpendingService } from '../domain/spending/spending.service';
import { modelOptionsOf } from './model-options';
import type { SharedContext } from './shared';

/** No article waits longer for what it can do without. */
const EMBEDDINGS_TIMEOUT_MS = 10_000;

export function createRetrieval(shared: SharedContext, spending: SpendingService): RetrievalService {
  const embeddings = embeddingsOf(shared);
  return new RetrievalService({
    ...shared,
    search: searchOf(shared),
    embeddings: embeddings && { embeddings, spending },
    trustedOrigins: shared.config.crawler.trustedOrigins,
  });
}

/** Only of our own articles, whatever is configured. */
export function ownRetrieval(shared: SharedContext): RetrievalService {
  return new RetrievalService({
    ...shared,
    search: new OwnArticles(shared.database.pool),
    embeddings: null,
    trustedOrigins: shared.config.crawler.trustedOrigins,
  });
}

/** What is configured; else our own articles. */
function searchOf({ clock, config, database, logger, observe }: SharedContext): WebSearch {
  const searches = configuredSearches(config.search, observe('search')).map(({ search }) => search);
  if (searches.length === 0) return new OwnArticles(database.pool);
  return new FirstAnswer(searches, {
    now: () => clock.now(),
    onPause: (error, seconds) => logger.warn({ error, seconds }, 'a web search is not asked for'),
  });
}

function embeddingsOf(shared: SharedContext): Embeddings | null {
  const { model, embedding } = shared.config;
  if (!model || !embedding) return null;
  const timeoutMs = Math.min(model.timeoutMs, EMBEDDINGS_TIMEOUT_MS);
  return new Embeddings(modelOptionsOf(shared, { ...model, ...embedding, timeoutMs }));
}
