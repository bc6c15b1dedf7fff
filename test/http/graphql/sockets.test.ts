import { PublishArticleDocument } from '../../generated/operations';
import { startTestApp, testSigningKey, type TestApp } from '../../helpers/app';
import { liveClient, type LiveClient, type Watched } from '../../helpers/live-client';
import { createArticle, createPublisher } from '../../helpers/records';
import { waitUntil } from '../../helpers/wait-until';

const JOB = 'subscription ($id: ID) { generationJobUpdated(id: $id) { id status progress step } }';
const ANSWER = 'subscription ($id: ID!) { answerUpdated(id: $id) { id status text sources { link } } }';
const PUBLISHED =
  'subscription ($category: ArticleCategory, $since: DateTime) { articlePublished(category: $category, since: $since) { id title publisher { name } } }';

describe('subscriptions over a WebSocket', () => {
  const clients: LiveClient[] = [];
  const environment = { JWT_PRIVATE_KEYS: testSigningKey() };
  let app: TestApp;
  let token: string;
  let publisherId: string;

  beforeAll(async () => {
    app = await startTestApp({ environment });
    token = (await app.login('admin')).accessToken;
    publisherId = (await createPublisher(app.context.database.prisma)).id;
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
  });
  afterAll(() => app.close());

  const connect = (...[url, options]: Parameters<typeof liveClient>) => {
    const client = liveClient(url, options);
    clients.push(client);
    return client;
  };
  const admin = () => connect(app.url, { token });
  const createJob = () =>
    app.context.database.prisma.generationJob.create({ data: { kind: 'COLLECTION', input: {} } });
  const change = (id: string, data: object) =>
    app.context.database.prisma.generationJob.update({ where: { id }, data });
  const states = ({ events }: Watched) =>
    events.map(({ data }) => data?.generationJobUpdated?.status as string);

  it('tell an ADMIN the state of a job first, then every change', async () => {
    const { id } = await createJob();
    const watched = admin().watch(JOB, { id });
    await watched.until('status', 'QUEUED');
    await change((await createJob()).id, { progress: 99 });
    await change(id, { status: 'RUNNING', step: 'collecting', progress: 10 });
    await watched.until('step', 'collecting');
    await change(id, { leaseUntil: new Date() });
    await change(id, { status: 'SUCCEEDED', step: null, progress: 100 });
    await watched.until('status', 'SUCCEEDED');
    expect(watched.events).toEqual(
      [
        { id, status: 'QUEUED', progress: 0, step: null },
        { id, status: 'RUNNING', progress: 10, step: 'collecting' },
        { id, status: 'SUCCEEDED', progress: 100, step: null },
      ].map((job) => ({ data: { generationJobUpdated: job } })),
    );
    expect(watched.hasEnded).toBe(false);
  });

  it('tell an ADMIN of all jobs: what waits first, then every change of any', async () => {
    const first = await createJob();
    const watched = admin().watch(JOB);
    await watched.until('id', first.id);
    const second = await createJob();
    await watched.until('id', second.id);
    await change(first.id, { status: 'FAILED' });
    await watched.until('status', 'FAILED');
  });

  it('tell everybody what is published, of a shelf or of all', async () => {
    const reader = connect(app.url);
    const all = reader.watch(PUBLISHED);
    const opinions = reader.watch(PUBLISHED, { category: 'OPINION_AND_ANALYSIS' });
    const { prisma } = app.context.database;
    const draft = { publisherId, status: 'IN_REVIEW', releasedAt: null } as const;
    const economy = await createArticle(prisma, draft);
    const opinion = await createArticle(prisma, { ...draft, category: 'OPINION_AND_ANALYSIS' });
    await waitUntil('both are watched', async () =>
      (await app.context.metrics.registry.metrics()).includes('live_subscriptions{transport="socket"} 2'),
    );
    for (const { id } of [economy, opinion]) await app.send(PublishArticleDocument, { id }, { token });
    await all.until('id', economy.id);
    await all.until('id', opinion.id);
    await opinions.until('id', opinion.id);
    expect(opinions.events).toHaveLength(1);
    expect(all.events).toHaveLength(2);
    const since = new Date(Date.now() - 60_000).toISOString();
    const later = reader.watch(PUBLISHED, { since });
    await later.until('id', opinion.id);
    expect(later.events.map(({ data }) => data?.articlePublished?.id)).toEqual([economy.id, opinion.id]);
  });

  it('read once what they tell to all who may read the same', async () => {
    const document = 'subscription { articlePublished { id relatedDocuments { title } } }';
    const watching = [1, 2, 3, 4, 5].map(() => connect(app.url).watch(document));
    watching.push(admin().watch(document));
    await waitUntil('all watch', async () =>
      (await app.context.metrics.registry.metrics()).includes('live_subscriptions{transport="socket"} 6'),
    );
    const draft = { publisherId, status: 'IN_REVIEW', releasedAt: null } as const;
    const { id } = await createArticle(app.context.database.prisma, draft);
    app.statements.length = 0;
    await app.send(PublishArticleDocument, { id }, { token });
    for (const watched of watching) await watched.until('id', id);
    const reads = app.statements.filter((statement) => statement.includes('"RelatedDocument"'));
    expect(reads).toHaveLength(2); // of readers and of the ADMIN
  });

  it('tell a reader the state of an answer first, then how it grows, each state once', async () => {
    const login = await app.login('reader-1');
    const { prisma } = app.context.database;
    const { id } = await prisma.answer.create({ data: { userId: login.user.id, question: '왜요?' } });
    const client = connect(app.url, { token: login.accessToken });
    const watched = client.watch(ANSWER, { id });
    await watched.until('status', 'QUEUED');
    for (const data of [
      { status: 'RUNNING' },
      { text: '그건' },
      { text: '그건요' },
      { status: 'SUCCEEDED' },
    ] as const) {
      await prisma.answer.update({ where: { id }, data });
      await waitUntil('it is told', () => {
        const [field, value] = Object.entries(data)[0]!;
        return watched.events.at(-1)?.data?.answerUpdated?.[field] === value;
      });
    }
    // What clients do not see is not told.
    await prisma.answer.update({ where: { id }, data: { promptVersion: '2' } });
    await prisma.answer.update({ where: { id }, data: { text: '그건요.' } });
    await watched.until('text', '그건요.');
    expect(watched.events.map(({ data }) => data!.answerUpdated)).toEqual([
      { id, status: 'QUEUED', text: '', sources: [] },
      { id, status: 'RUNNING', text: '', sources: [] },
      { id, status: 'RUNNING', text: '그건', sources: [] },
      { id, status: 'RUNNING', text: '그건요', sources: [] },
      { id, status: 'SUCCEEDED', text: '그건요', sources: [] },
      { id, status: 'SUCCEEDED', text: '그건요.', sources: [] },
    ]);
    const other = connect(app.url, { token: (await app.login('reader-2')).accessToken });
    expect(await other.watch(ANSWER, { id }).codes()).toEqual(['NOT_FOUND']);
    expect(await client.watch(ANSWER, { id: '00000000-0000-7000-8000-000000000000' }).codes()).toEqual([
      'NOT_FOUND',
    ]);
    expect(await client.watch(ANSWER, { id: 'x' }).codes()).toEqual(['BAD_USER_INPUT']);
  });

  it.each([
    ['nobody', undefined, 'UNAUTHENTICATED'],
    ['a reader', 'reader-1', 'FORBIDDEN'],
  ])('tell %s nothing of jobs, and open no source for them', async (_who, user, code) => {
    const login = user && (await app.login(user));
    const client = connect(app.url, login ? { token: login.accessToken } : {});
    const updatesOf = jest.spyOn(app.context.services.liveJobs, 'updatesOf');
    const { id } = await createJob();
    expect(await client.watch(JOB, { id }).codes()).toEqual([code]);
    expect(await client.watch(`subscription { other: generationJobUpdated { id } }`).codes()).toEqual([code]);
    expect(updatesOf).not.toHaveBeenCalled();
    updatesOf.mockRestore();
  });

  it.each([
    ['an id of nothing', JOB, { id: '00000000-0000-7000-8000-000000000000' }, 'NOT_FOUND'],
    ['what is no id', JOB, { id: 'x' }, 'BAD_USER_INPUT'],
    ['a variable of a wrong type', PUBLISHED, { category: 1 }, 'BAD_USER_INPUT'],
    ['a syntax error', 'subscription {', {}, 'GRAPHQL_PARSE_FAILED'],
    ['a field that is not there', 'subscription { nothing }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['two fields at once', 'subscription { articlePublished { id } generationJobUpdated { id } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a query', '{ publishers { id } }', {}, 'BAD_REQUEST'],
    ['a mutation', 'mutation { logout }', {}, 'BAD_REQUEST'],
    ['a heavy one', 'subscription { articlePublished { similarArticles(first: 20) { terms { term } relatedDocuments { title } } } }', {}, 'QUERY_TOO_COMPLEX'],
    ['a long one', `subscription { articlePublished { id } } # ${'x'.repeat(20_000)}`, {}, 'QUERY_TOO_COMPLEX'],
  ])('refuse %s with an answer, and the socket stays', async (_what, query, variables, code) => {
    const client = admin();
    const { id } = await createJob();
    const watched = client.watch(JOB, { id });
    await watched.until('status', 'QUEUED');
    expect(await client.watch(query, variables).codes()).toEqual([code]);
    await change(id, { progress: 1 });
    await watched.until('progress', 1);
    expect(client.closed).toEqual([]);
  }); // prettier-ignore

  it('word refusals in the reader’s language', async () => {
    const client = connect(app.url, { headers: { 'accept-language': 'en' } });
    const watched = client.watch(JOB);
    await watched.codes();
    expect(watched.refused![0]!.message).toBe('Please sign in.');
  });

  it('go on at another gateway when theirs restarts, and miss no final state', async () => {
    const other = await startTestApp({ environment, databaseUrl: app.config.databaseUrl, adjust: (config) => { config.session.issuer = app.config.session.issuer; } }); // prettier-ignore
    let url = other.url;
    const client = connect(() => url, { token });
    const jobs = await Promise.all(Array.from({ length: 5 }, createJob));
    const watched = jobs.map(({ id }) => client.watch(JOB, { id }));
    for (const one of watched) await one.until('status', 'QUEUED');
    url = app.url;
    const stopped = other.close();
    for (const { id } of jobs) await change(id, { status: 'SUCCEEDED', progress: 100 });
    for (const one of watched) await one.until('status', 'SUCCEEDED');
    await stopped;
    expect(client.closed.map(({ code }) => code)).toEqual([1012]);
    for (const one of watched) expect(states(one)[0]).toBe('QUEUED');
  });

  it('are counted', async () => {
    const { id } = await createJob();
    const client = admin();
    await client.watch(JOB, { id }).until('status', 'QUEUED');
    const text = await app.context.metrics.registry.metrics();
    expect(text).toContain('gyeongdan_live_connections{transport="socket"} 1');
    expect(text).toContain('gyeongdan_live_subscriptions{transport="socket"} 1');
    expect(text).toMatch(
      /gyeongdan_live_events_total\{operation="subscription generationJobUpdated"\} [1-9]/,
    );
    await client.dispose();
    await waitUntil('nothing is watched any more', async () =>
      (await app.context.metrics.registry.metrics()).includes(
        'gyeongdan_live_subscriptions{transport="socket"} 0',
      ),
    );
  });
});
