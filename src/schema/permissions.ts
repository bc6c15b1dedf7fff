import type { GraphQLSchema } from 'graphql';
import { applyMiddleware } from 'graphql-middleware';
import { allow, deny, rule } from 'graphql-shield';
import { AppError } from '../errors';
import { prunedShield, ruleOf, shieldSources } from './pruned-shield';
import type { RequestContext } from './request-context';

const refusal = ({ viewer }: RequestContext) => new AppError(viewer ? 'FORBIDDEN' : 'UNAUTHENTICATED');

const isUser = rule('isUser', { cache: 'contextual' })(
  (_parent, _args, context: RequestContext) => context.viewer !== null || refusal(context),
);

const isAdmin = rule('isAdmin', { cache: 'contextual' })(
  (_parent, _args, context: RequestContext) => context.viewer?.role === 'ADMIN' || refusal(context),
);

/** The reader whose field it is. Reads its parent, so its verdict must not be cached. */
const isSelf = rule('isSelf', { cache: 'no_cache' })(
  (user: { id: string }, _args, context: RequestContext) =>
    context.viewer?.userId === user.id || context.identified.has(user.id) || refusal(context),
);

/** The reader whose field it is, and ADMIN. */
const isSelfOrAdmin = rule('isSelfOrAdmin', { cache: 'no_cache' })(
  (user: { id: string }, _args, context: RequestContext) =>
    context.viewer?.userId === user.id ||
    context.viewer?.role === 'ADMIN' ||
    context.identified.has(user.id) ||
    refusal(context),
);

/** Who may read what. What is not listed is refused. */
export const permissions = {
  Query: {
    articles: allow,
    article: allow,
    insights: allow,
    insight: allow,
    popularArticles: allow,
    publishers: allow,
    faqs: allow,
    readerQuestions: allow,
    findTerm: allow,
    economicTerms: allow,
    me: isUser,
    answer: isUser,
    recommendations: isUser,
    users: isAdmin,
    generationJob: isAdmin,
    generationJobs: isAdmin,
    queues: isAdmin,
    datasets: isAdmin,
    auditLog: isAdmin,
    modelSpending: isAdmin,
    newsletterIssues: isAdmin,
    exportMyData: isUser,
    newsletterSubscriptions: isAdmin,
  },
  Mutation: {
    beginKakaoLogin: allow,
    loginWithKakaoCode: allow,
    loginWithKakaoToken: allow,
    refreshSession: allow,
    logout: allow,
    recordArticleView: allow,
    recordImpressions: allow,
    hideRecommendation: isUser,
    moreLike: isUser,
    askQuestion: isUser,
    revokeSession: isUser,
    deleteAccount: isUser,
    answerReaderQuestions: allow,
    requestArticle: isAdmin,
    regenerateArticle: isAdmin,
    requestInsight: isAdmin,
    cancelGenerationJob: isAdmin,
    retryGenerationJob: isAdmin,
    pauseQueue: isAdmin,
    collectNews: isAdmin,
    refreshRecommendations: isAdmin,
    sendNewsletter: isAdmin,
    updateArticle: isAdmin,
    publishArticle: isAdmin,
    hideArticle: isAdmin,
    takeDownArticle: isAdmin,
    publishInsight: isAdmin,
    hideInsight: isAdmin,
    createPublisher: isAdmin,
    updatePublisher: isAdmin,
    createFaq: isAdmin,
    updateFaq: isAdmin,
    deleteFaq: isAdmin,
    importEconomicTerms: isAdmin,
    updateEconomicTerm: isAdmin,
    deleteEconomicTerm: isAdmin,
    setUserRole: isAdmin,
    subscribeNewsletter: allow,
    confirmNewsletter: allow,
    unsubscribeNewsletter: allow,
  },
  Subscription: {
    generationJobUpdated: isAdmin,
    articlePublished: allow,
    answerUpdated: isUser,
  },
  PageInfo: allow,
  Recommendation: allow,
  Faq: allow,
  EconomicTerm: allow,
  EconomicTermConnection: allow,
  EconomicTermEdge: allow,
  EconomicTermImport: isAdmin,
  Article: {
    id: allow,
    title: allow,
    content: allow,
    comment: allow,
    category: allow,
    phrases: allow,
    terms: allow,
    publisher: allow,
    sourceUrl: allow,
    imageUrl: allow,
    publishedAt: allow,
    releasedAt: allow,
    viewCount: allow,
    similarArticles: allow,
    relatedDocuments: allow,
    createdAt: allow,
    updatedAt: allow,
    status: isAdmin,
    fidelity: isAdmin,
    original: isAdmin,
    revisions: isAdmin,
  },
  Insight: {
    id: allow,
    title: allow,
    content: allow,
    chart: allow,
    chartSvgUrl: allow,
    chartPngUrl: allow,
    dataset: allow,
    createdAt: allow,
    releasedAt: allow,
    status: isAdmin,
  },
  InsightConnection: allow,
  InsightEdge: allow,
  ArticleConnection: allow,
  ArticleEdge: allow,
  ArticleViewResult: allow,
  ArticleRevision: isAdmin,
  OriginalArticle: isAdmin,
  FidelityReport: isAdmin,
  Phrase: allow,
  RelatedDocument: allow,
  Publisher: { id: allow, name: allow, feedUrl: isAdmin, enabled: isAdmin },
  User: {
    id: allow,
    name: allow,
    profileImageUrl: allow,
    createdAt: allow,
    email: isSelfOrAdmin,
    role: isSelfOrAdmin,
    readerProfile: isSelfOrAdmin,
    sessions: isSelfOrAdmin,
    recentArticles: isSelf,
    answers: isSelf,
  },
  Answer: isUser,
  AnswerConnection: isUser,
  AnswerEdge: isUser,
  ReaderProfile: allow,
  ReaderProfileResult: allow,
  ReaderQuestion: allow,
  ReaderTypeWeight: allow,
  UserConnection: isAdmin,
  UserEdge: isAdmin,
  Session: isUser,
  KakaoLoginRequest: allow,
  AuthPayload: allow,
  GenerationJob: isAdmin,
  GenerationJobConnection: isAdmin,
  GenerationJobEdge: isAdmin,
  GenerationError: isAdmin,
  GenerationStep: isAdmin,
  FeedReport: isAdmin,
  Dataset: allow,
  QueueStatus: isAdmin,
  ModelSpending: isAdmin,
  NewsletterIssue: isAdmin,
  NewsletterIssueConnection: isAdmin,
  NewsletterIssueEdge: isAdmin,
  // Whoever holds the token of the confirmation mail gets it too.
  NewsletterSubscription: allow,
  NewsletterSubscriptionConnection: isAdmin,
  NewsletterSubscriptionEdge: isAdmin,
  AuditEntry: isAdmin,
  AuditEntryConnection: isAdmin,
  AuditEntryEdge: isAdmin,
};

const OPTIONS = {
  fallbackRule: deny,
  allowExternalErrors: true,
  fallbackError: new AppError('FORBIDDEN'),
};

/** Whether a field is refused to nobody. */
export function isForEverybody(type: string, field: string): boolean {
  return ruleOf(permissions, type, field, OPTIONS.fallbackRule) === allow;
}

/** The schema with the map enforced; a subscription is refused before its source is opened, and again at each event. */
export function withPermissions(schema: GraphQLSchema): GraphQLSchema {
  return shieldSources(applyMiddleware(schema, prunedShield(permissions, OPTIONS)), permissions, OPTIONS);
}
