import { allow } from 'graphql-shield';
import { KeptAnswers, type Answer } from '../../../src/http/graphql/kept-answers';
import type { PublicContent } from '../../../src/adapters/live/public-content';
import { withClient } from '../../../src/adapters/database/with-client';
import { permissions } from '../../../src/schema/permissions';
import { startTestApp, type TestApp } from '../../helpers/app';
import { get, persist } from '../../helpers/persisted-get';
import { createArticle, createPublisher } from '../../helpers/records';
import { waitUntil } from '../../helpers/wait-until';

const FAQS = '{ faqs { question answer } }';
const HOUR_MS = 3_600_000;

/** Of each public query one that reads all it can. */
const PUBLIC_QUERIES: Record<string, string> = {
  articles:
    '{ articles(first: 3) { totalCount edges { node { terms { term } similarArticles { id } relatedDocuments { title } publisher { name } } } } found: articles(first: 3, filter: { search: "금리" }) { suggestion edges { cursor } } }',
  article: 'query ($id: ID!) { article(id: $id) { title } }',
  insights: '{ insights(first: 3) { totalCount edges { node { chart chartSvgUrl dataset { columns } } } } }',
  insight: 'query ($id: ID!) { insight(id: $id) { title } }',
  popularArticles: '{ popularArticles(first: 3) { title } }',
  publishers: '{ publishers { name } }',
  faqs: FAQS,
  readerQuestions: '{ readerQuestions { title } }',
  findTerm: '{ findTerm(question: "금리") { term } }',
  economicTerms: '{ economicTerms(first: 3) { totalCount } }',
};
/** Written by the triggers of Article only; views, which change no version. */
const TOLD_OTHERWISE = ['ArticleSearch', 'ArticleKeyword', 'ArticleDayViews', 'ArticleWeekViews'];

describe('the answers to anonymous GETs', () => {
  // It stands still: what is seen is seen for a notice, not because its time is over.
  let now = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + HOUR_MS / 2;
  const clock = { now: () => new Date(now) };
  let app: TestApp;
  let other: TestApp;
  let token: string;
  let publisherId: string;

  beforeAll(async () => {
    app = await startTestApp({ clock });
    other = await startTestApp({ clock, databaseUrl: app.config.databaseUrl });
    token = (await app.login('admin')).accessToken;
    ({ id: publisherId } = await createPublisher(app.context.database.prisma));
    for (const gateway of [app, other]) await keeps(gateway, await persist(gateway, FAQS));
  });
  afterAll(async () => {
    await other.close();
    await app.close();
  });

  /** How many statements it takes to answer. */
  async function statementsOf(gateway: TestApp, path: string): Promise<number> {
    const before = gateway.statements.length;
    expect((await get(gateway, path)).status).toBe(200);
    return gateway.statements.length - before;
  }
  const keeps = (gateway: TestApp, path: string) =>
    waitUntil('its answer is kept', async () => (await statementsOf(gateway, path)) === 0);
  const admin = async (query: string, variables: object = {}) => {
    const { data, errors } = await app.query(query, variables, { token });
    expect(errors).toEqual([]);
    return data as Record<string, { id: string }>;
  };

  it('are the same bytes under the same strong tag for all who ask, without a statement', async () => {
    const path = await persist(app, '{ publishers { id name } }');
    const first = await get(app, path);
    await keeps(app, path);
    const again = await get(app, path);
    expect(again.text).toBe(first.text);
    expect(first.headers.etag).toMatch(/^"[\w-]{43}"$/);
    for (const name of ['etag', 'cache-control', 'content-type', 'vary', 'x-content-type-options'])
      expect([name, again.headers[name]]).toEqual([name, first.headers[name]]);
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    const line = app.logs.find((text) => text.includes(String(again.headers['x-request-id'])));
    expect(JSON.parse(line!)).toMatchObject({ msg: 'graphql', status: 200 });
  });

  it.each([
    ['the tag', (tag: string) => tag, 304],
    ['the weak form of the tag', (tag: string) => `W/${tag}`, 304],
    ['a list with the tag', (tag: string) => `"older", ${tag}`, 304],
    ['any', () => '*', 304],
    ['another tag', () => '"older"', 200],
    ['nothing', () => '', 200],
  ])('tell a client that knows %s whether it is so still', async (_what, known, status) => {
    const path = await persist(app, '{ publishers { name } }');
    for (const attempt of ['worked out', 'kept']) {
      const { headers, text } = await get(app, path);
      const answer = await get(app, path, { 'if-none-match': known(String(headers.etag)) });
      expect([attempt, answer.status, answer.text]).toEqual([attempt, status, status === 304 ? '' : text]);
      for (const name of ['etag', 'cache-control', 'vary']) expect(answer.headers[name]).toBe(headers[name]);
    }
  });

  it('say how old they are, and are kept for 10 seconds', async () => {
    const path = await persist(app, '{ faqs { id } }');
    await keeps(app, path);
    now += 9_000;
    expect((await get(app, path)).headers).toMatchObject({ age: '9', 'cache-control': 'public, max-age=60' });
    now += 1_000;
    expect(await statementsOf(app, path)).toBeGreaterThan(0);
    expect((await get(app, path)).headers.age).toBeUndefined();
  });

  it('are kept into no other hour, with which days and weeks begin', async () => {
    const path = await persist(app, '{ popularArticles(first: 3) { id } }');
    const before = now;
    now = Math.ceil(now / HOUR_MS) * HOUR_MS - 2_000;
    await keeps(app, path);
    now += 2_000;
    expect(await statementsOf(app, path)).toBeGreaterThan(0);
    now = before;
  });

  describe('are forgotten at once where something changes, and told to the other gateways:', () => {
    const article = () => createArticle(app.context.database.prisma, { publisherId });
    const insight = (status: 'PUBLISHED' | 'IN_REVIEW') =>
      app.context.database.prisma.insight.create({
        data: {
          title: '금리',
          content: '글이에요.',
          model: 'extractive',
          datasetId: 'sample-base-rate',
          chart: { mark: 'line' },
          status,
          releasedAt: clock.now(),
          picture: { create: { hash: '0'.repeat(64), svg: '<svg/>', png: Buffer.from('png') } },
        },
      });
    const faq = () =>
      admin('mutation ($input: CreateFaqInput!) { made: createFaq(input: $input) { id } }', {
        input: { question: `질문 ${Math.random()}`, answer: '답' },
      });
    const term = (name: string) =>
      app.context.database.prisma.economicTerm.create({
        data: { term: name, termKey: name, description: '뜻이에요.' },
      });
    const byId = (field: string) => (id: string) =>
      admin(`mutation ($id: ID!) { done: ${field}(id: $id) { id } }`, { id });

    it.each<[string, string, () => Promise<{ id: string }>, (id: string) => Promise<unknown>]>([
      [
        'an article that is published',
        '($id: ID!) { article(id: $id) { title } }',
        async () => createArticle(app.context.database.prisma, { publisherId, status: 'IN_REVIEW', releasedAt: null }),
        byId('publishArticle'),
      ],
      ['one that is hidden', '($id: ID!) { article(id: $id) { title } }', article, byId('hideArticle')],
      [
        'one that is taken down',
        '{ articles(first: 50) { edges { node { id } } } }',
        article,
        (id) =>
          admin('mutation ($id: ID!) { takeDownArticle(id: $id, reason: "법원") { id } }', { id }),
      ],
      [
        'one that is edited',
        '($id: ID!) { article(id: $id) { title } }',
        article,
        (id) =>
          admin('mutation ($id: ID!) { updateArticle(id: $id, input: { title: "고친 제목" }) { id } }', { id }),
      ],
      [
        'a publisher that is renamed',
        '{ articles(first: 1) { edges { node { publisher { name } } } } }',
        async () => {
          const publisher = await createPublisher(app.context.database.prisma);
          const releasedAt = new Date(now + HOUR_MS);
          await createArticle(app.context.database.prisma, { publisherId: publisher.id, releasedAt });
          return publisher;
        },
        (id) =>
          admin('mutation ($id: ID!) { updatePublisher(id: $id, input: { name: "새 이름" }) { id } }', { id }),
      ],
      ['an insight that is published', '($id: ID!) { insight(id: $id) { title } }', () => insight('IN_REVIEW'), byId('publishInsight')],
      ['one that is hidden', '{ insights(first: 5) { edges { node { id } } } }', () => insight('PUBLISHED'), byId('hideInsight')],
      ['a question that is added', FAQS, async () => ({ id: '' }), faq],
      ['one that is deleted', FAQS, async () => (await faq()).made!, byId('deleteFaq')],
      [
        'a term that is explained anew',
        '{ findTerm(question: "빅스텝") { description } }',
        () => term('빅스텝'),
        (id) =>
          admin('mutation ($id: ID!) { updateEconomicTerm(id: $id, input: { description: "새 뜻이에요." }) { id } }', { id }),
      ],
      ['one that is deleted', '{ economicTerms(first: 50) { totalCount } }', () => term('테이퍼링'), byId('deleteEconomicTerm')],
    ])('%s', async (_what, selection, make, change) => {
      const { id } = await make();
      const query = `query ${selection}`;
      const paths = [await persist(app, query, { id }), await persist(other, query, { id })] as const;
      await keeps(app, paths[0]);
      await keeps(other, paths[1]);
      const { text } = await get(app, paths[0]);
      expect((await get(other, paths[1])).text).toBe(text);
      await change(id);
      const changed = (await get(app, paths[0])).text;
      expect(changed).not.toBe(text);
      await waitUntil('the other gateway is told', async () => (await get(other, paths[1])).text === changed);
    }); // prettier-ignore
  });

  it('are forgotten when a worker, or anybody at the database, changes a row that they show', async () => {
    const { prisma } = app.context.database;
    const { id } = await createArticle(prisma, { publisherId });
    const path = await persist(app, 'query ($id: ID!) { article(id: $id) { relatedDocuments { title } } }', {
      id,
    });
    await keeps(app, path);
    const link = 'https://news.example/1';
    await prisma.relatedDocument.create({
      data: { articleId: id, place: 0, title: '관련 글', link, page: link, snippet: '' },
    });
    await waitUntil('it is shown', async () => (await get(app, path)).text.includes('관련 글'));
  });

  it('hear of every table that a public query reads', async () => {
    const { pool } = app.context.database;
    const names = async (sql: string) =>
      (await pool.query<{ name: string }>(sql)).rows.map(({ name }) => name);
    const tables = await names(`SELECT relname AS name FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname ~ '^[A-Z]'`);
    const told = await names(`SELECT relname AS name FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
      WHERE tgfoid = '"notifyPublicContent"'::regproc`);
    const isPublic = ([, rule]: [string, unknown]) => rule === allow;
    expect(Object.keys(PUBLIC_QUERIES).sort()).toEqual(
      Object.entries(permissions.Query)
        .filter(isPublic)
        .map(([name]) => name)
        .sort(),
    );
    const before = app.statements.length;
    for (const query of Object.values(PUBLIC_QUERIES))
      expect((await app.query(query, { id: publisherId })).errors).toEqual([]);
    const read = app.statements.slice(before).join(' ');
    const silent = tables.filter((name) => read.includes(`"${name}"`) && !told.includes(name));
    expect(silent.filter((name) => !TOLD_OTHERWISE.includes(name))).toEqual([]);
    expect(tables.filter((name) => read.includes(`"${name}"`)).length).toBeGreaterThan(7);
  });

  it('outlive views, which come all the time', async () => {
    const { id } = await createArticle(app.context.database.prisma, { publisherId });
    const path = await persist(app, 'query ($id: ID!) { article(id: $id) { viewCount } }', { id });
    await keeps(app, path);
    await app.query('mutation ($id: ID!) { recordArticleView(articleId: $id) { counted } }', { id });
    expect((await get(app, path)).text).toContain('"viewCount":0');
    now += 10_000;
    expect((await get(app, path)).text).toContain('"viewCount":1');
  });

  it('are seen changed at once where that was done, and elsewhere after 10 seconds, also when the notice is lost', async () => {
    const { pool, prisma } = app.context.database;
    const { id } = await createArticle(prisma, { publisherId, title: '오래된 제목' });
    const query = 'query ($id: ID!) { article(id: $id) { title } }';
    const paths = [await persist(app, query, { id }), await persist(other, query, { id })] as const;
    await keeps(app, paths[0]);
    await keeps(other, paths[1]);
    await pool.query('ALTER TABLE "Article" DISABLE TRIGGER "Article_public_update"');
    await admin('mutation ($id: ID!) { updateArticle(id: $id, input: { title: "새 제목" }) { id } }', { id });
    await pool.query('ALTER TABLE "Article" ENABLE TRIGGER "Article_public_update"');
    expect((await get(app, paths[0])).text).toContain('새 제목');
    expect((await get(other, paths[1])).text).toContain('오래된 제목');
    now += 10_000;
    expect((await get(other, paths[1])).text).toContain('새 제목');
  });

  describe('while one is worked out', () => {
    /** Nobody reads publishers until `work` has ended. */
    const whilePublishersWait = (work: (whenAsked: () => Promise<void>) => Promise<void>) =>
      withClient({ connectionString: app.config.databaseUrl }, async (client) => {
        await client.query('BEGIN; LOCK TABLE "Publisher" IN ACCESS EXCLUSIVE MODE');
        const isAsked = async () => {
          const { rowCount } = await client.query(
            `SELECT FROM pg_locks WHERE NOT granted AND relation = '"Publisher"'::regclass`,
          );
          return rowCount! > 0;
        };
        await work(async () => void (await waitUntil('publishers are asked for', isAsked)));
        await client.query('COMMIT');
      });

    it('everybody who asks waits for it', async () => {
      const path = await persist(app, '{ publishers { id name } }');
      now += 10_000;
      const before = app.statements.length;
      const answers: Promise<{ text: string }>[] = [];
      await whilePublishersWait(async (whenAsked) => {
        for (let n = 0; n < 20; n += 1) answers.push(get(app, path));
        await whenAsked();
      });
      expect(new Set((await Promise.all(answers)).map(({ text }) => text)).size).toBe(1);
      expect(app.statements.slice(before).filter((sql) => sql.includes('"Publisher"'))).toHaveLength(1);
    });

    it('what it missed of a change is shown to nobody who asks after the change', async () => {
      const path = await persist(app, '{ faqs { question } publishers { name } }');
      const answers: Promise<{ text: string }>[] = [];
      await whilePublishersWait(async (whenAsked) => {
        answers.push(get(app, path));
        await whenAsked();
        await admin(
          'mutation { made: createFaq(input: { question: "방금 생긴 질문", answer: "답" }) { id } }',
        );
        answers.push(get(app, path));
      });
      const [earlier, later] = await Promise.all(answers);
      expect(earlier!.text).not.toContain('방금 생긴 질문');
      expect(later!.text).toContain('방금 생긴 질문');
      expect((await get(app, path)).text).toBe(later!.text);
    });

    it('a reader who leaves takes the answer from nobody', async () => {
      const path = await persist(app, '{ publishers { id } }');
      now += 10_000;
      const answers: Promise<{ status: number }>[] = [];
      await whilePublishersWait(async (whenAsked) => {
        const left = new AbortController();
        const gone = fetch(`${app.url}${path}`, {
          headers: { 'apollo-require-preflight': '1' },
          signal: left.signal,
        }).catch(() => null);
        await whenAsked();
        answers.push(get(app, path), get(app, path));
        left.abort();
        await gone;
      });
      for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
    });
  });

  it('take no more memory than their bound, and those asked for last stay', async () => {
    const content = { version: 0, isHeard: true } as PublicContent;
    const kept = new KeptAnswers({ content, clock });
    let worked = 0;
    const ask = (key: string) =>
      kept.ask(key, async (): Promise<Answer> => {
        worked += 1;
        const head = { 'cache-control': 'public, max-age=10' };
        return { status: 200, head, body: '가'.repeat(1_000_000), operation: 'query articles' };
      });
    for (let n = 0; n < 10; n += 1) await ask(`${n}`);
    expect(worked).toBe(10);
    await ask('9');
    expect(worked).toBe(10);
    await ask('0');
    expect(worked).toBe(11);
  });
});
