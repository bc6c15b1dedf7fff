import { createHash } from 'node:crypto';
import { startTestApp, type TestApp } from '../helpers/app';
import { createArticle, createPublisher } from '../helpers/records';

interface Stored {
  freshUntil: number;
  vary: string[];
  requestHeaders: Record<string, string>;
  answer: CachedAnswer;
}
interface CachedAnswer {
  hit: boolean;
  text: string;
  headers: Headers;
}

/** As little of a shared cache as RFC 9111 allows: Cache-Control, and the headers that Vary names. */
class SharedCache {
  private readonly stored = new Map<string, Stored[]>();

  async get(url: string, requestHeaders: Record<string, string>): Promise<CachedAnswer> {
    const known = this.stored
      .get(url)
      ?.find(
        (entry) =>
          entry.freshUntil > Date.now() &&
          entry.vary.every((name) => entry.requestHeaders[name] === requestHeaders[name]),
      );
    if (known) return { ...known.answer, hit: true };
    const response = await fetch(url, { headers: requestHeaders });
    const answer = { hit: false, text: await response.text(), headers: response.headers };
    const control = response.headers.get('cache-control') ?? '';
    const maxAge = Number(/max-age=(\d+)/.exec(control)?.[1] ?? 0);
    if (/\bpublic\b/.test(control) && !/no-store|private/.test(control) && maxAge > 0) {
      const vary = (response.headers.get('vary') ?? '').split(',').map((name) => name.trim().toLowerCase());
      const entry = { freshUntil: Date.now() + maxAge * 1000, vary, requestHeaders, answer };
      this.stored.set(url, [...(this.stored.get(url) ?? []), entry]);
    }
    return answer;
  }
}

describe('behind a shared cache', () => {
  const clientOrigin = 'https://gyeongdan.example';
  const otherOrigin = 'https://staging.gyeongdan.example';
  let app: TestApp;
  let cache: SharedCache;
  let admin: { authorization: string };

  beforeAll(async () => {
    app = await startTestApp({ environment: { CORS_ORIGINS: `${clientOrigin},${otherOrigin}` } });
    const { prisma } = app.context.database;
    const { id: publisherId } = await createPublisher(prisma, {
      name: '매일경제',
      feedUrl: 'https://f.example/',
    });
    await createArticle(prisma, { publisherId, title: '나온 기사' });
    await createArticle(prisma, { publisherId, title: '숨은 기사', status: 'HIDDEN' });
    admin = { authorization: `Bearer ${(await app.login('admin')).accessToken}` };
  });
  beforeEach(() => {
    cache = new SharedCache();
  });
  afterAll(() => app.close());

  /** Registers the query, so that it can be asked for by its hash in a URL. */
  async function persisted(query: string, variables: object = {}): Promise<string> {
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...admin },
      body: JSON.stringify({ query, variables, extensions }),
    });
    const search = new URLSearchParams({
      extensions: JSON.stringify(extensions),
      variables: JSON.stringify(variables),
    });
    return `${app.url}/graphql?${search.toString()}`;
  }
  const get = (url: string, headers: Record<string, string> = {}) =>
    cache.get(url, { 'content-type': 'application/json', ...headers });

  it('keeps what anybody may see, for seconds', async () => {
    const url = await persisted('{ articles(first: 5) { edges { node { title } } } }');
    const first = await get(url);
    expect(first.headers.get('cache-control')).toBe('public, max-age=10');
    expect(first.headers.get('vary')).toMatch(/Authorization, Cookie, Accept, Accept-Language/);
    expect(first.text).toContain('나온 기사');
    expect(await get(url)).toMatchObject({ hit: true, text: first.text });
  });

  it.each([
    ['a field for admins', '{ publishers { name feedUrl } }', 'f.example'],
    [
      'articles that are hidden',
      '{ articles(filter: { status: HIDDEN }) { edges { node { title } } } }',
      '숨은',
    ],
    ['their own account', '{ me { email } }', 'admin@example.com'],
  ])('ADMIN’s answer is never served to anybody else by a cache: %s', async (_what, query, secret) => {
    const url = await persisted(query);
    const theirs = await get(url, admin);
    expect(theirs.headers.get('cache-control')).toBe('private, no-store');
    expect(theirs.text).toContain(secret);
    const anybodys = await get(url);
    expect(anybodys.hit).toBe(false);
    expect(anybodys.text).not.toContain(secret);
    expect(anybodys.headers.get('cache-control')).toBe('private, no-store');
    expect((await get(url, admin)).hit).toBe(false);
  });

  it('keeps no answer that names its reader, and does keep those of readers who have a name', async () => {
    const ask = (headers: Record<string, string> = {}) =>
      app.query('{ publishers { name } }', {}, { headers });
    const { headers } = await ask();
    expect(headers.get('viewer-id')).toBeTruthy();
    expect(headers.get('cache-control')).toBe('private, no-store');
    const named = await ask({ 'viewer-id': headers.get('viewer-id')! });
    expect(named.headers.get('viewer-id')).toBeNull();
    expect(named.headers.get('cache-control')).toBe('public, max-age=60');
  });

  it('never gives an admin, or anybody with a cookie, what was kept for the public', async () => {
    const url = await persisted('{ publishers { id name } }');
    await get(url);
    expect((await get(url)).hit).toBe(true);
    expect(await get(url, admin)).toMatchObject({ hit: false });
    const withCookie = await get(url, { cookie: 'gyeongdan=anything' });
    expect(withCookie.hit).toBe(false);
    expect(withCookie.headers.get('cache-control')).toBe('private, no-store');
  });

  it('keeps no refusal, no fault, no 401 and no unknown hash', async () => {
    const urls = [
      await persisted('{ users { totalCount } }'),
      await persisted('{ article(id: "x") { id } }'),
      `${app.url}/graphql?query=${encodeURIComponent('{ nothing }')}`,
      `${app.url}/graphql?extensions=${encodeURIComponent('{"persistedQuery":{"version":1,"sha256Hash":"0"}}')}`,
      `${app.url}/graphql`,
    ];
    for (const url of urls) {
      const { headers, text } = await get(url);
      expect(text).toContain('"errors"');
      expect(headers.get('cache-control')).toMatch(/no-store/);
    }
    const { headers } = await get(await persisted('{ publishers { id } }'), { authorization: 'Bearer x' });
    expect(headers.get('cache-control')).toBe('private, no-store');
  });

  it('keeps one answer for each origin that may read it', async () => {
    const url = await persisted('{ publishers { name } }');
    for (const origin of [clientOrigin, otherOrigin]) {
      const { headers } = await get(url, { origin });
      expect(headers.get('access-control-allow-origin')).toBe(origin);
    }
    expect((await get(url, { origin: clientOrigin })).hit).toBe(true);
  });

  it('keeps one answer for each language', async () => {
    const url = await persisted('{ publishers { id } }');
    await get(url, { 'accept-language': 'ko' });
    expect((await get(url, { 'accept-language': 'en' })).hit).toBe(false);
  });
});
