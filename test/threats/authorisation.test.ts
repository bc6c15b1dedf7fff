import { isObjectType, type GraphQLField, type GraphQLResolveInfo } from 'graphql';
import { LiveUpdates } from '../../src/adapters/live/live-updates';
import { buildSchema } from '../../src/schema/build-schema';
import { AppError } from '../../src/errors';
import { permissions } from '../../src/schema/permissions';
import { RequestContext } from '../../src/schema/request-context';
import { startTestApp, type Login, type TestApp } from '../helpers/app';
import { createArticle, createPublisher } from '../helpers/records';

/** Who may read or call a field. `own` is the user whose field it is, `self` that one and ADMIN. */
type Access = 'public' | 'user' | 'own' | 'self' | 'admin';
const ROLES = ['anonymous', 'reader', 'otherReader', 'admin'] as const;
type Role = (typeof ROLES)[number];

/** A bare word counts for every field of the type. What is not here fails the test. */
const ACCESS: Record<string, Access | Record<string, Access>> = {
  Query: {
    articles: 'public',
    article: 'public',
    ...every('public', 'insights insight'),
    popularArticles: 'public',
    publishers: 'public',
    faqs: 'public',
    readerQuestions: 'public',
    ...every('public', 'findTerm economicTerms'),
    me: 'user',
    recommendations: 'user',
    answer: 'user',
    users: 'admin',
    generationJob: 'admin',
    generationJobs: 'admin',
    newsletterIssues: 'admin',
    queues: 'admin',
    datasets: 'admin',
    auditLog: 'admin',
    modelSpending: 'admin',
    exportMyData: 'user',
    newsletterSubscriptions: 'admin',
  },
  Mutation: {
    beginKakaoLogin: 'public',
    loginWithKakaoCode: 'public',
    loginWithKakaoToken: 'public',
    refreshSession: 'public',
    logout: 'public',
    recordArticleView: 'public',
    recordImpressions: 'public',
    hideRecommendation: 'user',
    moreLike: 'user',
    askQuestion: 'user',
    revokeSession: 'user',
    deleteAccount: 'user',
    answerReaderQuestions: 'public',
    requestArticle: 'admin',
    regenerateArticle: 'admin',
    ...every('admin', 'requestInsight publishInsight hideInsight'),
    cancelGenerationJob: 'admin',
    retryGenerationJob: 'admin',
    pauseQueue: 'admin',
    refreshRecommendations: 'admin',
    sendNewsletter: 'admin',
    collectNews: 'admin',
    updateArticle: 'admin',
    publishArticle: 'admin',
    hideArticle: 'admin',
    takeDownArticle: 'admin',
    createPublisher: 'admin',
    updatePublisher: 'admin',
    ...every('admin', 'createFaq updateFaq deleteFaq'),
    ...every('admin', 'importEconomicTerms updateEconomicTerm deleteEconomicTerm'),
    setUserRole: 'admin',
    ...every('public', 'subscribeNewsletter confirmNewsletter unsubscribeNewsletter'),
  },
  Subscription: { generationJobUpdated: 'admin', articlePublished: 'public', answerUpdated: 'user' },
  Article: {
    ...every('public', 'id title content comment category phrases terms publisher sourceUrl imageUrl'),
    ...every(
      'public',
      'publishedAt releasedAt viewCount similarArticles relatedDocuments createdAt updatedAt',
    ),
    ...every('admin', 'status fidelity original revisions'),
  },
  Insight: {
    ...every('public', 'id title content chart chartSvgUrl chartPngUrl dataset createdAt releasedAt'),
    ...every('admin', 'status'),
  },
  ...every('public', 'InsightConnection InsightEdge'),
  ArticleConnection: 'public',
  ArticleEdge: 'public',
  ArticleViewResult: 'public',
  PageInfo: 'public',
  Recommendation: 'public',
  Faq: 'public',
  ...every('public', 'EconomicTerm EconomicTermConnection EconomicTermEdge'),
  EconomicTermImport: 'admin',
  Phrase: 'public',
  RelatedDocument: 'public',
  Publisher: { ...every('public', 'id name'), ...every('admin', 'feedUrl enabled') },
  ArticleRevision: 'admin',
  OriginalArticle: 'admin',
  FidelityReport: 'admin',
  User: {
    ...every('public', 'id name profileImageUrl createdAt'),
    ...every('self', 'email role sessions readerProfile'),
    ...every('own', 'recentArticles answers'),
  },
  ...every('user', 'Answer AnswerConnection AnswerEdge'),
  ...every('public', 'ReaderProfile ReaderProfileResult ReaderQuestion ReaderTypeWeight'),
  UserConnection: 'admin',
  UserEdge: 'admin',
  Session: 'user',
  KakaoLoginRequest: 'public',
  AuthPayload: 'public',
  GenerationJob: 'admin',
  GenerationJobConnection: 'admin',
  GenerationJobEdge: 'admin',
  GenerationError: 'admin',
  GenerationStep: 'admin',
  FeedReport: 'admin',
  Dataset: 'public',
  QueueStatus: 'admin',
  ModelSpending: 'admin',
  ...every('admin', 'NewsletterIssue NewsletterIssueConnection NewsletterIssueEdge'),
  NewsletterSubscription: 'public',
  ...every('admin', 'NewsletterSubscriptionConnection NewsletterSubscriptionEdge'),
  AuditEntry: 'admin',
  AuditEntryConnection: 'admin',
  AuditEntryEdge: 'admin',
};

function every(access: Access, names: string): Record<string, Access> {
  return Object.fromEntries(names.split(' ').map((name) => [name, access]));
}

function allowed(access: Access, role: Role): boolean {
  if (access === 'own') return role === 'reader';
  if (role === 'admin' || access === 'public') return true;
  if (access === 'admin') return false;
  return access === 'self' ? role === 'reader' : role !== 'anonymous';
}

describe('permissions', () => {
  const someId = '00000000-0000-7000-8000-000000000000';
  const USER_OF = { reader: 'reader-1', otherReader: 'reader-2', admin: 'admin' } as const;
  let app: TestApp;
  let fields: { type: string; name: string; field: GraphQLField<unknown, unknown> }[];
  const logins = {} as Record<Role, Login | undefined>;

  beforeAll(async () => {
    app = await startTestApp();
    fields = Object.values(buildSchema(app.context.services).getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) =>
        Object.values(type.getFields()).map((field) => ({ type: type.name, name: field.name, field })),
      );
    const { prisma } = app.context.database;
    const { id: publisherId } = await createPublisher(prisma);
    await createArticle(prisma, { publisherId });
    for (const role of ['reader', 'otherReader', 'admin'] as const)
      logins[role] = await app.login(USER_OF[role]);
  });
  afterAll(() => app.close());

  function accessTo(type: string, name: string): Access | undefined {
    const access = ACCESS[type];
    return typeof access === 'string' ? access : access?.[name];
  }

  it('are decided for every field of the schema, here and in the map', () => {
    expect(fields.length).toBeGreaterThan(100);
    expect(fields.filter(({ type, name }) => accessTo(type, name) === undefined)).toEqual([]);
    const map = permissions as Record<string, object>;
    const isRule = (entry: object) => typeof (entry as { resolve?: unknown }).resolve === 'function';
    const missing = fields.filter(({ type, name }) => {
      const entry = map[type];
      return !entry || (!isRule(entry) && !Object.hasOwn(entry, name));
    });
    expect(missing.map(({ type, name }) => `${type}.${name}`)).toEqual([]);
  });

  it('name nothing that the schema does not have', () => {
    const known = new Set(fields.flatMap(({ type, name }) => [type, `${type}.${name}`]));
    for (const table of [ACCESS, permissions as Record<string, object>]) {
      const named = Object.entries(table).flatMap(([type, entry]) =>
        typeof entry === 'string' || 'resolve' in entry
          ? [type]
          : Object.keys(entry).map((name) => `${type}.${name}`),
      );
      expect(named.filter((name) => !known.has(name))).toEqual([]);
    }
  });

  function contextOf(role: Role): RequestContext {
    const login = logins[role];
    const viewer = login && {
      userId: login.user.id,
      sessionId: someId,
      role: role === 'admin' ? ('ADMIN' as const) : ('USER' as const),
    };
    return new RequestContext(
      {
        requestId: 'test',
        viewer: viewer ?? null,
        authFailure: null,
        address: '127.0.0.1',
        viewerId: null,
        anonymous: !viewer,
        language: 'ko',
        userAgent: null,
        signal: new AbortController().signal,
        logger: app.context.logger,
      },
      app.context.services,
    );
  }

  /** What a resolver of the served schema says when `role` asks for a field of something of the reader's. */
  async function askResolver(role: Role, { field }: (typeof fields)[number]): Promise<string> {
    if (!field.resolve) return 'allowed';
    const parent = { id: logins.reader!.user.id, count: () => 0 };
    return said(() => field.resolve!(parent, {}, contextOf(role), {} as GraphQLResolveInfo));
  }

  async function said(ask: () => unknown): Promise<string> {
    try {
      const value: unknown = await ask();
      if (value instanceof Error) throw value;
      if (value instanceof LiveUpdates) await value.return();
      return 'allowed';
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'another error';
      return code === 'FORBIDDEN' || code === 'UNAUTHENTICATED' ? code : 'allowed';
    }
  }

  const refusalOf = (role: Role) => (role === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');

  it.each(ROLES)('the whole schema × %s: the fields of the table and no other', async (role) => {
    const inner = fields.filter(({ type }) => type !== 'Query' && type !== 'Mutation');
    const wrong: string[] = [];
    for (const entry of inner) {
      const expected = allowed(accessTo(entry.type, entry.name)!, role) ? 'allowed' : refusalOf(role);
      const got = await askResolver(role, entry);
      if (got !== expected) wrong.push(`${entry.type}.${entry.name}: ${got}, not ${expected}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(ROLES)('the subscriptions of the table and no other are opened: %s', async (role) => {
    const { liveAnswers, liveArticles, liveJobs } = app.context.services;
    const opened = [
      jest.spyOn(liveAnswers, 'updatesOf'),
      jest.spyOn(liveArticles, 'published'),
      jest.spyOn(liveJobs, 'updatesOfAll'),
    ];
    const subscriptions = fields.filter(({ type }) => type === 'Subscription');
    for (const { type, name, field } of subscriptions) {
      for (const open of opened) open.mockClear();
      const isAllowed = allowed(accessTo(type, name)!, role);
      const got = await said(() => field.subscribe!({}, {}, contextOf(role), {} as GraphQLResolveInfo));
      expect([name, got]).toEqual([name, isAllowed ? 'allowed' : refusalOf(role)]);
      expect(opened.some(({ mock }) => mock.calls.length > 0)).toBe(isAllowed);
    }
    for (const open of opened) open.mockRestore();
  });

  interface Call {
    text: string;
    /** What whoever is allowed gets, when it is not a success. */
    code?: string;
    /** Whose account it may cost, instead of the caller's own. */
    token?: string;
  }

  /** One call of every query and mutation; ids are absent, so that whoever is allowed changes nothing. */
  async function callOf(name: string): Promise<Call> {
    const id = `id: "${someId}"`;
    const url = 'https://news.example/1';
    const spare = () => app.login('reader-5');
    const CALLS: Record<string, () => Call | Promise<Call>> = {
      articles: () => ({ text: 'articles { totalCount }' }),
      article: () => ({ text: `article(${id}) { id }` }),
      insights: () => ({ text: 'insights { totalCount }' }),
      insight: () => ({ text: `insight(${id}) { id }` }),
      requestInsight: () => ({ text: 'requestInsight(title: "금리", datasetId: "none") { id }', code: 'NOT_FOUND' }),
      publishInsight: () => ({ text: `publishInsight(${id}) { id }`, code: 'NOT_FOUND' }),
      hideInsight: () => ({ text: `hideInsight(${id}) { id }`, code: 'NOT_FOUND' }),
      popularArticles: () => ({ text: 'popularArticles { id }' }),
      publishers: () => ({ text: 'publishers { id }' }),
      readerQuestions: () => ({ text: 'readerQuestions { index }' }),
      answerReaderQuestions: () => ({ text: 'answerReaderQuestions(answers: []) { profile { type } }', code: 'BAD_USER_INPUT' }),
      faqs: () => ({ text: 'faqs { id }' }),
      recommendations: () => ({ text: 'recommendations { score }' }),
      refreshRecommendations: () => ({ text: 'refreshRecommendations { id }' }),
      sendNewsletter: () => ({ text: 'sendNewsletter(category: SPORTS_AND_LEISURE) { id }' }),
      newsletterIssues: () => ({ text: 'newsletterIssues { totalCount }' }),
      collectNews: () => ({ text: 'collectNews { id }' }),
      findTerm: () => ({ text: 'findTerm(question: "금리가 뭐예요?") { id }' }),
      economicTerms: () => ({ text: 'economicTerms { totalCount }' }),
      importEconomicTerms: () => ({ text: 'importEconomicTerms(terms: [{ term: "", description: "" }]) { created }', code: 'BAD_USER_INPUT' }),
      updateEconomicTerm: () => ({ text: `updateEconomicTerm(${id}, input: {}) { id }`, code: 'NOT_FOUND' }),
      deleteEconomicTerm: () => ({ text: `deleteEconomicTerm(${id}) { id }`, code: 'NOT_FOUND' }),
      me: () => ({ text: 'me { id }' }),
      users: () => ({ text: 'users { totalCount }' }),
      generationJob: () => ({ text: `generationJob(${id}) { id }` }),
      generationJobs: () => ({ text: 'generationJobs { totalCount }' }),
      queues: () => ({ text: 'queues { name }' }),
      datasets: () => ({ text: 'datasets { id }' }),
      auditLog: () => ({ text: 'auditLog { totalCount }' }),
      modelSpending: () => ({ text: 'modelSpending { costUsd }' }),
      exportMyData: () => ({ text: 'exportMyData' }),
      beginKakaoLogin: () => ({ text: `beginKakaoLogin(redirectUri: "${redirectUri()}") { state }` }),
      loginWithKakaoCode: () => ({
        text: `loginWithKakaoCode(input: { code: "", redirectUri: "${url}", state: "", codeVerifier: "" }) { accessToken }`,
        code: 'BAD_USER_INPUT',
      }),
      loginWithKakaoToken: () => ({
        text: 'loginWithKakaoToken(accessToken: "not a token") { accessToken }',
        code: 'UNAUTHENTICATED',
      }),
      deleteAccount: async () => ({ text: 'deleteAccount', token: (await spare()).accessToken }),
      refreshSession: async () => ({
        text: `refreshSession(refreshToken: "${(await spare()).refreshToken}") { accessToken }`,
      }),
      logout: async () => ({ text: `logout(refreshToken: "${(await spare()).refreshToken}")` }),
      recordArticleView: () => ({ text: `recordArticleView(articleId: "${someId}") { counted }`, code: 'NOT_FOUND' }),
      recordImpressions: () => ({ text: `recordImpressions(articleIds: ["${someId}"], surface: HOME)` }),
      hideRecommendation: () => ({ text: `hideRecommendation(articleId: "${someId}")`, code: 'NOT_FOUND' }),
      answer: () => ({ text: `answer(${id}) { id }` }),
      askQuestion: () => ({ text: 'askQuestion(question: "금리가 뭐예요?") { id }' }),
      moreLike: () => ({ text: `moreLike(articleId: "${someId}")`, code: 'NOT_FOUND' }),
      revokeSession: () => ({ text: `revokeSession(${id})`, code: 'NOT_FOUND' }),
      requestArticle: () => ({ text: `requestArticle(url: "${url}") { id }` }),
      regenerateArticle: () => ({ text: `regenerateArticle(${id}) { id }`, code: 'NOT_FOUND' }),
      cancelGenerationJob: () => ({ text: `cancelGenerationJob(${id}) { id }`, code: 'NOT_FOUND' }),
      retryGenerationJob: () => ({ text: `retryGenerationJob(${id}) { id }`, code: 'NOT_FOUND' }),
      pauseQueue: () => ({ text: 'pauseQueue(name: "none", paused: true) { name }', code: 'BAD_USER_INPUT' }),
      updateArticle: () => ({ text: `updateArticle(${id}, input: {}) { id }`, code: 'NOT_FOUND' }),
      publishArticle: () => ({ text: `publishArticle(${id}) { id }`, code: 'NOT_FOUND' }),
      hideArticle: () => ({ text: `hideArticle(${id}) { id }`, code: 'NOT_FOUND' }),
      takeDownArticle: () => ({ text: `takeDownArticle(${id}, reason: "r") { id }`, code: 'NOT_FOUND' }),
      createFaq: () => ({ text: 'createFaq(input: { question: "", answer: "" }) { id }', code: 'BAD_USER_INPUT' }),
      updateFaq: () => ({ text: `updateFaq(${id}, input: {}) { id }`, code: 'NOT_FOUND' }),
      deleteFaq: () => ({ text: `deleteFaq(${id}) { id }`, code: 'NOT_FOUND' }),
      createPublisher: () => ({ text: 'createPublisher(input: { name: "" }) { id }', code: 'BAD_USER_INPUT' }),
      updatePublisher: () => ({ text: `updatePublisher(${id}, input: {}) { id }`, code: 'NOT_FOUND' }),
      newsletterSubscriptions: () => ({ text: 'newsletterSubscriptions { totalCount }' }),
      subscribeNewsletter: () => ({
        text: 'subscribeNewsletter(input: { email: "reader@example.com", name: "독자", categories: [OPINION_AND_ANALYSIS] })',
      }),
      confirmNewsletter: () => ({ text: 'confirmNewsletter(token: "x") { id }', code: 'BAD_USER_INPUT' }),
      unsubscribeNewsletter: () => ({ text: 'unsubscribeNewsletter(token: "x")', code: 'BAD_USER_INPUT' }),
      setUserRole: () => ({ text: `setUserRole(${id}, role: ADMIN) { id }`, code: 'NOT_FOUND' }),
    }; // prettier-ignore
    const call = CALLS[name];
    if (!call) throw new Error(`the test does not know how to call ${name}`);
    return call();
  }
  const redirectUri = () => app.config.kakao.redirectUris[0]!;

  it.each(ROLES)(
    'the whole schema × %s: the operations of the table and no other, over HTTP',
    async (role) => {
      const operations = fields.filter(({ type }) => type === 'Query' || type === 'Mutation');
      for (const { type, name } of operations) {
        const { text, code, token: spareToken } = await callOf(name);
        // Signing out ends the session whose token comes with it.
        const own = name === 'logout' ? undefined : logins[role]?.accessToken;
        const token = own && (spareToken ?? own);
        app.statements.length = 0;
        const { data, errors } = await app.query(`${type.toLowerCase()} { ${text} }`, {}, { token });
        const got = { name, codes: errors.map(({ extensions }) => extensions.code) };
        if (allowed(accessTo(type, name)!, role)) {
          expect(got).toEqual({ name, codes: code ? [code] : [] });
        } else {
          expect(got).toEqual({ name, codes: [refusalOf(role)] });
          expect(data?.[name] ?? null).toBeNull();
          expect(app.statements.filter((sql) => !sql.includes('"Session"'))).toEqual([]);
        }
      }
    },
  );
});
