import * as operations from '../generated/operations';
import { startTestApp, type TestApp } from '../helpers/app';
import { createArticle, createPublisher } from '../helpers/records';
import { sampleVariables } from '../helpers/sample-variables';
import { ATTACKS, CARD, nested, repeat, THREE_LISTS } from './hostile-queries';

describe('a GraphQL request that asks for too much', () => {
  let app: TestApp;
  let token: string;

  beforeAll(async () => {
    app = await startTestApp();
    token = (await app.login('admin')).accessToken;
    const { prisma } = app.context.database;
    const { id: publisherId } = await createPublisher(prisma);
    await createArticle(prisma, { publisherId });
    await app.query('{ articles { edges { node { id } } } }', {}, { token });
  });
  afterAll(() => app.close());

  it.each(Object.entries(ATTACKS))('is refused with 4xx, and no resolver runs: %s', async (_what, attack) => {
    const { query, variables = {}, code } = attack;
    app.statements.length = 0;
    // How soon: `npm run bench -- hostile`.
    const { status, data, errors } = await app.query(query, variables, { token });
    expect([status, data]).toEqual([400, null]);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(6);
    if (code) expect(errors[0]!.extensions.code).toBe(code);
    expect(errors[0]!.extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(errors)).not.toMatch(/node_modules|\.js:\d+/);
    expect(app.statements).toEqual([]);
  });

  it('is no trouble when it only wraps a little very deep', async () => {
    const query = `{ publishers { ${nested(300, '... { ', 'id')} } }`;
    expect((await app.query(query, {}, { token })).status).toBeLessThan(500);
  });

  it('is refused also when its variables are nested without end', async () => {
    const depth = 13_000;
    const body = `{"query":"query ($id: ID!) { article(id: $id) { id } }","variables":{"id":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await response.text();
    expect([response.status, text.includes('BAD_USER_INPUT')]).toEqual([400, true]);
  });

  it('is let through when it asks for a little', async () => {
    const queries = [
      `query ($n: Int = 20) { articles(first: $n) { ${THREE_LISTS} } }`,
      `{ articles(first: 100) { ${CARD} } }`,
      `{ ${repeat(15, (n) => `a${n}: publishers { id }`)} }`,
      `{ publishers { ${repeat(10, () => 'id @include(if: true)')} } }`,
      '{ publishers { ... on Publisher { ... on Publisher { id } } } }',
    ];
    for (const query of queries) expect((await app.query(query, {}, { token })).errors).toEqual([]);
  });

  it('is none of the operations that clients send', async () => {
    const documents = Object.entries(operations).filter(([name]) => name.endsWith('Document'));
    expect(documents.length).toBeGreaterThan(15);
    for (const [exported, document] of documents) {
      const name = exported.slice(0, -'Document'.length);
      const endsSession = ['Logout', 'DeleteAccount'].includes(name);
      const sender = endsSession ? (await app.login('reader-1')).accessToken : token;
      const variables = sampleVariables(document as never);
      const { status, errors } = await app.send(document as never, variables as never, { token: sender });
      const codes = errors.map(({ extensions }) => extensions.code);
      expect({ name, status, codes }).toEqual({
        name,
        status: 200,
        codes: expect.not.arrayContaining(['QUERY_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED']),
      });
    }
  });
});

describe('the schema', () => {
  const QUESTIONS = [
    '{ __schema { types { name } } }',
    '{ __type(name: "User") { fields { name } } }',
    '{ publishers { id } __schema { queryType { name } } }',
    '{ ...F } fragment F on Query { __schema { types { name } } }',
    '{ ... on Query { a: __type(name: "User") { name } } }',
  ];

  it('is shown in development', async () => {
    const app = await startTestApp();
    try {
      for (const query of QUESTIONS) expect((await app.query(query)).errors).toEqual([]);
    } finally {
      await app.close();
    }
  });

  it('introspection and field suggestions are hidden in production, over HTTP and in fragments', async () => {
    const app = await startTestApp({
      adjust: (config) => Object.assign(config, { production: true, introspection: false }),
    });
    try {
      for (const query of QUESTIONS) {
        const { status, data, errors } = await app.query(query);
        expect([status, data, errors.length > 0]).toEqual([400, null, true]);
        expect(JSON.stringify(errors)).not.toContain('queryType');
      }
      const guesses = [
        '{ publisher { id } }',
        '{ publishers { nam } }',
        '{ articles(frist: 1) { totalCount } }',
        '{ articles(filter: { categry: X }) { totalCount } }',
        '{ articles(filter: { category: ECONOMY }) { totalCount } }',
        'query ($f: ArticleFilte) { articles(filter: $f) { totalCount } }',
      ];
      for (const query of guesses) {
        const { status, errors } = await app.query(query, {}, { headers: { 'accept-language': 'en' } });
        expect(status).toBe(400);
        expect(JSON.stringify(errors)).not.toMatch(/Did you mean|ECONOMY_AND|"publishers"|stack/);
      }
      const { errors } = await app.query(
        'query ($f: ArticleFilter) { articles(filter: $f) { totalCount } }',
        {
          f: { categry: 'ECONOMY', category: 'ECONOM' },
        },
      );
      expect(JSON.stringify(errors)).not.toMatch(/Did you mean|ECONOMY_AND/);
    } finally {
      await app.close();
    }
  });
});
