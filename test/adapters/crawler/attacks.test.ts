import { createServer as createTlsServer } from 'node:https';
import type { LookupFunction } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Crawler, type CrawlerOptions } from '../../../src/adapters/crawler/crawler';
import {
  answer,
  closeServer,
  fixture,
  listen,
  redirect,
  type Handler,
  type PageServer,
} from '../../fixtures/pages/serve-pages';
import { closedAfterEach } from '../../helpers/closed-after-each';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const MEGABYTE = 1_000_000;

/** Neither asked for nor redirected to. */
const NOT_ALLOWED = [
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::ffff:127.0.0.1]/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.0.1/',
  'http://100.64.0.1/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'file:///etc/passwd',
  'http://user:secret@news.example.com/',
];

const { cleanups, serve } = closedAfterEach();

function crawler(options: Partial<CrawlerOptions> = {}): Crawler {
  const created = new Crawler({ userAgent: 'GyeongdanBot/1.0', ...options });
  cleanups.push(() => created.close());
  return created;
}

/** A crawler of one trusted site, and that site. */
async function site(
  routes: Record<string, Handler>,
  options: Partial<CrawlerOptions> = {},
): Promise<{ server: PageServer; crawl: (path: string) => Promise<unknown> }> {
  const server = await serve(routes);
  const visiting = crawler({ trustedOrigins: [server.origin], ...options });
  return { server, crawl: (path) => visiting.crawl(server.origin + path) };
}

async function refusal(promise: Promise<unknown>): Promise<{ code: unknown; cause: unknown }> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return { code, cause };
}

/** Writes as fast as the reader takes it, forever. */
function endless(
  headers: Record<string, string>,
  chunk: Buffer,
  onWritten: (bytes: number) => void,
): Handler {
  return (_req, res) => {
    res.writeHead(200, headers);
    const write = (): void => {
      while (!res.destroyed) {
        onWritten(chunk.length);
        if (!res.write(chunk)) break;
      }
    };
    res.on('drain', write);
    write();
  };
}

describe('a crawler asked for an address inside the network', () => {
  it.each([...NOT_ALLOWED, 'http://169.254.169.254/latest/meta-data/', 'http://news.example.com:6379/'])(
    'refuses %s',
    async (url) => {
      await expect(crawler().crawl(url)).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
    },
  );

  it('refuses a loopback service on its own port without touching it', async () => {
    const secret = await serve({ '/': answer('secret') });
    for (const url of [
      `${secret.origin}/`,
      `http://localhost:${secret.port}/`,
      `http://[::ffff:7f00:1]:${secret.port}/`,
    ]) {
      await expect(crawler().crawl(url)).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
    }
    expect(secret.requests).toEqual([]);
  });

  it.each([
    ['127.0.0.1'],
    ['10.0.0.1'],
    ['169.254.169.254'],
    ['192.168.0.1'],
    ['100.64.0.1'],
    ['::1'],
    ['fd00::1'],
    ['64:ff9b::7f00:1'],
    ['2002:7f00:1::'],
    ['::ffff:127.0.0.1'],
  ])('refuses a name that resolves to %s', async (address) => {
    const lookup: LookupFunction = (_host, _options, callback) =>
      callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
    for (const scheme of ['http', 'https']) {
      const visit = crawler({ lookup }).crawl(`${scheme}://innocent.example.com/news`);
      await expect(visit).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
    }
  });

  it('refuses localhost as the system resolves it', async () => {
    await expect(crawler().crawl('http://localhost/')).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
  });

  it('resolves a name once a connection, so that rebinding has no moment to happen in', async () => {
    const asked: string[] = [];
    const lookup: LookupFunction = (host, _options, callback) => {
      asked.push(host);
      callback(null, [{ address: '127.0.0.1', family: 4 }]);
    };
    await expect(crawler({ lookup }).crawl('http://rebind.example.com/')).rejects.toMatchObject({
      code: 'URL_NOT_ALLOWED',
    });
    expect(asked).toEqual(['rebind.example.com']);
  });
});

describe('a redirect', () => {
  it.each([
    ...NOT_ALLOWED,
    'http://169.254.169.254/',
    'javascript:alert(1)',
    'http://news.example.com:22/',
    'http://localhost/',
    'http://[',
  ])('to %s is refused', async (target) => {
    const { crawl } = await site({ '/news': redirect(target) });
    await expect(crawl('/news')).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
  });

  it('to a neighbouring service of a trusted one is refused without touching it', async () => {
    const secret = await serve({ '/admin': answer('secret') });
    const { crawl } = await site({ '/news': redirect('/hop'), '/hop': redirect(`${secret.origin}/admin`) });
    await expect(crawl('/news')).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
    expect(secret.requests).toEqual([]);
  });

  it('of robots.txt to a private address is refused', async () => {
    const secret = await serve({ '/robots.txt': answer('secret') });
    const { crawl } = await site({
      '/robots.txt': redirect(`${secret.origin}/robots.txt`),
      '/news': answer(fixture('mk.html')),
    });
    await expect(crawl('/news')).rejects.toMatchObject({ code: 'URL_NOT_ALLOWED' });
    expect(secret.requests).toEqual([]);
  });

  it('is followed five times and not fifty', async () => {
    const routes: Record<string, Handler> = { '/0': answer(fixture('mk.html')) };
    for (let i = 1; i <= 50; i++) routes[`/${i}`] = redirect(`/${i - 1}`);
    const { server, crawl } = await site(routes);
    await expect(crawl('/5')).resolves.toMatchObject({ title: '은행 예금 금리 석 달 만에 반등' });
    server.requests.length = 0;
    const { code } = await refusal(crawl('/50'));
    expect(code).toBe('PAGE_REFUSED');
    expect(server.requests).toHaveLength(6);
  });
});

describe('a body', () => {
  it('without end is cut at the limit', async () => {
    let written = 0;
    const body = endless(HTML, Buffer.alloc(65_536, 'a'), (bytes) => (written += bytes));
    const { crawl } = await site({ '/news': body });
    const before = process.memoryUsage().rss;
    const { code } = await refusal(crawl('/news'));
    expect(code).toBe('PAGE_TOO_LARGE');
    expect(written).toBeLessThan(30 * MEGABYTE);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MEGABYTE);
  });

  it('that drips is given up when the time is over', async () => {
    const drip: Handler = (_req, res) => {
      res.writeHead(200, HTML);
      const timer = setInterval(() => res.write(' '), 50);
      res.on('close', () => clearInterval(timer));
    };
    const { crawl } = await site({ '/news': drip }, { totalTimeoutMs: 700 });
    const { code } = await refusal(crawl('/news'));
    expect(code).toBe('PAGE_TIMEOUT');
  });

  it('that falls silent is given up before the time is over', async () => {
    const silent: Handler = (_req, res) => res.writeHead(200, HTML).write('<html>');
    const { crawl } = await site({ '/news': silent, '/mute': () => undefined }, { idleTimeoutMs: 300 });
    for (const path of ['/news', '/mute']) {
      const { code } = await refusal(crawl(path));
      expect(code).toBe('PAGE_TIMEOUT');
    }
  });

  const zeros = Buffer.alloc(30 * MEGABYTE, ' ');
  const manyMembers = Buffer.concat(Array.from({ length: 10 }, () => gzipSync(zeros)));
  it.each([
    ['gzip', gzipSync(zeros)],
    ['gzip', manyMembers],
    ['deflate', deflateSync(zeros)],
    ['br', brotliCompressSync(zeros)],
  ])('that is a %s bomb is measured after decompression', async (encoding, bomb) => {
    const { crawl } = await site({
      '/news': (_req, res) => res.writeHead(200, { ...HTML, 'content-encoding': encoding }).end(bomb),
    });
    const before = process.memoryUsage().rss;
    const { code } = await refusal(crawl('/news'));
    expect(code).toBe('PAGE_TOO_LARGE');
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * MEGABYTE);
  });

  it('that is compressed without end and yields nothing is cut as well', async () => {
    const header = gzipSync('').subarray(0, 10);
    const emptyBlocks = Buffer.alloc(65_536, Buffer.from([0, 0, 0, 0xff, 0xff]));
    let written = 0;
    const { crawl } = await site({
      '/news': (req, res) => {
        res.writeHead(200, { ...HTML, 'content-encoding': 'gzip' });
        res.write(header);
        const aligned = emptyBlocks.subarray(0, 65_535);
        const write = (): void => {
          while (!res.destroyed) {
            written += aligned.length;
            if (!res.write(aligned)) break;
          }
        };
        res.on('drain', write);
        write();
        req.on('close', () => res.destroy());
      },
    });
    const { code } = await refusal(crawl('/news'));
    expect(code).toBe('PAGE_TOO_LARGE');
    expect(written).toBeLessThan(30 * MEGABYTE);
  });

  it('of ten megabytes is refused by its announced length before it is read', async () => {
    const page = Buffer.alloc(10 * MEGABYTE, 'a');
    const { crawl } = await site({
      '/news': (_req, res) => res.writeHead(200, { ...HTML, 'content-length': page.length }).end(page),
    });
    expect((await refusal(crawl('/news'))).code).toBe('PAGE_TOO_LARGE');
  });

  it('in an encoding nobody asked for is refused', async () => {
    const { crawl } = await site({
      '/news': (_req, res) => res.writeHead(200, { ...HTML, 'content-encoding': 'gzip, gzip' }).end('x'),
    });
    expect((await refusal(crawl('/news'))).code).toBe('PAGE_NOT_HTML');
  });

  it('of endless headers is refused', async () => {
    const { crawl } = await site({
      '/news': (_req, res) => res.writeHead(200, { ...HTML, 'x-long': 'a'.repeat(100_000) }).end('x'),
    });
    expect((await refusal(crawl('/news'))).code).toBe('PAGE_TOO_LARGE');
  });
});

describe('TLS', () => {
  it('is verified: a self-signed certificate is refused before anything is asked, on a trusted origin too', async () => {
    const pem = fixture('self-signed.pem');
    let requests = 0;
    const server = createTlsServer({ key: pem, cert: pem }, (_req, res) => {
      requests++;
      res.end();
    });
    server.on('tlsClientError', () => undefined);
    const port = await listen(server);
    cleanups.push(() => closeServer(server));
    const origin = `https://localhost:${port}`;
    const { code, cause } = await refusal(crawler({ trustedOrigins: [origin] }).crawl(`${origin}/news`));
    expect(code).toBe('PAGE_UNREACHABLE');
    expect(String((cause as Error).cause)).toMatch(/self-signed|self signed/);
    expect(requests).toBe(0);
  });
});

describe('a hostile robots.txt', () => {
  it.each([
    ['agents times rules', 'User-agent: *\n'.repeat(17_000) + 'Disallow: /a\n'.repeat(19_000)],
    ['wildcards', `User-agent: *\nDisallow: /${'*'.repeat(500_000)}x`],
    ['long patterns', 'User-agent: *\n' + `Disallow: /*${'a'.repeat(980)}\n`.repeat(500)],
    ['colons and spaces', `User-agent: *\n${' '.repeat(250_000)}:${':'.repeat(200_000)}`],
  ])('of %s is read in bounded memory', async (_name, robots) => {
    const { crawl } = await site({ '/robots.txt': answer(robots, 'text/plain') });
    const before = process.memoryUsage().rss;
    const { code } = await refusal(crawl(`/${'a'.repeat(1_900)}`));
    expect(['ROBOTS_DISALLOWED', 'PAGE_NOT_FOUND']).toContain(code);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * MEGABYTE);
  });

  it('without end is read to its limit', async () => {
    let written = 0;
    const body = endless(
      { 'content-type': 'text/plain' },
      Buffer.from('Disallow: /b\n'.repeat(5_000)),
      (bytes) => {
        written += bytes;
      },
    );
    const { crawl } = await site({ '/robots.txt': body, '/news': answer(fixture('mk.html')) });
    await expect(crawl('/news')).resolves.toMatchObject({ siteName: '매일경제' });
    expect(written).toBeLessThan(20 * MEGABYTE);
  });
});
