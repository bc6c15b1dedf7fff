import { setImmediate } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { Crawler, type CrawlerOptions } from '../../../src/adapters/crawler/crawler';
import { answer, fixture, redirect, type Handler, type PageServer } from '../../fixtures/pages/serve-pages';
import { closedAfterEach } from '../../helpers/closed-after-each';

const ARTICLE = answer(fixture('mk.html'));
const { cleanups, serve } = closedAfterEach();

function crawlerOf(servers: PageServer[], options: Partial<CrawlerOptions> = {}): Crawler {
  const crawler = new Crawler({
    userAgent: 'GyeongdanBot/1.0 (+https://gyeongdan.example)',
    trustedOrigins: servers.map(({ origin }) => origin),
    ...options,
  });
  cleanups.push(() => crawler.close());
  return crawler;
}

async function site(
  routes: Record<string, Handler>,
  options: Partial<CrawlerOptions> = {},
): Promise<{ server: PageServer; crawler: Crawler; crawl: (path: string) => ReturnType<Crawler['crawl']> }> {
  const server = await serve(routes);
  const crawler = crawlerOf([server], options);
  return { server, crawler, crawl: (path) => crawler.crawl(server.origin + path) };
}

const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_req, res) =>
    res.writeHead(code, { 'content-type': 'text/html', ...headers }).end('<p>sorry</p>');

describe('crawling a page', () => {
  it('answers the article, says who it is, and resolves addresses against the last hop', async () => {
    let agent: string | undefined;
    const { server, crawl } = await site({
      '/short': redirect('/news/economy/1?utm_source=x'),
      '/news/economy/1': (req, res) => {
        agent = req.headers['user-agent'];
        ARTICLE(req, res);
      },
    });
    const article = await crawl('/short');
    expect(article).toMatchObject({
      title: '은행 예금 금리 석 달 만에 반등',
      canonicalUrl: `${server.origin}/news/economy/1`,
      imageUrl: `${server.origin}/images/2024/11/deposit.jpg`,
    });
    expect(agent).toBe('GyeongdanBot/1.0 (+https://gyeongdan.example)');
  });

  it.each([
    ['/뉴스/금리', 'utf8'],
    ['/뉴스/금리', 'euc-kr'],
  ])('follows a Location that has %s in unescaped %s', async (path, encoding) => {
    const bytes = iconv.encode(path, encoding);
    const escaped = bytes
      .toString('latin1')
      .replace(/[^/]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
    const { server, crawl } = await site({
      '/short': (_req, res) => res.writeHead(302, { location: bytes.toString('latin1') }).end(),
      [escaped]: ARTICLE,
    });
    await expect(crawl('/short')).resolves.toMatchObject({ siteName: '매일경제' });
    expect(server.requests.at(-1)).toBe(escaped);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['gzip', (page: Buffer) => gzipSync(page).subarray(0, -8)],
    ['UTF-8', (page: Buffer) => page],
    ['none', (page: Buffer) => page],
  ])('reads %s', async (encoding, compress) => {
    const headers = { 'content-type': 'text/html', 'content-encoding': encoding };
    const { crawl } = await site({
      '/news': (_req, res) => res.writeHead(200, headers).end(compress(fixture('mk.html'))),
    });
    await expect(crawl('/news')).resolves.toMatchObject({ siteName: '매일경제' });
  });

  it.each([
    '<meta http-equiv="refresh" content="0; url=/news/1?a=1&amp;b=2">',
    '<script>location.href="/news/1?a=1&b=2"</script>',
    "<script>window.location.replace('/news/1?a=1&b=2');</script>",
    "<META HTTP-EQUIV='Refresh' CONTENT='0;URL=/news/1?a=1&b=2'>",
  ])('follows a page that passes readers on at once: %s', async (refresh) => {
    const { crawl } = await site({
      '/go': answer(`<html><head>${refresh}</head></html>`),
      '/news/1?a=1&b=2': ARTICLE,
    });
    expect((await crawl('/go')).title).toBe('은행 예금 금리 석 달 만에 반등');
  });

  it.each([
    ['in a comment', (refresh: string) => `<!--[if lt IE 9]>${refresh}<![endif]-->`],
    ['in noscript', (refresh: string) => `<noscript>${refresh}</noscript>`],
    ['on a condition', () => '<script>if (isOld) location.href="/news/1"</script>'],
    ['in a script', (refresh: string) => `<script>if (0) document.write('${refresh}')</script>`],
    ['in a textarea', (refresh: string) => `<textarea>${refresh}</textarea>`],
    ['in a template', (refresh: string) => `<template>${refresh}</template>`],
    ['in a value', (refresh: string) => `<div title='${refresh}'></div>`],
  ])('does not follow a refresh that no browser would: %s', async (_name, wrap) => {
    const refresh = '<meta http-equiv="refresh" content="0; url=/news/1">';
    const { server, crawl } = await site({ '/go': answer(wrap(refresh)), '/news/1': ARTICLE });
    await expect(crawl('/go')).rejects.toMatchObject({ code: 'ARTICLE_NOT_FOUND_IN_PAGE' });
    expect(server.requests).not.toContain('/news/1');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '#top'])(
    'does not follow a refresh to %s',
    async (target) => {
      const { crawl } = await site({
        '/go': answer(`<meta http-equiv="refresh" content="0; url=${target}">`),
      });
      await expect(crawl('/go')).rejects.toMatchObject({ code: 'ARTICLE_NOT_FOUND_IN_PAGE' });
    },
  );

  it('reads an article where it is, wherever its page would send readers', async () => {
    for (const target of ['/other', 'http://169.254.169.254/latest/', 'javascript:alert(1)']) {
      const html = String(fixture('mk.html')).replace(
        '<head>',
        `<head><meta http-equiv="refresh" content="0; url=${target}">`,
      );
      const { server, crawl } = await site({ '/news/1': answer(html) });
      await expect(crawl('/news/1')).resolves.toMatchObject({ siteName: '매일경제' });
      expect(server.requests).toEqual(['/robots.txt', '/news/1']);
    }
  });

  it('does not follow a page that reloads itself, and one refresh only', async () => {
    const { crawl } = await site({
      '/again': answer('<meta http-equiv="refresh" content="0; url=/again">'),
      '/a': answer('<meta http-equiv="refresh" content="0; url=/b">'),
      '/b': answer('<meta http-equiv="refresh" content="0; url=/a">'),
      '/late': answer('<meta http-equiv="refresh" content="300; url=/news/1">'),
    });
    for (const path of ['/again', '/a', '/late'])
      await expect(crawl(path)).rejects.toMatchObject({ code: 'ARTICLE_NOT_FOUND_IN_PAGE' });
  });

  it('reads a page in CP949 whose header says so', async () => {
    const { crawl } = await site({ '/news': answer(fixture('cp949.html'), 'text/html; charset=cp949') });
    await expect(crawl('/news')).resolves.toMatchObject({ title: '똠방각하 펲시콜라' });
  });

  it.each([
    [404, 'PAGE_NOT_FOUND'],
    [410, 'PAGE_NOT_FOUND'],
    [401, 'PAGE_REFUSED'],
    [403, 'PAGE_REFUSED'],
    [451, 'PAGE_REFUSED'],
    [429, 'PAGE_UNREACHABLE'],
    [500, 'PAGE_UNREACHABLE'],
    [503, 'PAGE_UNREACHABLE'],
    [302, 'PAGE_UNREACHABLE'],
  ])('names status %i %s', async (code, expected) => {
    const { crawl } = await site({ '/news': status(code) });
    await expect(crawl('/news')).rejects.toMatchObject({ code: expected });
  });

  it('says in words that a site asked to wait', async () => {
    const { crawl } = await site({ '/news': status(429) });
    await expect(crawl('/news')).rejects.toMatchObject({
      detail: { ko: '사이트가 나중에 다시 요청해 달라고 했습니다. HTTP 429' },
    });
  });

  it.each([
    ['120', 120],
    ['Mon, 23 Nov 2026 00:01:00 GMT', 60],
    ['Mon, 23 Nov 2020 00:01:00 GMT', 0],
    ['999999999', 86_400],
    ['soon', undefined],
  ])('passes on Retry-After: %s', async (value, retryAfterSeconds) => {
    const now = (): Date => new Date('2026-11-23T00:00:00Z');
    const { crawl } = await site({ '/news': status(503, { 'retry-after': value }) }, { now });
    await expect(crawl('/news')).rejects.toMatchObject({
      code: 'PAGE_UNREACHABLE',
      retryable: true,
      retryAfterSeconds,
    });
  });

  it.each([['application/pdf'], ['application/json'], ['text/plain'], ['image/jpeg'], ['text/htmlx']])(
    'refuses the content type %s',
    async (type) => {
      const { crawl } = await site({ '/news': answer(fixture('mk.html'), type) });
      await expect(crawl('/news')).rejects.toMatchObject({ code: 'PAGE_NOT_HTML' });
    },
  );

  it('reads a page without a content type, but not binary data', async () => {
    const bare =
      (body: Buffer): Handler =>
      (_req, res) =>
        res.writeHead(200).end(body);
    const { crawl } = await site({ '/news': bare(fixture('mk.html')), '/binary': bare(Buffer.alloc(100)) });
    await expect(crawl('/news')).resolves.toMatchObject({ siteName: '매일경제' });
    await expect(crawl('/binary')).rejects.toMatchObject({ code: 'PAGE_NOT_HTML' });
  });

  it.each([['list.html'], ['login-wall.html']])('finds no article in %s', async (name) => {
    const { crawl } = await site({ '/news': answer(fixture(name)) });
    await expect(crawl('/news')).rejects.toMatchObject({ code: 'ARTICLE_NOT_FOUND_IN_PAGE' });
  });

  it('names a server that is gone unreachable, and broken compression for what it is', async () => {
    const { server, crawler, crawl } = await site({
      '/news': (_req, res) =>
        res.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end('xyz'),
      '/cut': (_req, res) =>
        res
          .writeHead(200, { 'content-type': 'text/html', 'content-length': 9 })
          .write('a', () => res.destroy()),
    });
    await expect(crawl('/news')).rejects.toMatchObject({
      code: 'PAGE_NOT_HTML',
      retryable: false,
      message: expect.stringContaining('Content-Encoding') as unknown,
    });
    await expect(crawl('/cut')).rejects.toMatchObject({
      code: 'PAGE_UNREACHABLE',
      detail: { ko: '사이트가 연결을 중간에 끊었습니다.' },
    });
    await server.close();
    cleanups.shift();
    await expect(crawler.crawl(`${server.origin}/news`)).rejects.toMatchObject({ code: 'PAGE_UNREACHABLE' });
  });
});

describe('aborting', () => {
  it('rejects at once with the reason of the signal, whatever is being waited for', async () => {
    const mute: Handler = () => undefined;
    for (const path of ['/news', '/robots.txt']) {
      const { server, crawler } = await site({ [path]: mute });
      const controller = new AbortController();
      const reason = new Error('cancelled by the admin');
      const crawling = crawler.crawl(`${server.origin}/news`, { signal: controller.signal });
      const outcome = expect(crawling).rejects.toBe(reason);
      while (!server.requests.includes(path)) await setImmediate();
      controller.abort(reason);
      await outcome;
    }
  });

  it('asks for nothing when the signal is already aborted', async () => {
    const { server, crawler } = await site({ '/news': ARTICLE });
    const reason = new Error('too late');
    await expect(crawler.crawl(`${server.origin}/news`, { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect(server.requests).toEqual([]);
  });
});

describe('robots.txt', () => {
  const robots = (text: string): Handler => answer(text, 'text/plain');

  it('is asked once for many pages of an origin, at the same time too', async () => {
    const { server, crawl } = await site({
      '/robots.txt': robots('User-agent: *\nDisallow: /private'),
      '/news': ARTICLE,
    });
    await Promise.all([crawl('/news'), crawl('/news'), crawl('/news')]);
    await crawl('/news');
    expect(server.requests.filter((path) => path === '/robots.txt')).toHaveLength(1);
  });

  it.each([
    ['User-agent: *\nDisallow: /', false],
    ['User-agent: *\nDisallow: /news', false],
    ['User-agent: *\nDisallow: /news\nAllow: /news/economy', true],
    ['User-agent: *\nDisallow: /*/economy', false],
    ['User-agent: *\nDisallow: /*.pdf$', true],
    ['User-agent: *\nDisallow:', true],
    ['User-agent: *\nDisallow: /\n\nUser-agent: gyeongdanbot\nDisallow: /admin', true],
    ['User-agent: GyeongdanBot/2.0\nUser-agent: other\nDisallow: /news # not for us', false],
    ['User-agent: other\nDisallow: /', true],
    ['\ufeffUser-agent: *\r\nDisallow: /\r\n', false],
    ['<html>this is no robots.txt</html>', true],
  ])('%j is respected', async (text, allowed) => {
    const { server, crawl } = await site({ '/robots.txt': robots(text), '/news/economy/1': ARTICLE });
    if (allowed) {
      await expect(crawl('/news/economy/1')).resolves.toMatchObject({ siteName: '매일경제' });
    } else {
      await expect(crawl('/news/economy/1')).rejects.toMatchObject({ code: 'ROBOTS_DISALLOWED' });
      expect(server.requests).toEqual(['/robots.txt']);
    }
  });

  it('longer than 500 KiB is cut behind a whole line', async () => {
    const comments = '# '.padEnd(1_023).concat('\n').repeat(499);
    const rules = `User-agent: *\nDisallow: /admin\n`;
    const cut = `${rules}${comments}${' '.repeat(1_024 - rules.length - 'Disallow: /'.length)}Disallow: /private\n`;
    expect(cut.slice(0, 500 * 1024).endsWith('Disallow: /')).toBe(true);
    const { crawl } = await site({ '/robots.txt': robots(cut), '/news': ARTICLE, '/admin': ARTICLE });
    await expect(crawl('/news')).resolves.toMatchObject({ siteName: '매일경제' });
    await expect(crawl('/admin')).rejects.toMatchObject({ code: 'ROBOTS_DISALLOWED' });
  });

  it('is respected on every hop of a redirect', async () => {
    const target = await serve({ '/robots.txt': robots('User-agent: *\nDisallow: /news'), '/news': ARTICLE });
    const start = await serve({ '/go': redirect(`${target.origin}/news`) });
    const crawling = crawlerOf([start, target]).crawl(`${start.origin}/go`);
    await expect(crawling).rejects.toMatchObject({ code: 'ROBOTS_DISALLOWED' });
    expect(target.requests).toEqual(['/robots.txt']);
  });

  it('is followed through a redirect of its own', async () => {
    const { crawl } = await site({
      '/robots.txt': redirect('/other.txt'),
      '/other.txt': robots('User-agent: *\nDisallow: /news'),
      '/news': ARTICLE,
    });
    await expect(crawl('/news')).rejects.toMatchObject({ code: 'ROBOTS_DISALLOWED' });
  });

  it.each([[400], [401], [403], [404]])('that answers %i allows everything', async (code) => {
    const { crawl } = await site({ '/robots.txt': status(code), '/news': ARTICLE });
    await expect(crawl('/news')).resolves.toMatchObject({ siteName: '매일경제' });
  });

  it('that fails keeps us away for now, and is asked again', async () => {
    let healthy = false;
    const { server, crawl } = await site({
      '/robots.txt': (req, res) => (healthy ? robots('')(req, res) : status(503)(req, res)),
      '/news': ARTICLE,
    });
    await expect(crawl('/news')).rejects.toMatchObject({ code: 'PAGE_UNREACHABLE', retryable: true });
    expect(server.requests).toEqual(['/robots.txt']);
    healthy = true;
    await expect(crawl('/news')).resolves.toMatchObject({ siteName: '매일경제' });
  });
});
