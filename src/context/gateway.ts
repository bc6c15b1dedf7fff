import { LiveListener } from '../adapters/live/live-listener';
import { PublicContent } from '../adapters/live/public-content';
import { RateLimits } from '../adapters/rate-limiter/rate-limits';
import { KeyRing } from '../adapters/tokens/key-ring';
import { TokenSigner } from '../adapters/tokens/token-signer';
import { ViewerIds } from '../adapters/tokens/viewer-id';
import { AnswerJobService } from '../domain/answer/answer-jobs.service';
import { AnswerService } from '../domain/answer/answer.service';
import { LiveAnswerService } from '../domain/answer/live-answers.service';
import { SourceService } from '../domain/answer/source.service';
import { ArticleEditingService } from '../domain/article/article-editing.service';
import { ArticleService } from '../domain/article/article.service';
import { LiveArticleService } from '../domain/article/live-articles.service';
import { PublisherService } from '../domain/article/publisher.service';
import { ArticleJobService } from '../domain/article/rewriting/article-jobs.service';
import { AuditService } from '../domain/audit/audit.service';
import { CollectionJobService } from '../domain/collection/collection-jobs.service';
import { FaqService } from '../domain/faq/faq.service';
import { GlossaryService } from '../domain/glossary/glossary.service';
import { ChartPictureService } from '../domain/insight/chart-picture.service';
import { InsightJobService } from '../domain/insight/insight-jobs.service';
import { InsightService } from '../domain/insight/insight.service';
import { JobService } from '../domain/jobs/job.service';
import { LiveJobService } from '../domain/jobs/live-jobs.service';
import { QueueService } from '../domain/jobs/queue.service';
import { NewsletterIssueService } from '../domain/newsletter/newsletter-issue.service';
import { NewsletterJobService } from '../domain/newsletter/newsletter-jobs.service';
import { SubscribeService } from '../domain/newsletter/subscribe.service';
import { AnonymousWeight } from '../domain/reading/anonymous-weight';
import { ImpressionService } from '../domain/reading/impression.service';
import { ViewService } from '../domain/reading/view.service';
import { ActiveModel } from '../domain/recommendation/active-model';
import { FeedbackService } from '../domain/recommendation/feedback.service';
import { KnownReaders } from '../domain/recommendation/known-readers';
import { RecommendationService, type Kept } from '../domain/recommendation/recommendation.service';
import { TrainingJobService } from '../domain/recommendation/training-jobs.service';
import { SpendingReportService } from '../domain/spending/spending-report.service';
import { AccountService } from '../domain/user/account.service';
import { LoginService } from '../domain/user/login.service';
import { ReaderProfileService } from '../domain/user/reader-profile.service';
import { SessionService } from '../domain/user/session.service';
import { UserService } from '../domain/user/user.service';
import { ViewerGuard } from '../domain/user/viewer-guard';
import type { Lifetime } from './lifetime';
import type { SharedContext } from './shared';

/** What resolvers and pages may ask. */
export type Services = ReturnType<typeof createServices>;

/** What the gateway is built of. */
export type GatewayContext = ReturnType<typeof createGatewayContext>;

/** What the gateway's bench and tests change. */
export interface GatewayOptions {
  /** What recommendations keep of a reader. */
  keep?: Kept;
}

export function createGatewayContext(shared: SharedContext, opened: Lifetime, options: GatewayOptions = {}) {
  const { config, logger, metrics } = shared;
  const { signingKeys: pems, signingKeysFile: file } = config.session;
  const keys = new KeyRing({ pems, file, logger });
  const limits = new RateLimits({
    limits: config.rateLimits,
    redisUrl: config.queueUrl.startsWith('redis') ? config.queueUrl : null,
    logger,
    onLimited: (scope) => metrics.rateLimited.inc({ scope }),
  });
  opened.onClose(() => limits.close());
  const listener = new LiveListener({
    url: config.directDatabaseUrl,
    logger,
    onDelay: (seconds) => metrics.liveDelay.observe(seconds),
  });
  opened.onClose(() => listener.close());
  const services = createServices(shared, keys, limits, listener, options);
  opened.onClose(() => Promise.all([services.views.idle(), services.impressions.idle()]));
  return { ...shared, keys, limits, viewerIds: new ViewerIds(keys), services };
}

function createServices(
  shared: SharedContext,
  keys: KeyRing,
  limits: RateLimits,
  listener: LiveListener,
  { keep = 'rankings' }: GatewayOptions,
) {
  const { clock, config, database, intake, kakao, logger, metrics, nudges, tracing, unlinks, unlinkNotices } =
    shared;
  const { prisma, pool, heavy } = database;
  const { glossary } = shared;
  const tokens = new TokenSigner(keys, config.session.issuer);
  const guard = new ViewerGuard({ pool, tokens, clock });
  const sessions = new SessionService({ prisma, tokens, guard, clock });
  const weight = new AnonymousWeight(limits);
  const model = new ActiveModel({ pool, databaseUrl: config.databaseUrl, clock, logger });
  const readers = new KnownReaders();
  const answers = new AnswerService({ prisma, pool, publicUrl: config.publicUrl });
  return {
    accounts: new AccountService({ prisma, pool, guard, unlinks, unlinkNotices, answers }),
    answers,
    answerJobs: new AnswerJobService({
      prisma,
      intake,
      clock,
      questionsPerDay: config.questionsPerDay,
      onLimited: () => metrics.rateLimited.inc({ scope: 'question' }),
    }),
    articleJobs: new ArticleJobService({ intake }),
    articleEditing: new ArticleEditingService({ prisma, pool, clock, glossary }),
    articles: new ArticleService({ prisma, pool, heavy, glossary }),
    audit: new AuditService({ prisma }),
    chartPictures: new ChartPictureService({ prisma }),
    collectionJobs: new CollectionJobService({ prisma, intake }),
    datasets: shared.datasets,
    faqs: new FaqService({ prisma }),
    feedback: new FeedbackService({ pool, clock, readers }),
    glossary: new GlossaryService({ prisma, glossary }),
    guard,
    impressions: new ImpressionService({ pool, clock, weight }),
    insightJobs: new InsightJobService({ intake, datasets: shared.datasets }),
    insights: new InsightService({ prisma, pool, clock, publicUrl: config.publicUrl }),
    liveAnswers: new LiveAnswerService({ prisma, listener }),
    liveArticles: new LiveArticleService({ pool, listener }),
    liveJobs: new LiveJobService({ prisma, pool, listener }),
    jobs: new JobService({ prisma, nudges, tracing }),
    login: new LoginService({
      prisma,
      kakao,
      tokens,
      sessions,
      clock,
      redirectUris: config.kakao.redirectUris,
      adminKakaoIds: config.adminKakaoIds,
    }),
    newsletterIssues: new NewsletterIssueService({ prisma }),
    newsletterJobs: new NewsletterJobService({ intake, clock, canSend: config.mail !== null }),
    publicContent: new PublicContent(listener, () => glossary.forget()),
    publishers: new PublisherService({ prisma }),
    recommendations: new RecommendationService({ pool, clock, model, readers, keep }),
    queues: new QueueService({ prisma, pool, nudges }),
    readerProfiles: new ReaderProfileService({ prisma, clock }),
    sessions,
    sources: new SourceService({ prisma }),
    subscriptions: new SubscribeService({ prisma, clock, limits, sendsMail: config.mail !== null }),
    spendingReports: new SpendingReportService({ pool, clock }),
    trainingJobs: new TrainingJobService({ intake, logger }),
    unlinkNotices,
    users: new UserService({ prisma, guard, clock }),
    views: new ViewService({ pool, clock, weight, onRead: (userId) => readers.forget(userId) }),
  };
}
