import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { UnreadAnswers } from '../../src/http/unread-answers';
import { startTestApp, type TestApp } from '../helpers/app';
import { createArticle, createPublisher } from '../helpers/records';
import { repeat } from './hostile-queries';

const TEXT = '금리가 내렸어요. '.repeat(1_900); // 19,000 characters, 47 KB
const aliased = (times: number, field: (n: number) => string) => repeat(times, (n) => `a${n}: ${field(n)}`);
const page = (first: number, fields: string) => `articles(first: ${first}) { edges { node { ${fields} } } }`;

describe('Operations that cost much', () => {
  let app: TestApp;
  let token: string;

  beforeAll(async () => {
    app = await startTestApp();
    token = (await app.login('admin')).accessToken;
    const { prisma } = app.context.database;
    const { id: publisherId } = await createPublisher(prisma);
    for (let n = 0; n < 100; n++) await createArticle(prisma, { publisherId, content: TEXT });
    await app.query('{ me { id } }', {}, { token });
  });
  afterAll(() => app.close());

  it.each([
    ['texts of articles', aliased(15, () => page(100, 'content'))],
    ['texts in one item', page(100, aliased(15, () => 'content'))],
    ['texts in a fragment', `...F ...G } fragment F on Query { ${page(100, 'content')} } fragment G on Query { b: ${page(100, 'content')} c: ${page(100, 'content')}`],
    ['popular articles', aliased(15, (n) => `popularArticles(first: ${100 - n}) { id }`)],
    ['texts of popular articles', aliased(3, () => 'popularArticles(first: 100) { content }')],
    ['texts of recommended articles', aliased(3, () => 'recommendations(first: 100) { article { content } }')],
    ['originals', page(100, aliased(2, () => 'original { content }'))],
    ['revisions', page(100, 'revisions { content }')],
    ['terms of articles', aliased(8, () => page(100, 'terms { id }'))],
    ['texts of terms', aliased(2, () => page(50, 'terms { description }'))],
    ['similar articles', page(45, 'similarArticles { id }')],
    ['texts of similar articles', page(20, 'similarArticles(first: 20) { content }')],
    ['searches for a syllable', aliased(4, () => 'articles(first: 1, filter: { search: "금" }) { totalCount }')],
    ['searches for syllables', aliased(3, () => 'articles(first: 1, filter: { search: "금 리" }) { ...T }') + '} fragment T on ArticleConnection { ... { totalCount }'],
    ['counts', aliased(15, (n) => `articles(first: ${n + 1}) { totalCount edges { node { content comment } } }`)],
    ['exports', aliased(2, () => 'exportMyData')],
  ])('pass no limit by aliases, fragments or lists: %s', async (_what, fields) => {
    app.statements.length = 0;
    const { status, errors } = await app.query(`{ ${fields} }`, {}, { token });
    expect([status, errors.map(({ extensions }) => extensions.code)]).toEqual([400, ['QUERY_TOO_COMPLEX']]);
    expect(app.statements).toEqual([]);
  }); // prettier-ignore

  it('are refused, before they are sent, when the answer has more bytes than its points told', async () => {
    const { status, data, errors } = await app.query(`{ ${page(100, 'content')} }`, {}, { token });
    expect([status, data, errors[0]!.extensions.code]).toEqual([400, null, 'QUERY_TOO_COMPLEX']);
    expect(errors[0]!.message).toMatch(/\p{Script=Hangul}/u);
    const english = await app.query(
      `{ ${page(100, 'content')} }`,
      {},
      { headers: { 'accept-language': 'en' } },
    );
    expect(english.errors[0]!.message).not.toMatch(/\p{Script=Hangul}/u);
    expect((await app.query(`{ ${page(40, 'content')} }`)).status).toBe(200);
  });

  it.each([
    ['lists', aliased(15, () => 'popularArticles(first: 5) { id }')],
    ['lists of several sizes', aliased(15, () => page(3, 'id'))],
    ['lists in fragments', `...F ...G } fragment F on Query { a: publishers { id } } fragment G on Query { b: publishers { id }`],
    ['counts', aliased(3, () => `articles(first: 2) { ${aliased(3, () => 'totalCount')} }`)],
    ['searches', aliased(3, () => 'articles(first: 2, filter: { search: "금리" }) { edges { node { id } } }')],
    ['similar articles', page(2, aliased(3, (n) => `similarArticles(first: ${n + 1}) { id }`))],
    ['terms', page(2, aliased(3, () => 'terms { id }'))],
    ['users', aliased(15, () => 'me { name }')],
  ])('are done once for all aliases that ask for the same: %s', async (_what, fields) => {
    const count = async (query: string) => {
      await app.query(query, {}, { token });
      app.statements.length = 0;
      expect((await app.query(query, {}, { token })).errors).toEqual([]);
      return app.statements.length;
    };
    // Each of these answers takes one statement for the list, and one for what belongs to it.
    expect(await count(`{ ${fields} }`)).toBeLessThanOrEqual(2);
  }); // prettier-ignore

  it('answer different questions of one operation differently', async () => {
    const { data } = await app.query(`{ a: ${page(1, 'id')} b: ${page(2, 'id')} c: ${page(1, 'title')} }`);
    const sizes = Object.values(data as Record<string, { edges: unknown[] }>).map(
      ({ edges }) => edges.length,
    );
    expect(sizes).toEqual([1, 2, 1]);
  });
});

describe('Answers that nobody reads', () => {
  // What is left of their time must not run on into another file's tests.
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const MEGABYTE = 1024 * 1024;
  const codeOf = (unread: UnreadAnswers, address: string) => unread.refusal(address)?.code ?? 'served';
  const response = () =>
    Object.assign(new EventEmitter(), {
      writableLength: MEGABYTE,
      req: { socket: new EventEmitter() },
    }) as unknown as ServerResponse;

  it('wait up to some megabytes for an address, which is then told to come back', () => {
    const unread = new UnreadAnswers();
    const responses = Array.from({ length: 16 }, response);
    for (const each of responses) {
      expect(codeOf(unread, 'slow')).toBe('served');
      unread.note('slow', each);
    }
    expect([codeOf(unread, 'slow'), codeOf(unread, 'quick')]).toEqual(['RATE_LIMITED', 'served']);
    responses[0]!.emit('close');
    expect(codeOf(unread, 'slow')).toBe('served');
  });

  it('wait up to some megabytes in all', () => {
    const unread = new UnreadAnswers();
    const responses = Array.from({ length: 64 }, response);
    for (const [n, each] of responses.entries()) unread.note(`slow ${n}`, each);
    expect(codeOf(unread, 'quick')).toBe('UPSTREAM_UNAVAILABLE');
    for (const each of responses) each.emit('close');
    expect(codeOf(unread, 'quick')).toBe('served');
  });
});

it('Costs of an address are counted in points, and told when to come back and that it is their weight', async () => {
  const app = await startTestApp({ environment: { RATE_LIMIT_POINTS_PER_ADDRESS: '5000' } });
  try {
    const costly = () =>
      app.query(`{ ${page(100, 'title comment')} popularArticles(first: 100) { id title } }`);
    const answers = [];
    for (let n = 0; n < 4; n++) answers.push(await costly());
    expect(answers.map(({ status }) => status)).toContain(429);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    expect(refused.errors[0]!.message).toContain('무게');
    const english = await app.query(
      `{ ${page(100, 'title comment')} popularArticles(first: 100) { id title } }`,
      {},
      { headers: { 'accept-language': 'en' } },
    );
    expect(english.errors[0]!.message).toContain('the weight of the queries');
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(10);
    expect((await app.query(`{ ${page(1, 'title')} }`)).status).toBe(200);
  } finally {
    await app.close();
  }
});
