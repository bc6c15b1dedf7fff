import { Crawler, type CrawlerOptions } from '../adapters/crawler/crawler';
import { FeedReader } from '../adapters/feed/feed-reader';
import { LanguageModel } from '../adapters/language-model/language-model';
import { HostTurns } from '../adapters/rate-limiter/host-turns';
import { UpstreamPace } from '../adapters/rate-limiter/upstream-pace';
import { ExtractiveRewriter } from '../domain/article/rewriting/extractive/extractive-rewriter';
import { ModelRewriter } from '../domain/article/rewriting/model-rewriter';
import { RewriteArticleService } from '../domain/article/rewriting/rewrite-article.service';
import type { Rewriter } from '../domain/article/rewriting/rewriter';
import { CollectionJobService } from '../domain/collection/collection-jobs.service';
import { CollectionService } from '../domain/collection/collection.service';
import { JobRunner, type JobProcessors } from '../domain/jobs/job-runner.service';
import { TrainingJobService } from '../domain/recommendation/training-jobs.service';
import { TrainingService } from '../domain/recommendation/training.service';
import { RetentionService } from '../domain/retention/retention.service';
import { SpendingService } from '../domain/spending/spending.service';
import type { Lifetime } from './lifetime';
import type { SharedContext } from './shared';

/** What a worker is built of. */
export type WorkerContext = ReturnType<typeof createWorkerContext>;

/** `crawling` is what tests change: shorter waits, another name resolution; `rewriter` what a demonstration does. */
export function createWorkerContext(
  shared: SharedContext,
  opened: Lifetime,
  crawling: Partial<CrawlerOptions> = {},
  rewriter: Rewriter = rewriterOf(shared),
) {
  const { clock, config, database, intake, logger, metrics, nudges, observe, tracing } = shared;
  const { prisma, pool } = database;
  const { delaySeconds, ...identity } = config.crawler;
  const turns = delaySeconds > 0 ? new HostTurns({ pool, restMs: delaySeconds * 1000 }) : null;
  const crawler = new Crawler({ ...identity, turns, observe: observe('crawler'), ...crawling });
  opened.onClose(() => crawler.close());
  const rewriteArticle = new RewriteArticleService({
    prisma,
    crawler,
    rewriter,
    clock,
    publishPolicy: config.publishPolicy,
    glossary: shared.glossary,
  });
  const feeds = new FeedReader({
    web: crawler.web,
    trustedOrigins: config.crawler.trustedOrigins,
    observe: observe('feed'),
  });
  const collection = new CollectionService({ ...shared, prisma, feeds, turns });
  const training = new TrainingService({ databaseUrl: config.databaseUrl, clock });
  const processors: JobProcessors = {
    ARTICLE: (handle) => rewriteArticle.run(handle),
    COLLECTION: (handle) => collection.run(handle),
    RECOMMENDATIONS: (handle) => training.run(handle),
  };
  return {
    ...shared,
    collectionJobs: new CollectionJobService({ prisma, intake }),
    retention: new RetentionService({ pool, clock, logger, retention: config.retention }),
    runner: new JobRunner({ prisma, pool, nudges, logger, ...config.jobs, metrics, tracing, processors }),
    trainingJobs: new TrainingJobService({ intake, logger }),
  };
}

function rewriterOf({ config, database: { pool }, logger, metrics, observe }: SharedContext): Rewriter {
  const { model } = config;
  if (!model) return new ExtractiveRewriter();
  const { apiKey, baseUrl, name, timeoutMs, requestsPerMinute: perMinute, usdPerMillionTokens } = model;
  const pace = perMinute > 0 ? new UpstreamPace({ pool, upstream: 'model', perMinute }) : null;
  return new ModelRewriter(
    new LanguageModel({
      apiKey,
      baseUrl,
      model: name,
      timeoutMs,
      maxOutputTokens: 4_000,
      pricePerMillionTokens: usdPerMillionTokens,
      observe: observe('model'),
      ...(pace && { turn: (signal) => pace.turn(signal) }),
    }),
    new SpendingService({ pool, metrics, logger }),
  );
}
