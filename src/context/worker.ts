import { Crawler, type CrawlerOptions } from '../adapters/crawler/crawler';
import { FeedReader } from '../adapters/feed/feed-reader';
import { ChartPainter } from '../adapters/chart/chart-painter';
import { LanguageModel } from '../adapters/language-model/language-model';
import { HostTurns } from '../adapters/rate-limiter/host-turns';
import { ExtractiveRewriter } from '../domain/article/rewriting/extractive/extractive-rewriter';
import { FallbackRewriter } from '../domain/article/rewriting/fallback-rewriter';
import { LARGEST_CALL, ModelRewriter } from '../domain/article/rewriting/model-rewriter';
import { RewriteArticleService } from '../domain/article/rewriting/rewrite-article.service';
import type { Rewriter } from '../domain/article/rewriting/rewriter';
import type { Answerer } from '../domain/answer/answerer';
import { WriteAnswerService } from '../domain/answer/write-answer.service';
import { CollectionJobService } from '../domain/collection/collection-jobs.service';
import { CollectionService } from '../domain/collection/collection.service';
import { WriteInsightService } from '../domain/insight/write-insight.service';
import { JobRunner, type JobProcessors } from '../domain/jobs/job-runner.service';
import { WorkReportService } from '../domain/jobs/work-report.service';
import { NewsletterJobService } from '../domain/newsletter/newsletter-jobs.service';
import { ConfirmationMailService } from '../domain/newsletter/confirmation-mails.service';
import { ConsentService } from '../domain/newsletter/consent.service';
import { TrainingJobService } from '../domain/recommendation/training-jobs.service';
import { TrainingService } from '../domain/recommendation/training.service';
import { RetentionService } from '../domain/retention/retention.service';
import { SpendingService } from '../domain/spending/spending.service';
import { createAnswerer } from './answering';
import { createInsightWriter } from './insight-writing';
import type { Lifetime } from './lifetime';
import { createMailer } from './mail';
import { modelOptionsOf, providerOf } from './model-options';
import { createNewsletterSending } from './newsletter-sending';
import { createRetrieval } from './retrieval';
import type { SharedContext } from './shared';

/** What a worker is built of. */
export type WorkerContext = ReturnType<typeof createWorkerContext>;

/** What tests and demonstrations change. */
export interface WorkerOptions {
  /** Shorter waits, another name resolution. */
  crawling?: Partial<CrawlerOptions>;
  rewriter?: Rewriter;
  answerer?: Answerer;
}

export function createWorkerContext(
  shared: SharedContext,
  opened: Lifetime,
  { crawling = {}, rewriter, answerer }: WorkerOptions = {},
) {
  const { clock, config, database, intake, logger, metrics, nudges, observe, tracing } = shared;
  const { prisma, pool } = database;
  const { delaySeconds, ...identity } = config.crawler;
  const turns = delaySeconds > 0 ? new HostTurns({ pool, restMs: delaySeconds * 1000 }) : null;
  const crawler = new Crawler({ ...identity, turns, observe: observe('crawler'), ...crawling });
  opened.onClose(() => crawler.close());
  const spending = new SpendingService({ ...shared, pool, dailyBudgetUsd: config.dailyBudgetUsd });
  const models = languageModelsOf(shared);
  const rewriteArticle = new RewriteArticleService({
    prisma,
    crawler,
    retrieval: createRetrieval(shared, spending),
    rewriter: rewriter ?? rewriterOf(shared, { models, spending }),
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
  const writeAnswer = new WriteAnswerService({
    pool,
    answerer: answerer ?? createAnswerer(shared, { models, spending }),
    logger,
  });
  const mailer = createMailer(shared, opened);
  const painter = new ChartPainter();
  opened.onClose(() => painter.close());
  const writeInsight = new WriteInsightService({
    datasets: shared.datasets,
    writer: createInsightWriter(shared, { models, spending }),
    painter,
  });
  const newsletter = createNewsletterSending(shared, mailer);
  const processors: JobProcessors = {
    ANSWER: (handle) => writeAnswer.run(handle),
    ARTICLE: (handle) => rewriteArticle.run(handle),
    INSIGHT: (handle) => writeInsight.run(handle),
    COLLECTION: (handle) => collection.run(handle),
    NEWSLETTER: (handle) => newsletter.run(handle),
    RECOMMENDATIONS: (handle) => training.run(handle),
  };
  return {
    ...shared,
    collectionJobs: new CollectionJobService({ prisma, intake }),
    newsletterJobs: new NewsletterJobService({ intake, clock, canSend: config.mail !== null }),
    confirmationMails: new ConfirmationMailService({ ...config, prisma, clock, logger, mailer }),
    consents: new ConsentService({ prisma, clock }),
    retention: new RetentionService({ pool, clock, logger, retention: config.retention }),
    runner: new JobRunner({ prisma, pool, nudges, logger, ...config.jobs, metrics, tracing, processors }),
    spending,
    workReport: new WorkReportService({ pool, logger, spending }),
    painter,
    trainingJobs: new TrainingJobService({ intake, logger }),
  };
}

/** All jobs of this process share the models, and with them their circuits. */
function languageModelsOf(shared: SharedContext): LanguageModel[] {
  const { model, fallbackModel } = shared.config;
  return [model, fallbackModel]
    .filter((settings) => settings !== null)
    .map((settings) => languageModelOf(shared, settings));
}

function rewriterOf(
  { config }: SharedContext,
  { models, spending }: { models: readonly LanguageModel[]; spending: SpendingService },
): Rewriter {
  const builtIn = new ExtractiveRewriter();
  if (models.length === 0) return builtIn;
  return new FallbackRewriter(
    models.map((model) => new ModelRewriter(model, spending)),
    config.rewriterOfLastResort === 'built-in' ? builtIn : null,
  );
}

function languageModelOf(
  shared: SharedContext,
  settings: NonNullable<SharedContext['config']['model']>,
): LanguageModel {
  const { logger, metrics } = shared;
  const provider = providerOf(settings);
  metrics.circuits.set({ provider }, 0);
  return new LanguageModel({
    ...modelOptionsOf(shared, settings),
    maxOutputTokens: LARGEST_CALL.output,
    onCircuit: (circuit) => {
      metrics.circuits.set({ provider }, circuit === 'closed' ? 0 : 1);
      logger.warn({ provider, circuit }, 'the circuit of a language model has changed');
    },
  });
}
