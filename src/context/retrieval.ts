import { Embeddings } from '../adapters/language-model/embeddings';
import { priceOf } from '../adapters/language-model/model-prices';
import { UpstreamPace } from '../adapters/rate-limiter/upstream-pace';
import { configuredSearches } from '../adapters/web-search/configured-searches';
import { FirstAnswer } from '../adapters/web-search/first-answer';
import type { WebSearch } from '../adapters/web-search/web-search';
import { OwnArticles } from '../domain/article/retrieval/own-articles.sql';
import { RetrievalService } from '../domain/article/retrieval/retrieval.service';
import type { SpendingService } from '../domain/spending/spending.service';
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

function embeddingsOf({ config, database, observe }: SharedContext): Embeddings | null {
  const { model, embedding } = config;
  if (!model || !embedding) return null;
  const { apiKey, baseUrl, requestsPerMinute: perMinute, timeoutMs } = model;
  const upstream = `model ${new URL(baseUrl).host} ${embedding.name}`;
  const pace = perMinute > 0 ? new UpstreamPace({ pool: database.pool, upstream, perMinute }) : null;
  const price = priceOf(embedding.name, embedding.usdPerMillionTokens);
  return new Embeddings({
    apiKey,
    baseUrl,
    model: embedding.name,
    timeoutMs: Math.min(timeoutMs, EMBEDDINGS_TIMEOUT_MS),
    pricePerMillionTokens: price.input,
    isPriceAssumed: price.isAssumed,
    observe: observe('model'),
    ...(pace && { turn: (signal) => pace.turn(signal) }),
  });
}
