import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import documents from '../../examples/web/persisted-documents.json';
import { describeInBrowser, openPage, startBrowser } from '../helpers/browser';
import { waitUntil } from '../helpers/wait-until';
import { signIn, startWebClient, type WebClient } from './helpers/web-client';

const JSON_HEADERS = { 'content-type': 'application/json', 'apollo-require-preflight': '1' };
const HOSTILE = `"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'</script><svg/onload=window.hacked=1>`;

describeInBrowser('who attacks the web client', () => {
  let web: WebClient;
  let browser: Browser;
  let readers: { cookie: string; name: string }[];
  beforeAll(async () => {
    web = await startWebClient();
    browser = await startBrowser();
    readers = [await readerNamed('reader-1'), await readerNamed('reader-2')];
  });
  afterAll(async () => {
    await browser?.close();
    await web?.close();
  });

  async function readerNamed(user: string) {
    await using watched = await openPage(browser);
    await signIn(watched.page, web, user);
    const cookie = await cookieOf(watched.page);
    const { me } = await ask<{ me: { name: string } }>('{ me { name } }', cookie);
    return { cookie, name: me.name };
  }
  async function cookieOf(page: Page): Promise<string> {
    return (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  }
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(web.url + path, { headers, redirect: 'manual' });
  const follow = (path: string, headers: Record<string, string>) => fetch(web.url + path, { headers });
  const post = (path: string, headers: Record<string, string> = {}, body = '') =>
    fetch(web.url + path, { method: 'POST', headers, body, redirect: 'manual' });
  async function ask<Data>(query: string, cookie: string): Promise<Data> {
    const response = await post('/api/graphql', { ...JSON_HEADERS, cookie }, JSON.stringify({ query }));
    return ((await response.json()) as { data: Data }).data;
  }
  /** The cookies that an answer sets, as a browser sends them back. */
  const kept = (response: Response) =>
    response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  const sessionsOf = (name: string) =>
    web.app.context.database.prisma.session.count({ where: { revokedAt: null, user: { name } } });

  it('leads no login to another site, however the address is written', async () => {
    for (const elsewhere of [
      '//elsewhere.example',
      '/.//elsewhere.example',
      '/x/..//elsewhere.example',
      '/%2e//elsewhere.example',
      '/.\\\\elsewhere.example',
      '/\\elsewhere.example',
      '/\t/elsewhere.example',
      '/\r\n//elsewhere.example',
      'https:elsewhere.example',
      'javascript:alert(1)',
      '／／elsewhere.example',
      '/\u0000/elsewhere.example',
    ]) {
      const response = await get(`/auth/kakao/login?returnTo=${encodeURIComponent(elsewhere)}`);
      const begun = decodeURIComponent(kept(response).split('=').slice(1).join('='));
      const { returnTo } = JSON.parse(begun) as { returnTo: string };
      expect([elsewhere, returnTo]).toEqual([elsewhere, expect.stringMatching(/^\/(?![/\\])/)]);
      expect(new URL(returnTo, web.url).origin).toBe(web.url);
      const page = await (await get(`/login?returnTo=${encodeURIComponent(elsewhere)}`)).text();
      expect(page).not.toMatch(/href="\/auth\/kakao\/login\?returnTo=%2F(%2F|%5C)/i);
    }
  });

  it('finishes no login that this browser has not begun', async () => {
    const asked = await web.app.context.database.prisma.spentLoginState.count();
    for (const login of [
      '1',
      'null',
      '{}',
      '[]',
      '{"state":5}',
      '{"state":"s","codeVerifier":"v","returnTo":5}',
    ])
      for (const search of ['code=c', 'code=c&state=s', 'code=c&state=undefined']) {
        const cookie = `gyeongdan-web-login=${encodeURIComponent(login)}`;
        const response = await get(`/auth/kakao/callback?${search}`, { cookie });
        expect([login, search, response.status, response.headers.get('location')]).toEqual([
          login,
          search,
          307,
          '/login?fault=foreign&returnTo=%2F',
        ]);
      }
    expect(await web.app.context.database.prisma.spentLoginState.count()).toBe(asked);
  });

  it('breaks nothing by cookies, headers and addresses that nobody sends', async () => {
    const body = JSON.stringify({ query: '{ popularArticles { id } }' });
    for (const value of ['a%0d%0ax:%20y', '%E2%82%AC', '%00', '%0a', '%', 'x'.repeat(6000)])
      for (const name of ['access', 'refresh', 'reader', 'viewer', 'login']) {
        const cookie = `gyeongdan-web-${name}=${value}`;
        const statuses = [
          (await post('/api/graphql', { ...JSON_HEADERS, cookie }, body)).status,
          (await post('/auth/refresh', { cookie })).status,
        ];
        expect([cookie, statuses.filter((status) => status >= 500)]).toEqual([cookie, []]);
      }
    for (const [path, headers] of [
      ['/login?fault=toString'],
      ['/login?fault=__proto__'],
      ['/login?fault=foreign&fault=away&returnTo=/a&returnTo=/b'],
      ['/?category=__proto__'],
      ['/search?q=%00'],
      ['/', { 'x-forwarded-host': 'a b' }],
      ['/', { 'x-forwarded-proto': 'javascript' }],
      ['/auth/kakao/login', { 'x-forwarded-host': '[', 'x-forwarded-proto': '//' }],
    ] as [string, Record<string, string>?][])
      expect([path, (await get(path, headers)).status < 500]).toEqual([path, true]);
  });

  it('gets no answer of another reader, and leaves none in a cache', async () => {
    const turns = Array.from({ length: 40 }, (_, turn) => readers[turn % 2]!);
    const names = await Promise.all(
      turns.map(
        async ({ cookie }) => (await ask<{ me: { name: string } }>('{ me { name } }', cookie)).me.name,
      ),
    );
    expect(names).toEqual(turns.map(({ name }) => name));

    const question = `/api/graphql?query=${encodeURIComponent('{ popularArticles { id } }')}`;
    const anonymous = await get(question, JSON_HEADERS);
    expect(anonymous.headers.get('cache-control')).toMatch(/^public/);
    expect(anonymous.headers.getSetCookie()).toEqual([]);
    const { cookie } = readers[0]!;
    for (const response of [
      await get(question, { ...JSON_HEADERS, cookie }),
      await get('/', { cookie }),
      await follow('/', { cookie, rsc: '1' }),
      await follow('/desk', { cookie, rsc: '1' }),
      await get('/auth/kakao/login', { cookie }),
      await get('/auth/kakao/callback?code=c&state=s', { cookie }),
      await post('/auth/socket-token', { cookie }),
    ])
      expect([response.url, response.headers.get('cache-control')]).toEqual([
        response.url,
        expect.stringContaining('no-store'),
      ]);
  });

  it('reads nothing of the desk as a reader who claims to be its editor', async () => {
    const { prisma } = web.app.context.database;
    const { publisherId } = await prisma.article.findFirstOrThrow();
    const secret = '아직 아무도 읽지 못하는 제목';
    const { id } = await prisma.article.create({
      data: {
        title: secret,
        content: secret,
        category: 'OPINION_AND_ANALYSIS',
        publisherId,
        publishedAt: new Date(),
      },
    });
    const cookie = readers[0]!.cookie.replace('reader=USER', 'reader=ADMIN');
    expect(cookie).toContain('reader=ADMIN');
    for (const path of ['/desk', `/desk/articles/${id}`, `/articles/${id}`])
      for (const rsc of [{}, { rsc: '1' }, { rsc: '1', 'next-router-prefetch': '1' }] as Record<
        string,
        string
      >[])
        expect(await (await follow(path, { cookie, ...rsc })).text()).not.toContain(secret);
  });

  it('carries out no mutation by a GET, whose hash the gateway does not know', async () => {
    const [hash] = Object.entries(documents).find(([, text]) => text.startsWith('mutation BeginKakaoLogin'))!;
    const search = new URLSearchParams({
      operationName: 'BeginKakaoLogin',
      variables: JSON.stringify({ redirectUri: `${web.url}/auth/kakao/callback` }),
      extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash.replace('sha256:', '') } }),
    });
    const response = await get(`/api/graphql?${search}`, JSON_HEADERS);
    expect((await response.json()) as object).not.toHaveProperty('data.beginKakaoLogin');
  });

  it('renews a session once by 20 tabs, and none that was left meanwhile', async () => {
    const { cookie, name } = await readerNamed('reader-3');
    const { sessionVersion } = (await (await post('/auth/socket-token', { cookie })).json()) as {
      sessionVersion: string;
    };
    const renew = (of: string) => post('/auth/refresh', { cookie: of, 'session-version': sessionVersion });
    const renewals = await Promise.all(Array.from({ length: 20 }, () => renew(cookie)));
    expect(new Set(renewals.map(({ status }) => status))).toEqual(new Set([204]));
    expect(await sessionsOf(name)).toBe(1);

    const [late, left] = await Promise.all([renew(cookie), post('/auth/logout', { cookie })]);
    expect([left.status, left.headers.get('location')]).toEqual([303, '/']);
    expect(await sessionsOf(name)).toBe(0);
    const renewed = [...renewals, late].map(kept).filter((each) => each.includes('access=e'));
    for (const each of [cookie, renewed[0]!, renewed.at(-1)!])
      expect((await ask<{ me: unknown } | null>('{ me { id } }', each))?.me ?? null).toBeNull();
  });

  it('makes it hold no bodies, and stops nobody else', async () => {
    const sockets: Socket[] = [];
    /** Begins a body that never ends; tells what is answered. */
    function begin(path: string, bytes: number) {
      const told = { text: '' };
      const { hostname, port } = new URL(web.url);
      const socket = connect(Number(port), hostname, () => {
        const head = Object.entries({ host: 'localhost', ...JSON_HEADERS, 'content-length': '9999999' });
        socket.write(
          `POST ${path} HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
        );
        socket.write('x'.repeat(bytes));
      });
      socket.setEncoding('utf8').on('data', (text: string) => (told.text += text));
      socket.on('error', () => null);
      sockets.push(socket);
      return told;
    }
    try {
      const long = begin('/api/graphql', 1_100_000);
      await waitUntil('it is refused', () => long.text.startsWith('HTTP/1.1 413'));
      const large = Array.from({ length: 60 }, () => begin('/api/graphql', 1_000_000));
      await waitUntil('some are refused', () => large.some(({ text }) => text.startsWith('HTTP/1.1 503')));
      expect(await ask('{ popularArticles { id } }', readers[0]!.cookie)).toHaveProperty('popularArticles');
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  });

  it('gets from Next neither its picture service nor its sources, nor around the policy', async () => {
    for (const url of ['/icon.svg', '//elsewhere.example/a.png', 'http://127.0.0.1:22', '/auth/kakao/login'])
      expect((await get(`/_next/image?w=64&q=75&url=${encodeURIComponent(url)}`)).status).toBe(404);
    const home = await (await get('/')).text();
    const script = /\/_next\/static\/[^"]+\.js/.exec(home)![0];
    expect((await get(script)).status).toBe(200);
    expect((await get(`${script}.map`)).status).toBe(404);

    const nonces = new Set<string>();
    const skip = { 'x-middleware-subrequest': Array(5).fill('src/proxy').join(':') };
    const own = { 'x-nonce': 'known', 'content-security-policy': "script-src 'nonce-known'" };
    for (const [path, headers] of [
      ['/', {}],
      ['/', skip],
      ['/', own],
      ['/icon.svg/x', {}],
      ['/x', {}],
    ] as const) {
      const response = await get(path, headers);
      const policy = response.headers.get('content-security-policy') ?? '';
      for (const part of [
        "default-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
      ])
        expect([path, policy]).toEqual([path, expect.stringContaining(part)]);
      const nonce = /'nonce-([^']+)'/.exec(policy)![1]!;
      expect(await response.text()).toContain(`nonce="${nonce}"`);
      nonces.add(nonce);
      expect(response.headers.get('x-powered-by')).toBeNull();
    }
    expect(nonces.size).toBe(5);
  });

  it('runs nothing by what articles, publishers, links and searches hold', async () => {
    const { prisma } = web.app.context.database;
    const publisher = await prisma.publisher.create({ data: { name: HOSTILE } });
    const { id } = await prisma.article.create({
      data: {
        title: HOSTILE,
        content: `금리 ${HOSTILE}`,
        comment: HOSTILE,
        category: 'OPINION_AND_ANALYSIS',
        phrases: [{ expression: '금리', easy: HOSTILE }],
        publisherId: publisher.id,
        publishedAt: new Date(),
        releasedAt: new Date(),
        status: 'PUBLISHED',
        related: {
          create: {
            place: 0,
            page: 'p',
            link: 'https://elsewhere.example/"><b>',
            title: HOSTILE,
            snippet: HOSTILE,
          },
        },
      },
    });
    await using watched = await openPage(browser);
    const { page, complaints } = watched;
    for (const path of [`/articles/${id}`, '/', `/search?q=${encodeURIComponent(HOSTILE)}`]) {
      await page.goto(web.url + path, { waitUntil: 'networkidle' });
      expect(
        await page.evaluate('[window.hacked, document.querySelectorAll("img[onerror], svg[onload]").length]'),
      ).toEqual([undefined, 0]);
    }
    expect(complaints).toEqual([]);
  });

  it('does nothing from a page of a sibling site, which sends the cookies along', async () => {
    await using watched = await openPage(browser);
    const { page } = watched;
    await signIn(page, web, 'reader-4');
    const before = await cookieOf(page);
    const sibling = await startSibling(web.url);
    try {
      await page.goto(sibling.url);
      const told = await page.evaluate<string[]>('attack()');
      expect(told).toEqual(told.map(() => 'refused'));
      expect(told.length).toBeGreaterThan(4);
      for (const form of ['logout', 'refresh', 'graphql']) {
        await page.goto(sibling.url);
        await Promise.all([
          page.waitForURL(`${web.url}/**`),
          page.evaluate(`document.forms.${form}.submit()`),
        ]);
        expect(await page.content()).toMatch(/FORBIDDEN/);
      }
      await page.goto(sibling.url);
      expect(
        page
          .frames()
          .slice(1)
          .map((frame) => frame.url()),
      ).not.toContain(`${web.url}/`);
    } finally {
      sibling.server.close();
    }
    expect(await cookieOf(page)).toBe(before);
    await page.goto(web.url);
    await page.getByRole('button', { name: '로그아웃' }).waitFor();
  });
});

/** Another port of this very host: the same site for cookies, another origin. */
async function startSibling(target: string): Promise<{ url: string; server: Server }> {
  const html = `<!doctype html><title>sibling</title>
    <form name="logout" method="post" action="${target}/auth/logout"></form>
    <form name="refresh" method="post" action="${target}/auth/refresh"></form>
    <form name="graphql" method="post" action="${target}/api/graphql" enctype="text/plain">
      <input name='{"query":"mutation { deleteAccount }","x":"' value='"}'></form>
    <iframe src="${target}/"></iframe>
    <script>
      async function attack() {
        const send = (path, init) => fetch('${target}' + path, { credentials: 'include', ...init })
          .then((answer) => answer.text(), () => 'refused');
        const json = { 'content-type': 'application/json', 'apollo-require-preflight': '1' };
        const told = [];
        for (const path of ['/api/graphql', '/auth/logout', '/auth/refresh', '/auth/socket-token']) {
          told.push(await send(path, { method: 'POST', headers: json, body: '{"query":"mutation { deleteAccount }"}' }));
          told.push(await send(path, { method: 'POST', body: '{"query":"mutation { deleteAccount }"}' }));
          await send(path, { method: 'POST', mode: 'no-cors', body: '{"query":"mutation { deleteAccount }"}' });
        }
        return told;
      }
    </script>`;
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(html),
  );
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, server };
}
