import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as apollo4 from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import * as apollo3 from 'apollo-client-3/core';
import { onError } from 'apollo-client-3/link/error';
import { cacheExchange, Client, fetchExchange } from '@urql/core';
import { authExchange } from '@urql/exchange-auth';
import { WebSocket } from 'ws';
import { freePort } from '../../src/dev/embedded-postgres/embedded-postgres';
import { LoginWithKakaoCodeDocument } from '../generated/operations';
import { startTestApp, type TestApp } from '../helpers/app';
import { TestClock } from '../helpers/clock';
import { createArticle, createPublisher } from '../helpers/records';
import { waitUntil } from '../helpers/wait-until';
import { createClient as createApollo3 } from './clients/apollo-3';
import { createClient as createApollo4 } from './clients/apollo-4';
import { createAsk as createFetchAsk, pagesOf } from './clients/fetch';
import { kakaoCode } from './clients/kakao-callback';
import { byHash as apolloByHash } from './clients/persisted-apollo';
import { askByHash } from './clients/persisted-fetch';
import { byHash as urqlByHash } from './clients/persisted-urql';
import { fetchFor } from './clients/server-side';
import { createSession } from './clients/session';
import { createSocket } from './clients/subscription-socket';
import { withSubscriptions } from './clients/subscriptions-apollo';
import { socketExchange } from './clients/subscriptions-urql';
import { createClient as createUrql } from './clients/urql';

const PUBLIC = '{ publishers { id name } }';
const OWN = '{ me { id name } }';
const PAGE = `query ($after: String, $filter: ArticleFilter) {
  articles(first: 2, after: $after, filter: $filter) { edges { node { id } } pageInfo { hasNextPage endCursor } }
}`;

/** As the client preset writes it into the list: sorted, on one line. */
const LISTED = 'query Listed { publishers { __typename id name } }';
const HASH = createHash('sha256').update(LISTED).digest('hex');
/** As the client preset writes it into the code. */
const listed = (hash = HASH) =>
  Object.assign(apollo4.gql`query Listed { publishers { name id } }`, {
    __meta__: { hash: `sha256:${hash}` },
  });

const read = (file: string) => readFileSync(path.join(__dirname, file), 'utf8');
const guide = read('../../docs/clients.md');
const codesOf = (errors: readonly { extensions?: Record<string, unknown> }[] = []) =>
  errors.map(({ extensions }) => extensions?.code);

/** Asks for a query; gives its data, or the codes of what it failed with as the guide says to find them. */
type Ask = (query: string) => Promise<unknown>;
type Fetch = typeof fetch;

const CLIENTS: Record<string, (url: string, session: { fetch: Fetch }) => Ask> = {
  'Apollo Client 4': (url, session) => {
    const client = createApollo4(url, session);
    return (query) =>
      client.query({ query: apollo4.gql(query), fetchPolicy: 'network-only' }).then(
        ({ data }) => data,
        (error: unknown) => {
          if (!apollo4.CombinedGraphQLErrors.is(error)) throw error;
          return codesOf(error.errors);
        },
      );
  },
  'Apollo Client 3.13': (url, session) => {
    const client = createApollo3(url, session);
    return (query) =>
      client.query<unknown>({ query: apollo3.gql(query), fetchPolicy: 'network-only' }).then(
        ({ data }) => data,
        (error: apollo3.ApolloError) => {
          if (error.networkError) throw error.networkError;
          return codesOf(error.graphQLErrors);
        },
      );
  },
  urql: (url, session) => {
    const client = createUrql(url, session);
    return async (query) => {
      const { data, error } = await client.query<unknown>(query, {}, { requestPolicy: 'network-only' });
      if (error?.networkError) throw error.networkError;
      return error ? codesOf(error.graphQLErrors) : data;
    };
  },
};

describe('docs/clients.md', () => {
  const clock = new TestClock();
  let app: TestApp;
  let url: string;
  let refresh: jest.SpyInstance;

  beforeAll(async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'clients-'));
    const PERSISTED_DOCUMENTS_FILE = path.join(folder, 'documents.json');
    writeFileSync(PERSISTED_DOCUMENTS_FILE, JSON.stringify({ [HASH]: LISTED }));
    app = await startTestApp({
      clock,
      environment: { TRUSTED_PROXIES: '127.0.0.1', PERSISTED_DOCUMENTS_FILE },
    });
    rmSync(folder, { recursive: true });
    url = `${app.url}/graphql`;
    refresh = jest.spyOn(app.context.services.sessions, 'refresh');
    const { prisma } = app.context.database;
    const publisherId = (await createPublisher(prisma, { name: '경단일보' })).id;
    for (let n = 0; n < 5; n++)
      await createArticle(prisma, {
        publisherId,
        category: n < 3 ? 'ECONOMY_AND_BUSINESS' : 'OPINION_AND_ANALYSIS',
      });
  });
  afterAll(() => app.close());
  beforeEach(() => refresh.mockClear());

  const ACCESS_TOKEN_SECONDS = 16 * 60;

  it('quotes the code that these tests run', () => {
    const folder = path.join(__dirname, 'clients');
    for (const file of readdirSync(folder)) {
      const code = readFileSync(path.join(folder, file), 'utf8').replaceAll(
        'apollo-client-3',
        '@apollo/client',
      );
      expect({ file, quoted: guide.includes(`\`\`\`ts\n${code}\`\`\``) }).toEqual({ file, quoted: true });
    }
    expect(guide.match(/```ts\n/g)).toHaveLength(readdirSync(folder).length);
  });

  it('names the versions that these tests run, and the scalars of codegen.yml', () => {
    const { devDependencies } = JSON.parse(read('../../package.json')) as {
      devDependencies: Record<string, string>;
    };
    for (const name of ['@apollo/client', 'apollo-client-3', '@urql/core', '@urql/exchange-persisted'])
      expect(guide).toContain(devDependencies[name]!.replace(/^npm:.*@/, ''));
    const [, scalars] = /scalars:\n([\s\S]*?)\n```/.exec(guide)!;
    expect(read('../../codegen.yml')).toContain(scalars!.replace(/^ +/gm, '        ').trim());
  });

  describe.each(Object.entries(CLIENTS))('%s', (_name, createAsk) => {
    async function signedIn(store: Record<string, string | undefined> = {}) {
      const session = createSession(url, store);
      session.keep(await app.login('reader-1'));
      return { ask: createAsk(url, session), session, store };
    }

    it('reads as nobody, and keeps the name that the gateway gives to an anonymous reader', async () => {
      const store: Record<string, string> = {};
      const session = createSession(url, store);
      const ask = createAsk(url, session);
      expect(await ask(PUBLIC)).toMatchObject({ publishers: [{ name: '경단일보' }] });
      const headers = { 'content-type': 'application/json' };
      const post = { method: 'POST', headers, body: JSON.stringify({ query: PUBLIC }) };
      await session.fetch(url, post);
      const name = store.viewerId;
      expect(app.context.viewerIds.read(name)).toEqual(expect.any(String));
      expect((await session.fetch(url, post)).headers.get('viewer-id')).toBeNull();
      expect(store.viewerId).toBe(name);
    });

    it('without any token gets UNAUTHENTICATED for what needs one, and asks for none', async () => {
      const ask = createAsk(url, createSession(url, {}));
      expect(await ask(OWN)).toEqual(['UNAUTHENTICATED']);
      expect(refresh).not.toHaveBeenCalled();
    });

    it.each([
      ['public', PUBLIC, { publishers: [{ name: '경단일보' }] }],
      ['of the reader', OWN, { me: { name: expect.any(String) as string } }],
    ])('renews an expired token and asks again: a query %s', async (_kind, query, answer) => {
      const { ask, store } = await signedIn();
      const before = store.refreshToken;
      clock.advance(ACCESS_TOKEN_SECONDS);
      expect(await ask(query)).toMatchObject(answer);
      expect(store.refreshToken).not.toBe(before);
      expect(refresh).toHaveBeenCalledTimes(1);
    });

    it('renews it once for many queries at the same time', async () => {
      const { ask } = await signedIn();
      clock.advance(ACCESS_TOKEN_SECONDS);
      const fields = ['name', 'role', 'email', 'createdAt'];
      const answers = await Promise.all(fields.map((field) => ask(`{ me { id ${field} } }`)));
      expect(answers).toEqual(
        fields.map((field) => ({ me: expect.objectContaining({ [field]: expect.anything() }) as unknown })),
      );
      expect(refresh).toHaveBeenCalledTimes(1);
    });

    it('is signed in after the page is loaded anew', async () => {
      const { store } = await signedIn();
      expect(await createAsk(url, createSession(url, store))(OWN)).toHaveProperty('me.name');
    });

    it('goes on as nobody when the session has ended', async () => {
      const { ask, session, store } = await signedIn();
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ query: 'mutation { logout(everywhere: true) }' });
      await session.fetch(url, { method: 'POST', headers, body });
      clock.advance(ACCESS_TOKEN_SECONDS);
      expect(await ask(PUBLIC)).toMatchObject({ publishers: [{ name: '경단일보' }] });
      expect(store.refreshToken).toBeUndefined();
      expect(await ask(OWN)).toEqual(['UNAUTHENTICATED']);
    });

    it('stays signed in when the gateway cannot be reached for a new token', async () => {
      const { store } = await signedIn();
      const nowhere = createSession('http://127.0.0.1:1/graphql', store);
      await expect(createAsk(url, nowhere)(OWN)).rejects.toThrow('fetch failed');
      expect(store.refreshToken).toEqual(expect.any(String));
    });
  });

  describe('subscriptions', () => {
    type Socket = ReturnType<typeof createSocket>;
    type Subscribe = (query: string, next: (data: unknown) => void) => { unsubscribe(): void };
    const browser = globalThis as { WebSocket?: unknown };
    const own = browser.WebSocket;

    beforeAll(() => void (browser.WebSocket = WebSocket));
    afterAll(() => void (browser.WebSocket = own));

    const SUBSCRIBERS: [string, (socket: Socket) => Subscribe][] = [
      [
        'Apollo Client 4',
        (socket) => {
          const link = withSubscriptions(new apollo4.HttpLink({ uri: url }), socket);
          const client = new apollo4.ApolloClient({ link, cache: new apollo4.InMemoryCache() });
          return (query, next) =>
            client.subscribe({ query: apollo4.gql(query) }).subscribe(({ data }) => next(data));
        },
      ],
      [
        'urql',
        (socket) => {
          const client = new Client({ url, exchanges: [socketExchange(socket)] });
          return (query, next) => client.subscription(query, {}).subscribe(({ data }) => next(data));
        },
      ],
    ];

    it.each(SUBSCRIBERS)('%s goes on with a new token when the old one has expired', async (_name, over) => {
      const { prisma } = app.context.database;
      const { id } = await prisma.generationJob.create({ data: { kind: 'COLLECTION', input: {} } });
      const session = createSession(url, {});
      session.keep(await app.login('admin'));
      const socket = createSocket(url, session);
      const seen: unknown[] = [];
      const query = `subscription { generationJobUpdated(id: "${id}") { progress } }`;
      const told = over(socket)(query, (data) => {
        if (data)
          seen.push((data as { generationJobUpdated: { progress: number } }).generationJobUpdated.progress);
      });
      await waitUntil('the present state is told', () => seen.includes(0));
      clock.advance(ACCESS_TOKEN_SECONDS);
      await prisma.generationJob.update({ where: { id }, data: { progress: 50 } });
      await waitUntil('the change is told', () => seen.includes(50));
      expect(refresh).toHaveBeenCalledTimes(1);
      told.unsubscribe();
      await socket.dispose();
    });

    it('come about when the gateway is reached at last', async () => {
      const port = await freePort();
      const socket = createSocket(`http://127.0.0.1:${port}/graphql`, createSession(url, {}));
      let refusals = 0;
      socket.on('error', () => (refusals += 1));
      const query = 'subscription { articlePublished(since: "2000-01-01T00:00:00Z") { id } }';
      const told = jest.fn();
      const failed = jest.fn();
      socket.subscribe({ query }, { next: told, error: failed, complete: () => {} });
      await waitUntil('the connection is refused', () => refusals > 0);
      const { port: served } = new URL(url);
      const late = createServer((client) => client.pipe(connect(Number(served))).pipe(client));
      await new Promise<void>((resolve) => late.listen(port, '127.0.0.1', resolve));
      await waitUntil('an article is told', () => told.mock.calls.length > 0);
      expect(failed).not.toHaveBeenCalled();
      await socket.dispose();
      await new Promise((resolve) => late.close(resolve));
    });
  });

  describe('what a refused token looks like', () => {
    const KINDS: { what: string; status: number; headers: Record<string, string>; query: string }[] = [
      { what: 'a token that is wrong', status: 401, headers: { authorization: 'Bearer x' }, query: PUBLIC },
      { what: 'no token', status: 200, headers: {}, query: OWN },
    ];

    it.each(KINDS)('in Apollo Client 4: $what', async ({ headers, query }) => {
      const seen: unknown[] = [];
      const link = new ErrorLink(({ error }) => void seen.push(error));
      const client = new apollo4.ApolloClient({
        cache: new apollo4.InMemoryCache(),
        link: link.concat(new apollo4.HttpLink({ uri: url, headers })),
      });
      await client.query({ query: apollo4.gql(query) }).catch((error: unknown) => seen.push(error));
      expect(seen).toHaveLength(2);
      for (const error of seen) {
        if (!apollo4.CombinedGraphQLErrors.is(error)) throw error;
        expect(codesOf(error.errors)).toEqual(['UNAUTHENTICATED']);
      }
    });

    it.each(KINDS)('in Apollo Client 3.13: $what', async ({ status, headers, query }) => {
      const refused = status === 401;
      let seen = {};
      const link = onError(({ graphQLErrors, networkError }) => {
        seen = {
          codes: codesOf(graphQLErrors),
          network: networkError && 'statusCode' in networkError && networkError.statusCode,
        };
      });
      const client = new apollo3.ApolloClient({
        cache: new apollo3.InMemoryCache(),
        link: link.concat(new apollo3.HttpLink({ uri: url, headers })),
      });
      const error = await client.query({ query: apollo3.gql(query) }).then(
        () => null,
        (reason: apollo3.ApolloError) => reason,
      );
      expect(seen).toEqual({ codes: ['UNAUTHENTICATED'], network: refused ? 401 : undefined });
      expect(codesOf(error!.graphQLErrors)).toEqual(refused ? [] : ['UNAUTHENTICATED']);
      if (!refused) return expect(error!.networkError).toBeNull();
      expect(error!.networkError).toMatchObject({
        statusCode: 401,
        result: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
      });
    });

    it.each(KINDS)('in urql: $what', async ({ status, headers, query }) => {
      const seen: unknown[] = [];
      const auth = authExchange(async () => ({
        addAuthToOperation: (operation) => operation,
        didAuthError: (error) => seen.push([codesOf(error.graphQLErrors), error.response?.status]) < 0,
        refreshAuth: async () => {},
      }));
      const preflight = { 'apollo-require-preflight': 'true' };
      const fetchOptions = { headers: { ...headers, ...preflight } };
      const client = new Client({ url, fetchOptions, exchanges: [auth, fetchExchange] });
      const { error } = await client.query(query, {});
      expect(seen).toEqual([[['UNAUTHENTICATED'], status]]);
      expect([codesOf(error!.graphQLErrors), error!.response?.status]).toEqual(seen[0]);
    });
  });

  it('urql’s GET is refused without apollo-require-preflight, and nothing else without it is', async () => {
    const status = async (options: object) => {
      const client = new Client({ url, exchanges: [fetchExchange], ...options });
      const { error } = await client.query(PUBLIC, {});
      return error ? [error.response?.status, ...codesOf(error.graphQLErrors)] : 'answered';
    };
    expect(await status({})).toEqual([400, 'BAD_REQUEST']);
    expect(await status({ preferGetMethod: false })).toBe('answered');
    const headers = { 'apollo-require-preflight': 'true' };
    expect(await status({ fetchOptions: { headers } })).toBe('answered');
  });

  describe.each(['4', '3.13'])('Apollo Client %s', (version) => {
    it('adds a page to those of the same filter only', async () => {
      const session = createSession(url, {});
      const [economy, opinion] = ['ECONOMY_AND_BUSINESS', 'OPINION_AND_ANALYSIS'];
      const variablesOf = (category: string) => ({ filter: { category } });
      let shown: (category: string) => number;
      let more: (category: string) => Promise<unknown>;
      if (version === '4') {
        const client = createApollo4(url, session);
        const list = (category: string) =>
          client.watchQuery<Page>({ query: apollo4.gql(PAGE), variables: variablesOf(category) });
        const dataOf = (category: string) => list(category).getCurrentResult().data as Page;
        for (const category of [economy, opinion])
          await client.query({ query: apollo4.gql(PAGE), variables: variablesOf(category) });
        shown = (category) => dataOf(category).articles.edges.length;
        more = (category) => {
          const after = dataOf(category).articles.pageInfo.endCursor;
          return list(category).fetchMore({ variables: { after } });
        };
      } else {
        const client = createApollo3(url, session);
        const list = (category: string) =>
          client.watchQuery<Page>({ query: apollo3.gql(PAGE), variables: variablesOf(category) });
        const dataOf = (category: string) => list(category).getCurrentResult().data;
        for (const category of [economy, opinion])
          await client.query({ query: apollo3.gql(PAGE), variables: variablesOf(category) });
        shown = (category) => dataOf(category).articles.edges.length;
        more = (category) => {
          const after = dataOf(category).articles.pageInfo.endCursor;
          return list(category).fetchMore({ variables: { after } });
        };
      }
      expect([shown(economy), shown(opinion)]).toEqual([2, 2]);
      await more(economy);
      expect([shown(economy), shown(opinion)]).toEqual([3, 2]);
    });

    it('sends a known query as a GET by its hash, which a shared cache may keep', async () => {
      const sent: { method: string; whole: boolean; cache: string | null }[] = [];
      const session = createSession(url, {});
      const watched: Fetch = async (input, init) => {
        const response = await session.fetch(input, init);
        const text = `${input as string}${(init?.body as string | null | undefined) ?? ''}`;
        const cache = response.headers.get('cache-control');
        sent.push({ method: init?.method ?? 'GET', whole: /publishers/.test(text), cache });
        return response;
      };
      const query = `query Apq${version.replace('.', '_')} { publishers { id } }`;
      for (let n = 0; n < 2; n++)
        await (version === '4'
          ? createApollo4(url, { fetch: watched }).query({ query: apollo4.gql(query) })
          : createApollo3(url, { fetch: watched }).query({ query: apollo3.gql(query) }));
      const kept = expect.stringContaining('public') as string;
      expect(sent).toEqual([
        { method: 'GET', whole: false, cache: expect.stringContaining('no-store') as string },
        // A POST also names its reader, and then nobody keeps it.
        { method: expect.any(String) as string, whole: true, cache: expect.any(String) as string },
        { method: 'GET', whole: false, cache: kept },
      ]);
    });
  });

  describe('persisted documents', () => {
    const SEEN: [
      string,
      (session: { fetch: Fetch }, document: ReturnType<typeof listed>) => Promise<unknown>,
    ][] = [
      [
        'Apollo Client 4',
        async (session, document) => {
          const link = apolloByHash().concat(new apollo4.HttpLink({ uri: url, fetch: session.fetch }));
          const client = new apollo4.ApolloClient({ link, cache: new apollo4.InMemoryCache() });
          return (await client.query({ query: document })).data;
        },
      ],
      [
        'urql',
        async (session, document) => {
          const exchanges = [cacheExchange, urqlByHash(), fetchExchange];
          const client = new Client({ url, fetch: session.fetch, exchanges });
          return (await client.query<unknown>(document, {})).data;
        },
      ],
      [
        'fetch',
        async (session, { __meta__ }) =>
          ((await askByHash(url, session, __meta__.hash)) as { data: unknown }).data,
      ],
    ];
    const watched = () => {
      const sent: string[] = [];
      const session = createSession(url, {});
      const fetchAndNote: Fetch = (input, init) => {
        sent.push(`${init?.method ?? 'GET'} ${input as string} ${(init?.body as string | null) ?? ''}`);
        return session.fetch(input, init);
      };
      return { sent, session: { fetch: fetchAndNote } };
    };

    it.each(SEEN)('are sent by their hash alone: %s', async (_name, ask) => {
      const { sent, session } = watched();
      expect(await ask(session, listed())).toMatchObject({ publishers: [{ name: '경단일보' }] });
      expect(sent).toEqual([expect.stringMatching(new RegExp(`^GET .*${HASH}`))]);
      expect(sent[0]).not.toContain('publishers');
    });

    it('go as whole text from Apollo Client when the gateway does not know the list', async () => {
      const { sent, session } = watched();
      const [, ask] = SEEN[0]!;
      expect(await ask(session, listed('0'.repeat(64)))).toMatchObject({
        publishers: [{ name: '경단일보' }],
      });
      expect(sent).toHaveLength(2);
      expect(sent[1]).toContain('publishers');
      expect(sent[1]).not.toContain('sha256Hash');
    });
  });

  it('fetch asks page by page, and tells codes', async () => {
    const ask = createFetchAsk(url, createSession(url, {}));
    const pages: unknown[][] = [];
    const filter = { category: 'ECONOMY_AND_BUSINESS' };
    for await (const page of pagesOf((query, variables) => ask(query.replace('20', '2'), variables), filter))
      pages.push(page);
    expect(pages.map((page) => page.length)).toEqual([2, 1]);
    await expect(ask(OWN)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: '로그인이 필요합니다.',
    });
  });

  describe('at the redirect URI', () => {
    const back = (query: string) => new URL(`http://localhost:3000/auth/kakao/callback?${query}`);

    it('the login goes on with the code, and the session keeps what it brings', async () => {
      const begun = await app.beginLogin();
      const body = new URLSearchParams({ user: 'reader-2' });
      const { headers } = await fetch(begun.url, { method: 'POST', body, redirect: 'manual' });
      const input = kakaoCode(new URL(headers.get('location')!), begun);
      const login = await app.send(LoginWithKakaoCodeDocument, { input: input! });
      const session = createSession(url, {});
      session.keep(login.data!.loginWithKakaoCode);
      expect(await CLIENTS.urql!(url, session)(OWN)).toMatchObject({ me: { name: '독자 2' } });
    });

    it('a reader who cancelled at Kakao is told apart from a fault', async () => {
      const begun = await app.beginLogin();
      const body = new URLSearchParams({ cancel: '' });
      const { headers } = await fetch(begun.url, { method: 'POST', body, redirect: 'manual' });
      const page = new URL(headers.get('location')!);
      expect(page.searchParams.get('error')).toBe('access_denied');
      expect(kakaoCode(page, begun)).toBeNull();
      expect(() => kakaoCode(back('error=server_error&state=s'), { ...begun, state: 's' })).toThrow(
        'server_error',
      );
      expect(() => kakaoCode(back('code=c&state=foreign'), begun)).toThrow('did not begin');
    });
  });

  it('a server that renders for many readers has them counted one by one', async () => {
    const take = jest.spyOn(app.context.limits, 'take');
    for (const reader of ['203.0.113.1', '203.0.113.2']) {
      const ask = CLIENTS['Apollo Client 4']!(url, { fetch: fetchFor(reader) });
      expect(await ask(PUBLIC)).toMatchObject({ publishers: [{ name: '경단일보' }] });
    }
    const addresses = new Set(
      take.mock.calls.filter(([scope]) => scope === 'address').map(([, name]) => name),
    );
    take.mockRestore();
    expect([...addresses]).toEqual(['203.0.113.1', '203.0.113.2']);
  });
});

interface Page {
  articles: { edges: unknown[]; pageInfo: { endCursor: string } };
}
