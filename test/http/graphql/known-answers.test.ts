import { ApolloServer } from '@apollo/server';
import { createHash } from 'node:crypto';
import { startTestApp, type TestApp } from '../../helpers/app';
import { saidUntilClosed } from '../../helpers/raw-socket';
import { createArticle, createPublisher } from '../../helpers/records';

const LIST = 'query List($first: Int) { articles(first: $first) { edges { node { id title } } } }';
const ARTICLE = 'query ($id: ID!) { article(id: $id) { id title } }';
const PUBLISHERS = '{ publishers { name } }';
const WAITING = '{ articles(filter: { status: IN_REVIEW }) { edges { node { id } } } }';

interface Sent {
  query: string;
  variables?: object;
  token?: string;
  headers?: Record<string, string>;
}
interface Told {
  status: number;
  head: string;
  body: { data?: unknown; errors?: { extensions: { code: string } }[] };
}

describe('A document that was compiled before', () => {
  let app: TestApp;
  let reader: string;
  let admin: string;
  let ids: string[];
  let byApollo: jest.SpyInstance;

  beforeAll(async () => {
    byApollo = jest.spyOn(ApolloServer.prototype, 'executeHTTPGraphQLRequest');
    app = await startTestApp();
    reader = (await app.login('reader-1')).accessToken;
    admin = (await app.login('admin')).accessToken;
    const { prisma } = app.context.database;
    const { id: publisherId } = await createPublisher(prisma, { name: '보이는 신문' });
    await createPublisher(prisma, { name: '끈 신문', enabled: false });
    ids = [];
    for (let n = 0; n < 3; n++) ids.push((await createArticle(prisma, { publisherId })).id);
    await createArticle(prisma, { publisherId, status: 'IN_REVIEW' });
    for (const query of [LIST, ARTICLE, PUBLISHERS, WAITING])
      for (let time = 0; time < 3; time++) await app.query(query, { id: ids[0] }, { token: admin });
    await app.query(PUBLISHERS, {}, { token: reader });
  });
  afterAll(async () => {
    byApollo.mockRestore();
    await app.close();
  });
  beforeEach(() => {
    byApollo.mockClear();
    app.statements.length = 0;
    app.logs.length = 0;
  });

  /** Sends them in one piece: the gateway meets all of them in one turn of its event loop. */
  async function atOnce(requests: readonly Sent[]): Promise<Told[]> {
    const texts = requests.map(({ query, variables, token, headers }, place) => {
      const body = Buffer.from(JSON.stringify({ query, variables })).toString('latin1');
      const head = {
        host: 'gateway',
        'content-type': 'application/json',
        'content-length': body.length,
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
        ...(place === requests.length - 1 && { connection: 'close' }),
      };
      const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
      return `POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
    });
    const answers = (await saidUntilClosed(app.url, [texts.join('')])).split(/(?=HTTP\/1\.1 \d)/);
    return answers.map((answer) => {
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      return {
        status: Number(head.slice(9, 12)),
        head: head.toLowerCase(),
        body: JSON.parse(Buffer.from(body, 'latin1').toString()) as Told['body'],
      };
    });
  }

  /** Those that read articles or publishers; what is known of the callers may be asked anew at any time. */
  const reads = () => app.statements.filter((sql) => /FROM "(Article|Publisher)"/.test(sql));

  it('is answered without Apollo, by its text and by its hash', async () => {
    const sha256Hash = createHash('sha256').update(LIST).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const post = async (body: object) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return response.text();
    };
    const registered = await post({ query: LIST, variables: { first: 2 }, extensions });
    expect(byApollo).toHaveBeenCalledTimes(1);
    for (const body of [{ extensions }, { query: LIST }, { query: LIST, extensions: { clientLibrary: {} } }])
      expect(await post({ ...body, operationName: 'List', variables: { first: 2 } })).toBe(registered);
    expect(byApollo).toHaveBeenCalledTimes(1);
  });

  it.each<[string, Sent & { operationName?: unknown }]>([
    ['bad variables', { query: LIST, variables: { first: 'two' } }],
    ['a page that is too large', { query: LIST, variables: { first: 101 } }],
    ['a token that is worth nothing', { query: LIST, token: 'nothing' }],
    ['a text that differs by a blank', { query: `${LIST} `, variables: {} }],
  ])('is left to Apollo with %s', async (_what, { query, variables, token }) => {
    await app.query(query, variables, { ...(token !== undefined && { token }) });
    expect(byApollo).toHaveBeenCalledTimes(1);
  });

  it.each<[string, object]>([
    ['another operation name', { query: LIST, operationName: 'Other' }],
    ['an empty operation name', { query: LIST, operationName: '' }],
    ['variables that are no object', { query: LIST, variables: [1] }],
    ['extensions that are no object', { query: LIST, extensions: 'none' }],
    [
      'a hash that is not its own',
      { query: LIST, extensions: { persistedQuery: { version: 1, sha256Hash: '0' } } },
    ],
    ['an unknown version of hashes', { extensions: { persistedQuery: { version: 2, sha256Hash: '0' } } }],
    ['another one in an array', [{ query: LIST }, { query: LIST }]],
  ])('is refused by Apollo with %s', async (_what, body) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
    expect(byApollo).toHaveBeenCalledTimes(1);
  });

  it('is read and written once for all who ask for it at once, and counted and logged for each', async () => {
    const counted = async () => {
      const text = await app.context.metrics.registry.metrics();
      const count = /operation_seconds_count\{operation="query articles"\} (\d+)/.exec(text)?.[1];
      return Number(count ?? 0);
    };
    const before = await counted();
    const asked = { query: LIST, variables: { first: 2 } };
    const told = await atOnce([asked, { ...asked, token: reader }, asked, { ...asked, token: reader }]);
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    for (const { body } of told) expect(body).toEqual(told[0]!.body);
    expect(told[0]!.body.data).toMatchObject({ articles: { edges: [{ node: { id: ids[2] } }, {}] } });
    expect(reads()).toHaveLength(1);
    expect(byApollo).not.toHaveBeenCalled();
    expect(await counted()).toBe(before + 4);
    expect(app.logs.filter((line) => line.includes('"msg":"graphql"'))).toHaveLength(4);
    // Each anonymous reader is given a name of its own, whoever is signed in none.
    const names = told.map(({ head }) => /^viewer-id: (.+)$/m.exec(head)?.[1]);
    expect([names[1], names[3]]).toEqual([undefined, undefined]);
    expect(new Set([names[0], names[2]]).size).toBe(2);
    for (const { head } of told) expect(head).toContain('cache-control: private, no-store');
  });

  it('is read for several articles by one statement', async () => {
    const unknown = '00000000-0000-7000-8000-000000000000';
    const asked = [...ids, unknown].map((id) => ({ query: ARTICLE, variables: { id } }));
    const told = await atOnce(asked);
    expect(told.map(({ body }) => body.data)).toMatchObject([
      ...ids.map((id) => ({ article: { id } })),
      { article: null },
    ]);
    expect(reads()).toHaveLength(1);
  });

  it('is never told to one reader as another reads it', async () => {
    const names = ({ body }: Told) =>
      (body.data as { publishers: { name: string }[] }).publishers.map(({ name }) => name);
    const [first, second, third] = await atOnce(
      [admin, reader, admin].map((token) => ({ query: PUBLISHERS, token })),
    );
    expect(names(first!)).toContain('끈 신문');
    expect(names(second!)).not.toContain('끈 신문');
    expect(names(third!)).toContain('끈 신문');
  });

  it('is refused to each in its own words', async () => {
    const told = await atOnce([
      { query: WAITING },
      { query: WAITING, token: reader },
      { query: WAITING, token: reader, headers: { 'accept-language': 'en' } },
      { query: WAITING, token: admin },
    ]);
    const codes = told.map(({ body }) => body.errors?.map(({ extensions }) => extensions.code));
    expect(codes).toEqual([['UNAUTHENTICATED'], ['FORBIDDEN'], ['FORBIDDEN'], undefined]);
    expect(told[1]!.body.errors![0]).not.toEqual(told[2]!.body.errors![0]);
  });

  it('shows at once what has changed', async () => {
    const { prisma } = app.context.database;
    const ask = async () => (await app.query(ARTICLE, { id: ids[0] }, { token: reader })).data!.article;
    expect(await ask()).not.toBeNull();
    await prisma.article.update({ where: { id: ids[0]! }, data: { status: 'HIDDEN' } });
    expect(await ask()).toBeNull();
    expect(byApollo).not.toHaveBeenCalled();
  });
});
