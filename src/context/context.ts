import type { Pool } from 'pg';
import type { Config } from '../config/config';
import { Crawler, type CrawlerOptions } from '../adapters/crawler/crawler';
import { openDatabase, type Database } from '../adapters/database/database';
import { KakaoClient } from '../adapters/kakao/kakao-client';
import { LanguageModel } from '../adapters/language-model/language-model';
import { RateLimits, type LimitScope } from '../adapters/rate-limiter/rate-limits';
import { UpstreamPace } from '../adapters/rate-limiter/upstream-pace';
import { JobProducer } from '../adapters/queue/job-producer';
import { Metrics, type Upstream } from '../adapters/telemetry/metrics';
import { NO_TRACING, type Tracing } from '../adapters/telemetry/tracing';
import { upstreamObserver, type ObserveUpstream } from '../adapters/telemetry/upstream-observer';
import { KeyRing } from '../adapters/tokens/key-ring';
import { ViewerIds } from '../adapters/tokens/viewer-id';
import { TokenSigner } from '../adapters/tokens/token-signer';
import { ArticleService } from '../domain/article/article.service';
import { TakeDownService } from '../domain/article/take-down.service';
import { PublisherService } from '../domain/article/publisher.service';
import { AuditService } from '../domain/audit/audit.service';
import { FaqService } from '../domain/faq/faq.service';
import { Glossary } from '../domain/glossary/glossary';
import { GlossaryService } from '../domain/glossary/glossary.service';
import { ExtractiveRewriter } from '../domain/article/rewriting/extractive/extractive-rewriter';
import { GENERATION_QUEUE } from '../domain/jobs/job-queue';
import { GenerationService } from '../domain/jobs/job.service';
import { JobIntake } from '../domain/jobs/job-intake';
import { JobRunner } from '../domain/jobs/job-runner.service';
import { ModelRewriter } from '../domain/article/rewriting/model-rewriter';
import { RewriteArticleService } from '../domain/article/rewriting/rewrite-article.service';
import type { Rewriter } from '../domain/article/rewriting/rewriter';
import { ActiveModel } from '../domain/recommendation/active-model';
import { RecommendationService } from '../domain/recommendation/recommendation.service';
import { TrainingService } from '../domain/recommendation/training.service';
import { RetentionService } from '../domain/retention/retention.service';
import { systemClock, type Clock } from '../domain/shared/clock';
import { ImpressionService } from '../domain/reading/impression.service';
import { ReadingListsService } from '../domain/reading/reading-lists.service';
import { ViewService } from '../domain/reading/view.service';
import { AccountService } from '../domain/user/account.service';
import { LoginService } from '../domain/user/login.service';
import { ReaderProfileService } from '../domain/user/reader-profile.service';
import { SessionService } from '../domain/user/session.service';
import { UnlinkService } from '../domain/user/unlink.service';
import { UserService } from '../domain/user/user.service';
import { ViewerGuard } from '../domain/user/viewer-guard';
import type { Logger } from '../logger';

export interface Services {
  accounts: AccountService;
  articles: ArticleService;
  audit: AuditService;
  faqs: FaqService;
  generation: GenerationService;
  glossary: GlossaryService;
  guard: ViewerGuard;
  impressions: ImpressionService;
  jobs: JobRunner;
  login: LoginService;
  publishers: PublisherService;
  retention: RetentionService;
  readingLists: ReadingListsService;
  recommendations: RecommendationService;
  readerProfiles: ReaderProfileService;
  rewriteArticle: RewriteArticleService;
  sessions: SessionService;
  takeDowns: TakeDownService;
  training: TrainingService;
  unlinks: UnlinkService;
  users: UserService;
  views: ViewService;
}

/** Everything a process needs, built by hand; `close` takes it apart in reverse. */
export interface AppContext {
  clock: Clock;
  config: Config;
  logger: Logger;
  database: Database;
  keys: KeyRing;
  limits: RateLimits;
  metrics: Metrics;
  tracing: Tracing;
  viewerIds: ViewerIds;
  services: Services;
  close(): Promise<void>;
}

/** What tests put in place of the real thing. */
export interface Overrides {
  clock?: Clock;
  tracing?: Tracing;
  /** Shorter waits, another name resolution. */
  crawler?: Partial<CrawlerOptions>;
  onStatement?: (sql: string) => void;
  /** False ranks recommendations anew for every request. */
  keepRankings?: boolean;
}

export function createAppContext(
  config: Config,
  logger: Logger,
  {
    clock = systemClock,
    tracing = NO_TRACING,
    crawler: crawling,
    onStatement,
    keepRankings = true,
  }: Overrides = {},
): AppContext {
  const { connections, databaseUrl, queueUrl } = config;
  const metrics = new Metrics();
  const observer = (upstream: Upstream) => upstreamObserver(upstream, { metrics, tracing });
  const database = openDatabase({
    url: databaseUrl,
    connections: connections.database,
    logger,
    metrics,
    ...(onStatement && { onStatement }),
  });
  const { prisma, pool, heavy } = database;
  metrics.watchJobs(pool);
  const producer = new JobProducer({ url: queueUrl, queueName: GENERATION_QUEUE, logger });
  const crawler = new Crawler({ ...config.crawler, observe: observer('crawler'), ...crawling });
  const { signingKeys: pems, signingKeysFile: file, issuer } = config.session;
  const keys = new KeyRing({ pems, file, logger });
  const limits = new RateLimits({
    limits: limitsOf(config),
    redisUrl: queueUrl.startsWith('redis') ? queueUrl : null,
    logger,
    onLimited: (scope) => metrics.rateLimited.inc({ scope }),
  });
  const tokens = new TokenSigner(keys, issuer);
  const kakao = new KakaoClient({ ...config.kakao, clock: () => clock.now(), observe: observer('kakao') });

  const guard = new ViewerGuard({ pool, tokens, clock });
  const sessions = new SessionService({ prisma, tokens, guard, clock });
  const { leaseSeconds, backoffSeconds } = config.jobs;
  const jobs = new JobRunner({
    prisma,
    pool,
    producer,
    logger,
    leaseSeconds,
    backoffSeconds,
    metrics,
    tracing,
  });
  const intake = new JobIntake({ prisma, runner: jobs, tracing });
  const { redirectUris } = config.kakao;
  const unlinks = new UnlinkService({ prisma, kakao, clock, logger });
  const articles = new ArticleService({ prisma, pool, heavy, clock });
  const services: Services = {
    accounts: new AccountService({ prisma, guard, unlinks }),
    articles,
    audit: new AuditService({ prisma }),
    faqs: new FaqService({ prisma }),
    generation: new GenerationService({ prisma, runner: jobs, intake, tracing }),
    glossary: new GlossaryService({ prisma, glossary: new Glossary({ pool, clock }) }),
    guard,
    impressions: new ImpressionService({ pool, clock }),
    jobs,
    login: new LoginService({
      prisma,
      kakao,
      tokens,
      sessions,
      clock,
      redirectUris,
      adminKakaoIds: config.adminKakaoIds,
    }),
    publishers: new PublisherService({ prisma }),
    retention: new RetentionService({ pool, clock, logger, retention: config.retention }),
    readingLists: new ReadingListsService({ pool, clock }),
    recommendations: new RecommendationService({
      pool,
      clock,
      model: new ActiveModel({ pool, databaseUrl, clock, logger }),
      keepRankings,
    }),
    readerProfiles: new ReaderProfileService({ prisma, clock }),
    rewriteArticle: new RewriteArticleService({
      prisma,
      crawler,
      rewriter: rewriterOf(config, pool, observer('model')),
      clock,
    }),
    sessions,
    takeDowns: new TakeDownService({ prisma, articles, clock }),
    training: new TrainingService({ prisma, pool, databaseUrl, intake, clock, logger }),
    unlinks,
    users: new UserService({ prisma, guard, clock }),
    views: new ViewService({ pool, clock }),
  };
  return {
    clock,
    config,
    logger,
    database,
    keys,
    limits,
    metrics,
    tracing,
    viewerIds: new ViewerIds(keys),
    services,
    async close() {
      await services.views.idle();
      await services.impressions.idle();
      limits.close();
      await crawler.close();
      await producer.close();
      await database.close();
      await tracing.close();
    },
  };
}

function limitsOf({ rateLimits }: Config): Record<LimitScope, number> {
  const { perAddress, perViewer, perUser, signInsPerAddress } = rateLimits;
  return { address: perAddress, viewer: perViewer, user: perUser, signIn: signInsPerAddress };
}

function rewriterOf({ model }: Config, pool: Pool, observe: ObserveUpstream): Rewriter {
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
      observe,
      ...(pace && { turn: (signal) => pace.turn(signal) }),
    }),
  );
}
