import { startTestApp, type TestApp } from '../helpers/app';
import { inputPlaces } from '../helpers/input-places';
import { atMostTenTimes, processorTime } from '../helpers/processor-time';
import { createArticle, createPublisher } from '../helpers/records';

/** Every place of an operation where a text goes. */
const PLACES = inputPlaces()
  .filter(({ type }) => ['String', 'ID', 'URL'].includes(String(type)))
  .map(({ name, operation, argument, isList, put }) => ({
    name,
    operation,
    argument: isList ? `${argument}.0` : argument,
    put: (text: string) => put(isList ? [text] : text),
  }));

describe('text that nothing can hold', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startTestApp();
    token = (await app.login('admin')).accessToken;
  });
  afterAll(() => app.close());

  it('is looked for in every text of every operation', () => {
    expect(PLACES.map(({ argument }) => argument)).toEqual(
      expect.arrayContaining(['filter.search', 'terms.0.aliases.0', 'refreshToken', 'input.code', 'url']),
    );
  });

  it.each(PLACES)('is BAD_USER_INPUT: U+0000 in $name, $argument', async ({ operation, argument, put }) => {
    for (const text of ['\0', 'https://example.com/\0', 'x\ud800']) {
      const { errors } = await app.query(operation, put(text), { token });
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    }
  });

  it('is BAD_USER_INPUT as a literal too', async () => {
    const { errors } = await app.query('{ articles(filter: { search: "a\\u0000" }) { totalCount } }');
    expect(errors[0]).toMatchObject({
      message: '입력값이 올바르지 않습니다. (filter.search) 쓸 수 없는 문자가 있습니다.',
      extensions: { code: 'BAD_USER_INPUT', argument: 'filter.search' },
    });
  });
});

/** As many as a request holds; put in order one by one they would take minutes. */
const MARKS = 'a' + '\u0301'.repeat(240_000) + '\u0323'.repeat(240_000);

describe('480,000 combining marks', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startTestApp({ environment: { RATE_LIMIT_SIGN_INS_PER_ADDRESS: '1000' } });
  });
  beforeEach(async () => {
    token = (await app.login('admin')).accessToken;
  });
  afterAll(() => app.close());

  // What is compared and not kept, as a target of the audit log, takes any text and finds nothing.
  it.each(PLACES)('cost what letters cost: $name, $argument', async ({ operation, put }) => {
    const cpu = (text: string) =>
      processorTime(async () => {
        const { errors } = await app.query(operation, put(text), { token });
        const code = errors[0]?.extensions.code;
        expect([undefined, 'BAD_USER_INPUT', 'UNAUTHENTICATED', 'UPSTREAM_UNAVAILABLE']).toContain(code);
      });
    const bound = atMostTenTimes(await cpu('가'.repeat(320_000)));
    expect(await cpu(MARKS)).toBeLessThan(bound);
  });

  it.each([
    ['findTerm(question: $text) { id }', 'question'],
    ['articles(filter: { search: $text }) { totalCount }', 'filter.search'],
    ['economicTerms(startsWith: $text) { totalCount }', 'startsWith'],
    ['users(search: $text) { totalCount }', 'search'],
  ])('are refused before they are put in order: %s', async (field, argument) => {
    const { errors } = await app.query(`query ($text: String!) { ${field} }`, { text: MARKS }, { token });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });
});

/** Letters, marks and signs that Unicode calls ignorable, and blanks. */
const UNSEEN = [
  '\u3164', '\u115f', '\u1160', '\uffa0', '\u2800', '\u034f', '\ufe0f', '\u200b', '\u200d', '\u00ad', '\u180e', '\u2060', '\u2064',
  '\ufeff', '\u3000', '\u202e', '\u2066', '\u17b4', '\u{1d159}', '\u{1d173}', '\u{e0001}', '\u{e0100}', '\u3164\u200b \u2800\n\ufe0f',
]; // prettier-ignore

describe('text that nobody sees', () => {
  let app: TestApp;
  let token: string;
  let articleId: string;
  beforeAll(async () => {
    app = await startTestApp();
    token = (await app.login('admin')).accessToken;
    const { prisma } = app.context.database;
    articleId = (await createArticle(prisma, { publisherId: (await createPublisher(prisma)).id })).id;
    await app.login('reader-1');
  });
  afterAll(() => app.close());

  it.each([
    ['a publisher', 'createPublisher(input: { name: TEXT }) { id }', 'input.name'],
    ['a question', 'createFaq(input: { question: TEXT, answer: "답" }) { id }', 'input.question'],
    ['an answer', 'createFaq(input: { question: "질문", answer: TEXT }) { id }', 'input.answer'],
    ['a term', 'importEconomicTerms(terms: [{ term: TEXT, description: "뜻" }]) { created }', 'terms.0.term'],
    ['its meaning', 'importEconomicTerms(terms: [{ term: "금", description: TEXT }]) { created }', 'terms.0.description'],
    ['another name', 'importEconomicTerms(terms: [{ term: "금", description: "뜻", aliases: [TEXT] }]) { created }', 'terms.0.aliases.0'],
    ['a title', 'updateArticle(id: "ARTICLE", input: { title: TEXT }) { id }', 'input.title'],
    ['a text', 'updateArticle(id: "ARTICLE", input: { content: TEXT }) { id }', 'input.content'],
    ['a comment', 'updateArticle(id: "ARTICLE", input: { comment: TEXT }) { id }', 'input.comment'],
    ['an expression', 'updateArticle(id: "ARTICLE", input: { phrases: [{ expression: TEXT, easy: "쉽게" }] }) { id }', 'input.phrases.0.expression'],
    ['a reason', 'takeDownArticle(id: "ARTICLE", reason: TEXT) { id }', 'reason'],
    ['a reader', 'subscribeNewsletter(input: { email: "a@example.com", name: TEXT, categories: [OPINION_AND_ANALYSIS] })', 'input.name'],
    ['a key', 'requestArticle(url: "https://example.com/1", idempotencyKey: TEXT) { id }', 'idempotencyKey'],
  ])('is refused as %s', async (_what, field, argument) => {
    const mutation = `mutation ($text: String!) { ${field.replace('TEXT', '$text').replace('ARTICLE', articleId)} }`;
    for (const text of UNSEEN) {
      const { errors } = await app.query(mutation, { text }, { token });
      expect({ text, ...errors[0]?.extensions }).toMatchObject({ text, code: 'BAD_USER_INPUT', argument });
    }
  }); // prettier-ignore

  it('asks for nothing', async () => {
    for (const text of UNSEEN) {
      const { data, errors } = await app.query(
        'query ($text: String!) { findTerm(question: $text) { id } articles(filter: { search: $text }) { totalCount } economicTerms(startsWith: $text) { totalCount } users(search: $text) { totalCount } }',
        { text },
        { token },
      );
      expect(errors).toEqual([]);
      expect(data).toEqual({
        findTerm: null,
        articles: { totalCount: 1 },
        economicTerms: { totalCount: 0 },
        users: { totalCount: 2 },
      });
    }
  });

  it.each(['가나\u202e다', '가\u0007나', '가\u2066나', '가\u0085나', '가\u200f나'])(
    'or what turns and controls text is in no name, title or question: %j',
    async (text) => {
      for (const field of [
        'createPublisher(input: { name: $text }) { id }',
        'createFaq(input: { question: $text, answer: "답" }) { id }',
        'importEconomicTerms(terms: [{ term: $text, description: "뜻" }]) { created }',
        `updateArticle(id: "${articleId}", input: { title: $text }) { id }`,
      ]) {
        const { errors } = await app.query(`mutation ($text: String!) { ${field} }`, { text }, { token });
        expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
      }
    },
  );

  it('tells no two names apart, and neither do two ways to write a syllable, nor line ends', async () => {
    const create = (name: string) =>
      app.query(
        'mutation ($name: String!) { createPublisher(input: { name: $name }) { name } }',
        { name },
        { token },
      );
    expect((await create(' 가나다\n경제 👨‍👩‍👧'.normalize('NFD'))).data).toEqual({
      createPublisher: { name: '가나다 경제 👨‍👩‍👧' },
    });
    for (const name of [
      '가나다 경제 👨‍👩‍👧',
      '가나다\u3164경제 👨‍👩‍👧',
      '가나\u200d다\u200b \u2800경제\u2028👨‍👩‍👧\ufeff',
    ])
      expect((await create(name)).errors[0]?.extensions.code).toBe('CONFLICT');
  });

  it('in whatever form it is typed: what is kept in one is found by the other', async () => {
    const ask = async (text: string, variables: object) => {
      const { data, errors } = await app.query(text, variables, { token });
      expect(errors).toEqual([]);
      return data;
    };
    await ask('mutation ($terms: [EconomicTermInput!]!) { importEconomicTerms(terms: $terms) { created } }', {
      terms: [{ term: '통화량'.normalize('NFD'), description: '뜻', aliases: ['돈의 양'.normalize('NFD')] }],
    });
    await ask('mutation ($id: ID!, $input: ArticleInput!) { updateArticle(id: $id, input: $input) { id } }', {
      id: articleId,
      input: { title: '수출\u00ad입이 늘었어요'.normalize('NFD') },
    });
    for (const form of ['NFC', 'NFD', 'NFKD'])
      for (const between of ['', '\u200b', '\u3164', '\u00ad']) {
        const typed = (text: string) => text.replace(/(?<=^.)/, between).normalize(form);
        expect(
          await ask(
            `query ($term: String!, $alias: String!, $search: String!, $name: String!) {
              findTerm(question: $term) { term } other: findTerm(question: $alias) { aliases }
              economicTerms(startsWith: $term) { totalCount }
              articles(filter: { search: $search }) { totalCount } users(search: $name) { totalCount }
            }`,
            {
              term: typed('통화량'),
              alias: typed('돈의 양'),
              search: typed('수출입'),
              name: typed('관리자'),
            },
          ),
        ).toEqual({
          findTerm: { term: '통화량' },
          other: { aliases: ['돈의 양'] },
          economicTerms: { totalCount: 1 },
          articles: { totalCount: 1 },
          users: { totalCount: between === '\u3164' ? 0 : 1 },
        });
      }
  });

  it('is no nickname', async () => {
    const nameOf = async (nickname: string) => {
      app.standin.users.find(({ login }) => login === 'reader-2')!.nickname = nickname;
      return (await app.login('reader-2')).user.name;
    };
    for (const text of UNSEEN) expect(await nameOf(text)).toBe('경단 독자');
    expect(await nameOf('독\u202e자\n하나\0')).toBe('독자 하나');
    expect(await nameOf('독자'.normalize('NFD'))).toBe('독자');
    for (const emoji of ['👨‍👩‍👧', '🇰🇷', '👍🏽', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿']) {
      expect(await nameOf(emoji)).toBe(emoji);
      const long = 'ㄱ'.repeat(99);
      expect(await nameOf(long + emoji)).toBe(long);
    }
  });
});
