import { startTestApp, type TestApp } from '../helpers/app';
import { createArticle, createPublisher } from '../helpers/records';

/** What web pages send for boxes that were left empty, and what comes along with copied text. */
describe('blank input', () => {
  let app: TestApp;
  let token: string;

  beforeAll(async () => {
    app = await startTestApp();
    token = (await app.login('admin')).accessToken;
    const { prisma } = app.context.database;
    const publisherId = (await createPublisher(prisma)).id;
    for (let n = 0; n < 2; n++) await createArticle(prisma, { publisherId });
    for (const term of ['기준금리', '물가'])
      await app.query(
        'mutation ($term: String!) { importEconomicTerms(terms: [{ term: $term, description: "뜻" }]) { created } }',
        { term },
        { token },
      );
    await prisma.newsletterIssue.create({
      data: {
        category: 'ECONOMY_AND_BUSINESS',
        subject: '소식',
        html: '',
        text: '',
        week: new Date('2026-11-30'),
      },
    });
    await prisma.newsletterSubscription.create({
      data: { email: 'minji@example.com', emailKey: 'minji@example.com', name: '민지' },
    });
    await app.query('mutation { requestArticle(url: "https://example.com/1") { id } }', {}, { token });
    await app.login('reader-1');
  });
  afterAll(() => app.close());

  const ask = async (text: string, variables = {}) => {
    const { data, errors } = await app.query(text, variables, { token });
    expect(errors).toEqual([]);
    return data!;
  };
  const page = '{ totalCount edges { cursor } pageInfo { hasPreviousPage } }';

  it.each([
    'articles',
    'economicTerms',
    'users',
    'generationJobs',
    'newsletterIssues',
    'newsletterSubscriptions',
    'auditLog',
  ])('an empty cursor is the first page: %s', async (list) => {
    const first = await ask(`{ ${list}(first: 1) ${page} }`);
    expect(first[list]).toMatchObject({ edges: [{ cursor: expect.any(String) as string }] });
    expect(await ask(`{ ${list}(first: 1, after: "") ${page} }`)).toEqual(first);
    const query = `query ($after: String) { ${list}(first: 1, after: $after) ${page} }`;
    expect(await ask(query, { after: '' })).toEqual(first);
  });

  it('an empty cursor is the first page of a search', async () => {
    const query = (after: string) => `{ articles(first: 1, filter: { search: "금리" }${after}) ${page} }`;
    expect(await ask(query(', after: ""'))).toEqual(await ask(query('')));
  });

  it.each([
    ['articles', 'filter: { search: "" }'],
    ['economicTerms', 'startsWith: ""'],
    ['economicTerms', 'startsWith: "  "'],
    ['users', 'search: ""'],
    ['auditLog', 'targetType: ""'],
    ['auditLog', 'targetId: ""'],
  ])('an empty text to look for finds all: %s(%s)', async (list, argument) => {
    expect(await ask(`{ ${list}(${argument}) ${page} }`)).toEqual(await ask(`{ ${list} ${page} }`));
  });

  it('an empty search costs no more than none', async () => {
    const searches = [...'abcdefghij'].map(
      (name) => `${name}: articles(first: 1, filter: { search: "" }) ${page}`,
    );
    await ask(`{ ${searches.join(' ')} }`);
  });

  it.each([
    ' https://example.com/1',
    'https://example.com/1\n',
    '\t\r\n https://example.com/1 \u00a0\u3000',
    '\ufeffhttps://example.com/1',
  ])('blanks and line ends around an address are not part of it: %j', async (url) => {
    const query = 'mutation ($url: URL!) { requestArticle(url: $url) { sourceUrl } }';
    const job = { sourceUrl: 'https://example.com/1' };
    expect(await ask(query, { url })).toEqual({ requestArticle: job });
    const literal = `mutation { requestArticle(url: ${JSON.stringify(url)}) { sourceUrl } }`;
    expect(await ask(literal)).toEqual({ requestArticle: job });
  });

  it('blanks around any other address are not part of it either', async () => {
    const input = { name: '빈칸신문', feedUrl: ' https://example.com/feed\n' };
    const query = 'mutation ($input: CreatePublisherInput!) { createPublisher(input: $input) { feedUrl } }';
    expect(await ask(query, { input })).toEqual({ createPublisher: { feedUrl: 'https://example.com/feed' } });
    const redirectUri = `\n${app.config.kakao.redirectUris[0]} `;
    const begin = 'mutation ($uri: URL!) { beginKakaoLogin(redirectUri: $uri) { url } }';
    expect(await ask(begin, { uri: redirectUri })).toHaveProperty('beginKakaoLogin.url');
  });
});
