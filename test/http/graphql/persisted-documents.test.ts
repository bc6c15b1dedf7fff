import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { print } from 'graphql';
import { createClient, type FormattedExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';
import {
  BeginKakaoLoginDocument,
  LoginWithKakaoCodeDocument,
  SetUserRoleDocument,
} from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
import { signInAt } from '../../helpers/browser-session';
import { TestClock } from '../../helpers/clock';
import { liveClient } from '../../helpers/live-client';
import { createArticle, createPublisher } from '../../helpers/records';
import { waitUntil } from '../../helpers/wait-until';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** As the client preset writes them: sorted, on one line. */
const HOME = 'query Home { articles(first: 1) { totalCount } publishers { id name } }';
const ME = 'query Me { me { id name } }';
const PUBLISHED = 'subscription Published { articlePublished { id title } }';
/** What clients send in its place. */
const HOME_AS_WRITTEN = `
  # of the home page
  query Home {
    publishers { name, id, __typename }
    articles(first: 1) { totalCount __typename }
  }`;
const OTHER = 'query Home { publishers { id name } }';
const OTHER_EVENTS = 'subscription Published { articlePublished { id } }';

const extensions = (sha256Hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash } });
const listOf = (texts: string[]) =>
  JSON.stringify(Object.fromEntries(texts.map((text) => [sha256(text), text])));

const folder = mkdtempSync(path.join(tmpdir(), 'persisted-'));
const file = path.join(folder, 'documents.json');
const appFile = path.join(folder, 'app.json');
writeFileSync(file, listOf([HOME, ME, PUBLISHED]));
writeFileSync(
  appFile,
  listOf([BeginKakaoLoginDocument, LoginWithKakaoCodeDocument, SetUserRoleDocument].map(print)),
);
afterAll(() => rmSync(folder, { recursive: true }));

interface Answer {
  status: number;
  cache: string | null;
  data?: unknown;
  code: string | undefined;
  message: string | undefined;
}

async function answerOf(response: Response): Promise<Answer> {
  const { data, errors } = JSON.parse(await response.text()) as FormattedExecutionResult;
  return {
    status: response.status,
    cache: response.headers.get('cache-control'),
    data,
    code: errors?.[0]?.extensions?.code as string | undefined,
    message: errors?.[0]?.message,
  };
}

function searchOf(parameters: object): string {
  const texts = Object.entries(parameters).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(texts).toString();
}

function clientOf(app: TestApp) {
  return {
    post: async (body: object, headers: Record<string, string> = {}) =>
      answerOf(
        await fetch(`${app.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
      ),
    get: async (parameters: object, headers: Record<string, string> = {}) => {
      const search = searchOf(parameters);
      const preflight = { 'apollo-require-preflight': 'true' };
      return answerOf(await fetch(`${app.url}/graphql?${search}`, { headers: { ...preflight, ...headers } }));
    },
  };
}
const REFUSED = { status: 400, code: 'DOCUMENT_NOT_PERSISTED', data: undefined };
const FOUND = { status: 200, code: undefined, data: { publishers: [{ name: '경단일보' }] } };

describe('with ONLY_PERSISTED_DOCUMENTS', () => {
  const clock = new TestClock();
  let app: TestApp;
  let token: string;
  let readerToken: string;
  let client: ReturnType<typeof clientOf>;
  const bearer = (of: string) => ({ authorization: `Bearer ${of}` });

  beforeAll(async () => {
    const environment = {
      ONLY_PERSISTED_DOCUMENTS: 'true',
      PERSISTED_DOCUMENTS_FILE: `${file}, ${appFile}`,
    };
    app = await startTestApp({ clock, environment });
    await createPublisher(app.context.database.prisma, { name: '경단일보' });
    client = clientOf(app);
    token = (await app.login('admin')).accessToken;
    readerToken = (await app.login('reader-1')).accessToken;
  });
  afterAll(() => app.close());

  it.each([
    ['by its hash', { extensions: extensions(sha256(HOME)) }],
    ['by its hash, with the name of the algorithm', { extensions: extensions(`sha256:${sha256(HOME)}`) }],
    ['as whole text', { query: HOME }],
    ['as text and hash', { query: HOME, extensions: extensions(sha256(HOME)) }],
    ['as a client prints it', { query: HOME_AS_WRITTEN }],
    ['as a client prints it, with the hash of that', { query: HOME_AS_WRITTEN, extensions: extensions(sha256(HOME_AS_WRITTEN)) }],
  ])('what is listed is answered %s, by POST and GET', async (_how, request) => {
    expect(await client.post(request)).toMatchObject(FOUND);
    expect(await client.get(request)).toMatchObject(FOUND);
  }); // prettier-ignore

  it('an anonymous GET by hash may be kept by caches, and a refusal may not', async () => {
    expect((await client.get({ extensions: extensions(sha256(HOME)) })).cache).toContain('public');
    expect((await client.get({ query: OTHER })).cache).toContain('no-store');
  });

  it.each([
    ['a text that is not listed', { query: OTHER }],
    ['the text of another document under a known hash', { query: OTHER, extensions: extensions(sha256(HOME)) }],
    ['an APQ registration', { query: OTHER, extensions: extensions(sha256(OTHER)) }],
    ['a listed operation beside another one', { query: `${HOME} query B { faqs { id } }`, operationName: 'Home' }],
    ['introspection', { query: '{ __schema { types { name } } }' }],
    ['__typename alone', { query: '{ __typename }' }],
    ['a text that is no GraphQL', { query: 'query Home {' }],
    ['a text of too many tokens', { query: `{ ${'a '.repeat(1_500)} }` }],
    ['a mutation', { query: 'mutation { logout }' }],
  ])('%s is refused, by POST and GET', async (_what, request) => {
    const sent = app.statements.length;
    expect(await client.post(request)).toMatchObject(REFUSED);
    expect(await client.get(request)).toMatchObject(REFUSED);
    expect(await client.post(request, bearer(readerToken))).toMatchObject(REFUSED);
    expect(app.statements.slice(sent).filter((sql) => /publisher|faq/i.test(sql))).toEqual([]);
  }); // prettier-ignore

  it('the refusal says what to do, in both languages, and is counted', async () => {
    expect((await client.post({ query: OTHER })).message).toContain('최신 버전으로 업데이트해 주세요');
    expect((await client.post({ query: OTHER }, { 'accept-language': 'en' })).message).toContain('Reload');
    const metrics = await app.context.metrics.registry.metrics();
    expect(metrics).toMatch(/errors_total\{code="DOCUMENT_NOT_PERSISTED"\} [1-9]/);
    await client.post({ query: OTHER, operationName: 'OldHome' });
    expect(app.logs.some((line) => line.includes('"operation":"OldHome"') && line.includes('400'))).toBe(
      true,
    );
  });

  it('an unknown hash asks for the text, which is looked up then', async () => {
    const unknown = { extensions: extensions(sha256(OTHER)) };
    expect(await client.post(unknown)).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
    expect(await client.get(unknown)).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
    for (const wrong of [{ a: 1 }, 1, '', null, '__proto__', 'sha256:'])
      expect((await client.post({ extensions: extensions(wrong) })).code).toMatch(
        /^(PERSISTED_QUERY_NOT_FOUND|BAD_REQUEST)$/,
      );
  });

  it('batches, and two queries in one address, are refused as ever', async () => {
    expect(await client.post([{ query: HOME }, { query: OTHER }])).toMatchObject({ code: 'BAD_REQUEST' });
    const search = `query=${encodeURIComponent(HOME)}&query=${encodeURIComponent(OTHER)}`;
    const headers = { 'apollo-require-preflight': 'true' };
    const both = await answerOf(await fetch(`${app.url}/graphql?${search}`, { headers }));
    expect(both).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });

  it('an ADMIN sends anything, and registers nothing for others', async () => {
    const registration = { query: OTHER, extensions: extensions(sha256(OTHER)) };
    expect(await client.post(registration, bearer(token))).toMatchObject(FOUND);
    expect(await client.get({ query: OTHER }, bearer(token))).toMatchObject(FOUND);
    const byHash = { extensions: extensions(sha256(OTHER)) };
    expect(await client.post(byHash)).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
    expect(await client.post({ query: OTHER })).toMatchObject(REFUSED);
    expect(await client.post({ query: '{ __schema { queryType { name } } }' }, bearer(token))).toMatchObject({
      status: 200,
    });
  });

  it('what a client registered of the list is known by that hash, too', async () => {
    const text = HOME_AS_WRITTEN.replace('home page', 'start page');
    expect(await client.post({ extensions: extensions(sha256(text)) })).toMatchObject({
      code: 'PERSISTED_QUERY_NOT_FOUND',
    });
    expect(await client.post({ query: text, extensions: extensions(sha256(text)) })).toMatchObject(FOUND);
    expect(await client.get({ extensions: extensions(sha256(text)) })).toMatchObject(FOUND);
  });

  it('the playground’s cookie of an ADMIN counts at our Origin only', async () => {
    const origin = app.config.publicUrl;
    const { cookie } = await signInAt(app, 'admin');
    expect(await client.post({ query: OTHER }, { cookie, origin })).toMatchObject(FOUND);
    const strangers: Record<string, string>[] = [{ cookie, origin: 'https://elsewhere.example' }, { cookie }];
    for (const headers of strangers)
      expect(await client.post({ query: OTHER }, headers)).toMatchObject(REFUSED);
    expect(await client.get({ query: OTHER }, { cookie, origin })).toMatchObject(REFUSED);
    const reader = await signInAt(app, 'reader-2');
    expect(await client.post({ query: OTHER }, { cookie: reader.cookie, origin })).toMatchObject(REFUSED);
  });

  function listen(of?: string) {
    const live = liveClient(app.url, of === undefined ? {} : { token: of });
    return live;
  }

  describe('over a WebSocket', () => {
    it('what is listed is told, as text and by hash, and nothing else', async () => {
      const live = listen();
      expect(await live.watch(OTHER_EVENTS).codes()).toEqual(['DOCUMENT_NOT_PERSISTED']);
      expect(await live.watch('subscription {').codes()).toEqual(['DOCUMENT_NOT_PERSISTED']);
      const asText = live.watch('subscription Published { articlePublished { title, id, __typename } }');
      const told: unknown[] = [];
      const failed = jest.fn();
      const client = createClient({
        url: `${app.url.replace(/^http/, 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
      });
      const sink = { next: (event: unknown) => void told.push(event), error: failed, complete: () => {} };
      client.subscribe({ query: '', extensions: extensions(sha256(PUBLISHED)) }, sink);
      await published(() => told.length > 0 && asText.events.length > 0);
      expect(told[0]).toMatchObject({ data: { articlePublished: { title: '새 기사' } } });
      client.subscribe({ query: '', extensions: extensions(sha256(OTHER_EVENTS)) }, sink);
      const errors = await waitUntil(
        'it is refused',
        () => failed.mock.calls[0]?.[0] as { message: string }[],
      );
      expect(errors).toMatchObject([{ message: 'PersistedQueryNotFound' }]);
      await Promise.all([client.dispose(), live.dispose()]);
    });

    it('an ADMIN who is demoted is told no more of what is not listed, and opens nothing', async () => {
      const other = await app.login('reader-3');
      const change = async (role: 'ADMIN' | 'USER') => {
        const { errors } = await app.send(SetUserRoleDocument, { id: other.user.id, role }, { token });
        expect(errors).toEqual([]);
      };
      await change('ADMIN');
      const { accessToken } = await app.login('reader-3');
      const live = listen(accessToken);
      const watched = live.watch(OTHER_EVENTS);
      const listed = live.watch(PUBLISHED);
      await published(() => watched.events.length > 0 && listed.events.length > 0);
      expect(watched.events[0]).toMatchObject({ data: { articlePublished: { id: expect.any(String) } } });
      await change('USER');
      const seen = watched.events.length;
      await published(() => watched.hasEnded);
      expect(watched.events.slice(seen).filter(({ data }) => data)).toEqual([]);
      expect(await live.watch(OTHER_EVENTS).codes()).toEqual(['DOCUMENT_NOT_PERSISTED']);
      await live.dispose();
    });
  });

  it('over server-sent events what is listed is told, as text and by hash, and nothing else', async () => {
    const stream = (request: object, method = 'POST', headers: Record<string, string> = {}) => {
      const gone = new AbortController();
      const response = fetch(`${app.url}/graphql/stream${method === 'GET' ? `?${searchOf(request)}` : ''}`, {
        method,
        headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
        ...(method === 'POST' && { body: JSON.stringify(request) }),
        signal: gone.signal,
      });
      return response.then(async (answer) => {
        if (answer.status !== 200) return answerOf(answer);
        gone.abort();
        return { status: 200, type: answer.headers.get('content-type') };
      });
    };
    const open = { status: 200, type: 'text/event-stream; charset=utf-8' };
    for (const method of ['POST', 'GET']) {
      expect(await stream({ query: PUBLISHED }, method)).toEqual(open);
      expect(await stream({ extensions: extensions(sha256(PUBLISHED)) }, method)).toEqual(open);
      expect(await stream({ query: OTHER_EVENTS }, method)).toMatchObject(REFUSED);
      expect(await stream({ query: OTHER_EVENTS }, method, bearer(token))).toEqual(open);
      const unknown = { extensions: extensions(sha256(OTHER_EVENTS)) };
      expect(await stream(unknown, method)).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
      expect(await stream({}, method)).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    }
  });

  async function published(isTold: () => boolean) {
    const { prisma } = app.context.database;
    const { id: publisherId } = await createPublisher(prisma);
    let next = 0;
    await waitUntil('an article is told', async () => {
      if (next++ % 20 === 0) await createArticle(prisma, { publisherId, title: '새 기사' });
      return isTold();
    });
  }

  // The clock goes on: what needs the tokens comes before.
  it('an expired token is told to be one: it may be that of an ADMIN', async () => {
    clock.advance(16 * 60);
    const expired = { status: 401, code: 'UNAUTHENTICATED' };
    expect(await client.post({ query: OTHER }, bearer(token))).toMatchObject(expired);
    expect(await client.post({ query: OTHER }, bearer('forged'))).toMatchObject(expired);
    expect(await client.post({ query: HOME }, bearer(token))).toMatchObject(expired);
    expect(await client.post({ query: OTHER })).toMatchObject(REFUSED);
  });
});

it('without ONLY_PERSISTED_DOCUMENTS the list is known by hash, and anything may be sent', async () => {
  const app = await startTestApp({ environment: { PERSISTED_DOCUMENTS_FILE: file } });
  try {
    await createPublisher(app.context.database.prisma, { name: '경단일보' });
    const client = clientOf(app);
    expect(await client.get({ extensions: extensions(sha256(HOME)) })).toMatchObject(FOUND);
    expect(await client.post({ query: OTHER, extensions: extensions(sha256(OTHER)) })).toMatchObject(FOUND);
    expect(await client.post({ extensions: extensions(sha256(OTHER)) })).toMatchObject(FOUND);
    // What is listed is not replaced under its hash.
    const poison = { query: OTHER, extensions: extensions(sha256(HOME)) };
    expect(await client.post(poison)).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(await client.post({ extensions: extensions(sha256(HOME)) })).toMatchObject(FOUND);
  } finally {
    await app.close();
  }
});
