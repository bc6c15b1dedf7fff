import { startTestApp, type TestApp } from '../helpers/app';

const ID = '00000000-0000-7000-8000-000000000000';
const CANARY = 'canary-5f1e';

interface Case {
  /** A field with `VALUE` where the wrong value goes. */
  field: string;
  /** The type of a variable in that place. */
  type: string;
  argument: string;
  /** Wrong values, as literals; a variable gets the same one. */
  values: string[];
}

const WRONG_IDS = ['""', '"1"', '"../../etc/passwd"', `"${ID}x"`];
const WRONG_CURSORS = ['"x"', `"${CANARY}"`, `"${Buffer.from('zzzzzzzzzzz_1').toString('base64url')}"`];
const WRONG_SIZES = ['0', '-1', '101', '1000000', '1.5', '"10"', 'null', '99999999999'];
const WRONG_DATES = ['""', '"yesterday"', '"2024-13-01T00:00:00Z"', '"2024-02-30T00:00:00Z"', '"2024-01-01"'];
const WRONG_URLS = [
  '""', '"example.com"', '"//example.com"', '"javascript:alert(1)"', '"file:///etc/passwd"', '"data:text/html,x"',
  '"ftp://example.com"', '"http://"', '"http://a b/"', '"https://example.com/\\u0000"', '17', `"https://example.com/${'x'.repeat(2_100)}"`,
]; // prettier-ignore

const CASES: Case[] = [
  { field: 'article(id: VALUE) { id }', type: 'ID!', argument: 'id', values: WRONG_IDS },
  { field: 'generationJob(id: VALUE) { id }', type: 'ID!', argument: 'id', values: WRONG_IDS },
  {
    field: 'articles(filter: { publisherId: VALUE }) { totalCount }',
    type: 'ID',
    argument: 'filter.publisherId',
    values: WRONG_IDS,
  },
  ...[
    'articles',
    'users',
    'generationJobs',
    'newsletterIssues',
    'newsletterSubscriptions',
    'auditLog',
    'economicTerms',
  ].flatMap((list) => [
    {
      field: `${list}(after: VALUE) { totalCount }`,
      type: 'String',
      argument: 'after',
      values: WRONG_CURSORS,
    },
    { field: `${list}(first: VALUE) { totalCount }`, type: 'Int!', argument: 'first', values: WRONG_SIZES },
  ]),
  ...['releasedAfter', 'releasedBefore'].map((name) => ({
    field: `articles(filter: { ${name}: VALUE }) { totalCount }`,
    type: 'DateTime',
    argument: `filter.${name}`,
    values: WRONG_DATES,
  })),
  {
    field: 'articles(filter: { category: VALUE }) { totalCount }',
    type: 'ArticleCategory',
    argument: 'filter.category',
    values: [`"${CANARY}"`, '1', 'true'],
  },
  {
    field: 'generationJobs(status: VALUE) { totalCount }',
    type: 'GenerationStatus',
    argument: 'status',
    values: ['"DONE"', '0'],
  },
  {
    field: 'articles(filter: VALUE) { totalCount }',
    type: 'ArticleFilter',
    argument: 'filter',
    values: ['"all"', '1', 'true'],
  },
];
const MUTATIONS: Case[] = [
  {
    field: 'beginKakaoLogin(redirectUri: VALUE) { url }',
    type: 'URL!',
    argument: 'redirectUri',
    values: WRONG_URLS,
  },
  { field: 'requestArticle(url: VALUE) { id }', type: 'URL!', argument: 'url', values: WRONG_URLS },
  {
    field: 'createPublisher(input: { name: "가", feedUrl: VALUE }) { id }',
    type: 'URL',
    argument: 'input.feedUrl',
    values: WRONG_URLS,
  },
  {
    field: `setUserRole(id: "${ID}", role: VALUE) { id }`,
    type: 'Role!',
    argument: 'role',
    values: ['"OWNER"', '1', 'null'],
  },
  {
    field: `updateArticle(id: "${ID}", input: { phrases: [{ expression: "가", easy: VALUE }] }) { id }`,
    type: 'String!',
    argument: 'input.phrases.easy',
    values: ['null', '1', '["나"]'],
  },
  ...['hideRecommendation', 'moreLike'].map((name) => ({
    field: `${name}(articleId: VALUE)`,
    type: 'ID!',
    argument: 'articleId',
    values: WRONG_IDS,
  })),
  ...['updateArticle', 'publishArticle', 'hideArticle', 'revokeSession'].map((name) => ({
    field: `${name}(id: VALUE${name === 'updateArticle' ? ', input: {}' : ''})${name === 'revokeSession' ? '' : ' { id }'}`,
    type: 'ID!',
    argument: 'id',
    values: WRONG_IDS,
  })),
];

describe('wrong input', () => {
  let app: TestApp;
  let token: string;

  beforeAll(async () => {
    app = await startTestApp();
    token = (await app.login('admin')).accessToken;
  });
  afterAll(() => app.close());

  const byLiteral = ({ field }: Case, value: string) => ({
    text: `{ ${field.replace('VALUE', value)} }`,
    variables: {},
  });
  const byVariable = ({ field, type }: Case, value: string) => ({
    text: `($wrong: ${type}) { ${field.replace('VALUE', '$wrong')} }`,
    variables: { wrong: JSON.parse(value) as unknown },
  });

  describe.each([
    ['query', CASES],
    ['mutation', MUTATIONS],
  ] as const)('of a %s', (operation, cases) => {
    it.each(cases.map((entry) => [entry.field, entry] as const))(
      'is refused with the name of the argument: %s',
      async (_field, entry) => {
        for (const value of entry.values)
          for (const { text, variables } of [byLiteral(entry, value), byVariable(entry, value)]) {
            const query = `${operation} ${text}`;
            const { status, data, errors } = await app.query(query, variables, { token });
            const { code, argument } = errors[0]?.extensions ?? {};
            const nothing = data === null || Object.values(data).every((field) => field === null);
            expect({ query, variables, status: status < 500, nothing, code, argument }).toEqual({
              query,
              variables,
              status: true,
              nothing: true,
              code: 'BAD_USER_INPUT',
              argument: entry.argument,
            });
            expect(errors[0]!.message).toMatch(/^입력값이 올바르지 않습니다\. \([\w.]+\)/);
          }
      },
    );
  });

  it('is no id of any UUID that nothing has', async () => {
    for (const id of ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff']) {
      const { data, errors } = await app.query(`{ article(id: "${id}") { id } }`);
      expect({ data, errors }).toEqual({ data: { article: null }, errors: [] });
    }
  });

  it('is told in English to whoever asks for English', async () => {
    const headers = { 'accept-language': 'en-GB,en;q=0.9,ko;q=0.8' };
    const say = async (query: string, variables = {}) =>
      (await app.query(query, variables, { token, headers })).errors[0]!.message;
    expect(await say('{ article(id: "x") { id } }')).toBe('The input is not valid. (id) It is not an id.');
    expect(await say('{ articles(first: 0) { totalCount } }')).toBe(
      'The input is not valid. (first) It must be an integer from 1 to 100.',
    );
    expect(await say('query ($n: Int!) { articles(first: $n) { totalCount } }', { n: 'x' })).toBe(
      'The input is not valid. (first) It must be of type Int.',
    );
    expect(await say('{ articles(filter: { category: NOTHING }) { totalCount } }')).toBe(
      'The input is not valid. (filter.category) It must be of type ArticleCategory.',
    );
    for (const query of ['{ nothing }', '{', 'query { article { id } }'])
      expect(await say(query)).not.toMatch(/\p{Script=Hangul}/u);
  });

  it.each([
    ['a field', '{ serach: "x" }', { serach: 'x' }, '비슷한 이름: "search"'],
    [
      'an enum value',
      '{ category: TECH_AND_CULTURE }',
      { category: 'TECH_AND_CULTURE' },
      '"TECHNOLOGY_AND_CULTURE"',
    ],
  ])('names what is meant by %s that there is not', async (_what, literal, variable, hint) => {
    const answers = [
      await app.query(`{ articles(filter: ${literal}) { totalCount } }`),
      await app.query('query ($f: ArticleFilter) { articles(filter: $f) { totalCount } }', { f: variable }),
    ];
    for (const { errors } of answers) expect(errors[0]!.message).toContain(hint);
  });

  it('is told in Korean to everybody else', async () => {
    for (const language of [
      'ko',
      'ko-KR,ko;q=0.9,en;q=0.8',
      'en;q=0, ko',
      'en;q=0.3, ko;q=0.4',
      'fr',
      '*',
      '',
    ]) {
      const headers: Record<string, string> = language ? { 'accept-language': language } : {};
      const { errors } = await app.query('{ article(id: "x") { id } }', {}, { headers });
      expect(errors[0]!.message).toBe('입력값이 올바르지 않습니다. (id) ID 형식이 아닙니다.');
    }
  });

  it('says the same the first time and when the document is compiled', async () => {
    const query = 'query Again($id: ID!) { article(id: $id) { id } }';
    const answers = [];
    for (let use = 0; use < 4; use++) answers.push((await app.query(query, { id: 'x' }, { token })).errors);
    for (const errors of answers) expect(errors).toEqual(answers[0]);
  });

  it('never repeats a value that was sent', async () => {
    const secret = `${CANARY}-secret`;
    const query = 'mutation ($t: String!) { refreshSession(refreshToken: $t) { accessToken } }';
    for (const t of [{ [secret]: 1 }, [secret], { a: secret }, [[secret]], null]) {
      const { status, errors } = await app.query(query, { t });
      expect(status).toBe(400);
      expect(errors[0]!.extensions.argument).toMatch(/^refreshToken/);
      expect(JSON.stringify(errors)).not.toContain(secret);
    }
    const login = `mutation ($input: KakaoCodeInput!) { loginWithKakaoCode(input: $input) { accessToken } }`;
    const { errors } = await app.query(login, {
      input: { code: secret, state: [secret], redirectUri: secret },
    });
    expect(errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(errors)).not.toContain(secret);
    expect(app.logs.join('')).not.toContain(secret);
  });

  it('of a variable in the wrong place, and of no such operation, is a fault of the request', async () => {
    const queries = [
      'query ($id: String) { article(id: $id) { id } }',
      'query ($id: Nothing) { article(id: $id) { id } }',
      'query { article(id: $id) { id } }',
      'query ($unused: Int) { publishers { id } }',
      '{ article { id } }',
    ];
    for (const query of queries) {
      const { status, errors } = await app.query(query, { id: ID });
      expect([status, errors[0]!.extensions.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    }
    for (const body of [
      { query: 'query A { publishers { id } } query B { publishers { id } }' },
      { query: 'query A { publishers { id } }', operationName: 'B' },
      { query: '{ publishers { id } }', operationName: 'B' },
      { query: 'fragment F on Article { id }' },
    ]) {
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      expect({ status: response.status, text }).toEqual({
        status: 400,
        text: expect.not.stringContaining('INTERNAL_SERVER_ERROR'),
      });
    }
  });
});
