import {
  ArticleForAdminDocument,
  ArticlesDocument,
  PublishArticleDocument,
  RecordArticleViewDocument,
  UpdateArticleDocument,
} from '../generated/operations';
import { startTestApp, type TestApp } from '../helpers/app';
import { createArticle, createPublisher } from '../helpers/records';

/** graphql-jit takes over at the third use of a document: every path is asked more often than that. */
const USES = 4;

describe('what only admins may see', () => {
  let app: TestApp;
  let published: string;
  let hidden: string;
  let publisherId: string;
  let tokens: Record<'anonymous' | 'reader' | 'admin', string | undefined>;

  beforeAll(async () => {
    app = await startTestApp();
    const { prisma } = app.context.database;
    ({ id: publisherId } = await createPublisher(prisma, { feedUrl: 'https://feed.example/secret.xml' }));
    const original = { create: { title: '원문 제목', content: '비밀 원문' } };
    const article = { publisherId, category: 'OPINION_AND_ANALYSIS' as const };
    ({ id: published } = await createArticle(prisma, article));
    ({ id: hidden } = await createArticle(prisma, { publisherId, status: 'HIDDEN', title: '비밀 기사' }));
    await prisma.article.update({ where: { id: published }, data: { original } });
    tokens = {
      anonymous: undefined,
      reader: (await app.login('reader-1')).accessToken,
      admin: (await app.login('admin')).accessToken,
    };
  });
  afterAll(() => app.close());

  const SECRET = 'status original { content } revisions { id content author { id email } }';
  const PATHS: [path: string, query: () => string][] = [
    ['articles', () => `{ articles(first: 1) { edges { node { title ${SECRET} } } } }`],
    ['article', () => `{ article(id: "${published}") { title ${SECRET} } }`],
    [
      'search',
      () => `{ articles(first: 1, filter: { search: "기준금리" }) { edges { node { title ${SECRET} } } } }`,
    ],
    ['popularArticles', () => `{ popularArticles(first: 1) { title ${SECRET} } }`],
    [
      'recordArticleView',
      () => `mutation { recordArticleView(articleId: "${published}") { article { title ${SECRET} } } }`,
    ],
    [
      'a fragment',
      () => `fragment F on Article { title ${SECRET} } { article(id: "${published}") { ...F } }`,
    ],
    ['an inline fragment', () => `{ article(id: "${published}") { title ... on Article { ${SECRET} } } }`],
    [
      'aliases',
      () =>
        `{ me: article(id: "${published}") { title id: status content: original { title: content } phrases: revisions { id } } }`,
    ],
    [
      'a directive',
      () =>
        `query ($yes: Boolean = true) { article(id: "${published}") { title ${SECRET.replaceAll(' {', ' @include(if: $yes) {').replace('status', 'status @skip(if: false)')} } }`,
    ],
  ];

  it.each(PATHS)('ADMIN fields of Article stay hidden through %s', async (_path, query) => {
    for (const role of ['anonymous', 'reader'] as const) {
      const answers = [];
      for (let use = 0; use < USES; use++)
        answers.push(await app.query(query(), {}, { token: tokens[role] }));
      for (const { status, data, errors } of answers) {
        expect(status).toBe(200);
        const text = JSON.stringify(data);
        expect(text).toContain('기준금리 동결');
        expect(text).not.toMatch(/비밀|PUBLISHED|author/);
        const code = role === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        expect(errors.map(({ extensions }) => extensions.code)).toEqual([code, code, code]);
        expect({ data, errors }).toEqual({ data: answers[0]!.data, errors: answers[0]!.errors });
      }
    }
    const { data, errors } = await app.query(query(), {}, { token: tokens.admin });
    expect(errors).toEqual([]);
    expect(JSON.stringify(data)).toMatch(/비밀 원문/);
  });

  it.each([
    ['similarArticles', (alike: string) => `article(id: "${alike}") { similarArticles { title ${SECRET} } }`],
    ['recentArticles', () => `me { recentArticles { title ${SECRET} } }`],
  ])('of an article stays hidden from a reader through %s', async (_path, fields) => {
    const { prisma } = app.context.database;
    const { id: alike } = await createArticle(prisma, { publisherId });
    try {
      await app.send(RecordArticleViewDocument, { articleId: published }, { token: tokens.reader });
      for (let use = 0; use < USES; use++) {
        const { data, errors } = await app.query(`{ ${fields(alike)} }`, {}, { token: tokens.reader });
        expect(JSON.stringify(data)).toContain('기준금리 동결');
        expect(JSON.stringify(data)).not.toMatch(/비밀|PUBLISHED|author/);
        const codes = errors.map(({ extensions }) => extensions.code);
        expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
      }
    } finally {
      await prisma.article.delete({ where: { id: alike } });
    }
  });

  it.each(['a search', 'the popular articles', 'similar articles', 'what a view answers'])(
    'of a hidden article stays out of %s',
    async (path) => {
      const { prisma } = app.context.database;
      const texts: Record<string, string> = {
        'a search': '{ articles(filter: { search: "비밀" }) { totalCount edges { node { title } } } }',
        'the popular articles': '{ popularArticles(first: 100) { title } }',
        'similar articles': `{ article(id: "${published}") { similarArticles(first: 20) { title } } }`,
        'what a view answers': `mutation { recordArticleView(articleId: "${hidden}") { article { title } } }`,
      };
      expect(await prisma.article.count({ where: { id: hidden, status: 'HIDDEN' } })).toBe(1);
      for (const role of ['anonymous', 'reader', 'admin'] as const)
        for (let use = 0; use < USES; use++) {
          const { data } = await app.query(texts[path]!, {}, { token: tokens[role] });
          expect(JSON.stringify(data)).not.toContain('비밀');
        }
    },
  );

  it('of a publisher stays hidden beside an article', async () => {
    const query =
      '{ articles { edges { node { publisher { name feedUrl enabled } } } } publishers { feedUrl } }';
    for (let use = 0; use < USES; use++) {
      const { data, errors } = await app.query(query, {}, { token: tokens.reader });
      expect(JSON.stringify(data)).not.toContain('feed.example');
      expect(errors.map(({ extensions }) => extensions.code)).toEqual([
        'FORBIDDEN',
        'FORBIDDEN',
        'FORBIDDEN',
      ]);
    }
  });

  it.each(['updateArticle', 'publishArticle', 'hideArticle'])(
    'a mutation aliased as a public query changes nothing: %s',
    async (mutation) => {
      const input = mutation === 'updateArticle' ? ', input: { title: "바뀐 제목" }' : '';
      const text = `mutation { articles: ${mutation}(id: "${hidden}"${input}) { id title ${SECRET} } }`;
      for (const role of ['anonymous', 'reader'] as const)
        for (let use = 0; use < USES; use++) {
          const { data, errors } = await app.query(text, {}, { token: tokens[role] });
          expect(data).toBeNull();
          expect(errors).toEqual([expect.objectContaining({ path: ['articles'] })]);
        }
      const row = await app.context.database.prisma.article.findUniqueOrThrow({ where: { id: hidden } });
      expect(row).toMatchObject({ status: 'HIDDEN', title: '비밀 기사' });
    },
  );

  it('is in the results of an admin’s mutations', async () => {
    const asAdmin = { token: tokens.admin };
    const edit = { id: published, input: { comment: '한 문장' } };
    expect((await app.send(UpdateArticleDocument, edit, asAdmin)).data!.updateArticle.status).toBe(
      'PUBLISHED',
    );
    const { data } = await app.send(PublishArticleDocument, { id: published }, asAdmin);
    expect(data!.publishArticle.status).toBe('PUBLISHED');
  });

  it.each(['IN_REVIEW', 'HIDDEN', 'TAKEN_DOWN'] as const)(
    'filter.status from a reader is refused: %s',
    async (status) => {
      for (const [role, code] of [
        ['anonymous', 'UNAUTHENTICATED'],
        ['reader', 'FORBIDDEN'],
      ] as const) {
        const filtered = await app.send(ArticlesDocument, { filter: { status } }, { token: tokens[role] });
        expect(filtered.errors[0]!.extensions).toMatchObject({ code, argument: 'filter.status' });
        const counted = await app.query(
          `{ articles(filter: { status: ${status} }) { totalCount } }`,
          {},
          {
            token: tokens[role],
          },
        );
        expect(counted.data).toBeNull();
      }
      const { data } = await app.send(ArticlesDocument, { filter: { status } }, { token: tokens.admin });
      expect(data!.articles.edges).toHaveLength(status === 'HIDDEN' ? 1 : 0);
    },
  );

  it('may be asked for as PUBLISHED, or with null, by everybody', async () => {
    for (const status of ['PUBLISHED', null] as const) {
      const { data } = await app.send(ArticlesDocument, { filter: { status } });
      expect(data!.articles.edges.map(({ node }) => node.id)).toEqual([published]);
    }
  });

  it('an unpublished article by id is null, and answers as an absent one does', async () => {
    const absent = '00000000-0000-7000-8000-000000000000';
    for (const role of ['anonymous', 'reader'] as const) {
      const answers = [];
      for (const id of [hidden, absent]) {
        const { data, errors } = await app.query(
          'query ($id: ID!) { article(id: $id) { id } }',
          { id },
          {
            token: tokens[role],
          },
        );
        answers.push({ data, errors });
      }
      expect(answers[0]).toEqual({ data: { article: null }, errors: [] });
      expect(answers[1]).toEqual(answers[0]);
    }
    const { data } = await app.send(ArticleForAdminDocument, { id: hidden }, { token: tokens.admin });
    expect(data!.article!.status).toBe('HIDDEN');
  });
});
