import { createServer as createTlsServer } from 'node:https';
import type { Server } from 'node:http';
import type { LookupFunction } from 'node:net';
import { gzipSync } from 'node:zlib';
import { MAX_STARTS } from '../../src/domain/jobs/runs.sql';
import { RequestArticleDocument } from '../generated/operations';
import { answer, closeServer, fixture, listen, redirect, servePages } from '../fixtures/pages/serve-pages';
import type { Handler, PageServer } from '../fixtures/pages/serve-pages';
import { startGenerationApp, type GenerationApp } from '../helpers/generation-app';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const MEGABYTE = 1_000_000;
const TOTAL_MS = 2_000;
/** Bounds the waits of up to five attempts on a busy machine. */

const INSIDE = [
  '127.0.0.1',
  '2130706433',
  '0x7f.1',
  '[::ffff:127.0.0.1]',
  '169.254.169.254',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.0.1',
  '100.64.0.1',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
];
const RESOLVED = ['127.0.0.1', '10.0.0.1', '169.254.169.254', '172.16.0.1', '192.168.0.1', '100.64.0.1', '::1', '64:ff9b::7f00:1', '2002:7f00:1::', '::ffff:127.0.0.1']; // prettier-ignore

describe('a page that attacks the crawler, requested from the running server', () => {
  let world: GenerationApp;
  let site: PageServer;
  let secret: PageServer;
  let tls: Server;
  let tlsOrigin: string;
  let tlsRequests = 0;
  const routes: Record<string, Handler> = {};
  /** Names and what they resolve to; others go to the system. */
  const names = new Map<string, string[]>();
  const asked: string[] = [];

  const lookup: LookupFunction = (host, _options, callback) => {
    asked.push(host);
    const addresses = names.get(host) ?? ['127.0.0.1'];
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };

  beforeAll(async () => {
    site = await servePages(routes);
    secret = await servePages({ '/': answer('secret'), '/admin': answer('secret') });
    const pem = fixture('self-signed.pem');
    tls = createTlsServer({ key: pem, cert: pem }, (_request, response) => {
      tlsRequests++;
      response.end();
    });
    tls.on('tlsClientError', () => undefined);
    tlsOrigin = `https://localhost:${await listen(tls)}`;
    world = await startGenerationApp({
      engine: 'PostgreSQL',
      trustedOrigins: [site.origin, tlsOrigin],
      crawler: { totalTimeoutMs: TOTAL_MS, lookup },
    });
  });
  afterAll(async () => {
    await world.close();
    await Promise.all([site.close(), secret.close(), closeServer(tls)]);
  });
  beforeEach(() => {
    asked.length = 0;
  });

  interface Refusal {
    code: string | null;
    attempts: number;
    grownBy: number;
  }

  /** What becomes of a request for this page: refused at once, or as a job that fails and leaves nothing. */
  async function refusalOf(url: string): Promise<Refusal> {
    const before = await world.effects();
    const memory = process.memoryUsage().rss;
    const { data, errors } = await world.app.send(RequestArticleDocument, { url }, { token: world.token });
    let code: string | null;
    let attempts = 0;
    if (data) {
      const job = await world.ended(data.requestArticle.id);
      expect(job).toMatchObject({ status: 'FAILED', articleId: null });
      ({ errorCode: code, attempts } = job);
    } else {
      code = errors[0]!.extensions.code;
    }
    const grownBy = process.memoryUsage().rss - memory;
    expect(await world.effects()).toEqual(before);
    expect(world.model.requests).toEqual([]);
    return { code, attempts, grownBy };
  }
  function serve(path: string, handler: Handler): string {
    routes[path] = handler;
    return site.origin + path;
  }

  it.each(INSIDE)('an address inside the network is refused: %s', async (host) => {
    expect(await refusalOf(`http://${host}/latest/meta-data/`)).toMatchObject({
      code: 'URL_NOT_ALLOWED',
      attempts: 1,
    });
    expect(asked).toEqual([]);
  });

  it('a service of this machine on another port is refused, untouched', async () => {
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:7f00:1]'])
      expect((await refusalOf(`http://${host}:${secret.port}/`)).code).toBe('URL_NOT_ALLOWED');
    expect(secret.requests).toEqual([]);
  });

  it.each(['file:///etc/passwd', 'gopher://news.example.com/', 'javascript:alert(1)'])(
    'file: and other schemes are refused: %s',
    async (url) => {
      expect((await refusalOf(url)).code).toMatch(/^(BAD_USER_INPUT|URL_NOT_ALLOWED)$/);
    },
  );

  it('credentials in the URL are refused', async () => {
    const { code } = await refusalOf('https://user:hunter2@news.example.com/1');
    expect(code).toMatch(/^(BAD_USER_INPUT|URL_NOT_ALLOWED)$/);
    expect(world.app.logs.join('')).not.toContain('hunter2');
  });

  it.each([...INSIDE.map((host) => `http://${host}/`), 'file:///etc/passwd', 'http://u:p@news.example.com/'])(
    'a redirect to any of them is refused: %s',
    async (target) => {
      const url = serve(`/to/${encodeURIComponent(target)}`, redirect(target));
      expect(await refusalOf(url)).toMatchObject({ code: 'URL_NOT_ALLOWED', attempts: 1 });
    },
  );

  it('a redirect to a service of this machine on another port is refused, untouched', async () => {
    const url = serve('/to-neighbour', redirect(`${secret.origin}/admin`));
    expect((await refusalOf(url)).code).toBe('URL_NOT_ALLOWED');
    expect(secret.requests).toEqual([]);
  });

  it.each(RESOLVED)('a name that resolves to any of them is refused: %s', async (address) => {
    const host = `to-${address.replaceAll(/[.:]/g, '-')}.example.com`;
    names.set(host, [address]);
    expect((await refusalOf(`http://${host}/`)).code).toBe('URL_NOT_ALLOWED');
    names.set(`also-${host}`, ['203.0.113.9', address]);
    expect((await refusalOf(`https://also-${host}/`)).code).toBe('URL_NOT_ALLOWED');
  });

  it('rebinding between check and connect finds no moment to happen in', async () => {
    names.set('rebind.example.com', ['127.0.0.1']);
    expect(await refusalOf('http://rebind.example.com/')).toMatchObject({
      code: 'URL_NOT_ALLOWED',
      attempts: 1,
    });
    // Resolved once a connection: what was checked is what is connected to.
    expect(asked).toEqual(['rebind.example.com']);
  });

  it('an endless body is refused in bounded time and memory', async () => {
    let written = 0;
    const chunk = Buffer.alloc(65_536, 'a');
    const url = serve('/endless', (_request, response) => {
      response.writeHead(200, HTML);
      const write = (): void => {
        while (!response.destroyed) {
          written += chunk.length;
          if (!response.write(chunk)) break;
        }
      };
      response.on('drain', write);
      write();
    });
    const refusal = await refusalOf(url);
    expect(refusal).toMatchObject({ code: 'PAGE_TOO_LARGE', attempts: 1 });
    expect(written).toBeLessThan(30 * MEGABYTE);
    expect(refusal.grownBy).toBeLessThan(150 * MEGABYTE);
  });

  it('a slow body is refused in bounded time', async () => {
    const url = serve('/slow', (_request, response) => {
      response.writeHead(200, HTML);
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
    });
    const refusal = await refusalOf(url);
    // A page that is slow now may be fast in a moment: each of the attempts gets the whole time, and no more.
    expect(refusal).toMatchObject({ code: 'PAGE_TIMEOUT', attempts: MAX_STARTS });
  });

  it('a gzip bomb is refused in bounded time and memory', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * MEGABYTE, ' '));
    const url = serve('/bomb', (_request, response) =>
      response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end(bomb),
    );
    const refusal = await refusalOf(url);
    expect(refusal).toMatchObject({ code: 'PAGE_TOO_LARGE', attempts: 1 });
    expect(refusal.grownBy).toBeLessThan(150 * MEGABYTE);
  });

  it('50 redirects are refused after a few', async () => {
    for (let n = 0; n < 50; n++) serve(`/hop-${n}`, redirect(`/hop-${n + 1}`));
    serve('/hop-50', answer('<p>here</p>'));
    expect(await refusalOf(`${site.origin}/hop-0`)).toMatchObject({ code: 'PAGE_REFUSED', attempts: 1 });
    expect(site.requests.filter((path) => path.startsWith('/hop-')).length).toBeLessThanOrEqual(6);
  });

  it('TLS is verified', async () => {
    expect((await refusalOf(`${tlsOrigin}/news`)).code).toBe('PAGE_UNREACHABLE');
    expect(tlsRequests).toBe(0);
  });

  it('robots.txt is respected', async () => {
    const origin = await servePages({
      '/robots.txt': answer('User-agent: *\nDisallow: /news', 'text/plain'),
      '/news': answer('<p>not for robots</p>'),
    });
    const strict = await startGenerationApp({ engine: 'PostgreSQL', trustedOrigins: [origin.origin] });
    try {
      const { id } = await strict.request(`${origin.origin}/news`);
      expect(await strict.ended(id)).toMatchObject({ status: 'FAILED', errorCode: 'ROBOTS_DISALLOWED' });
      expect(origin.requests).toEqual(['/robots.txt']);
    } finally {
      await strict.close();
      await origin.close();
    }
  });

  it('the server still serves, and other pages still become articles', async () => {
    names.set('localhost', ['127.0.0.1']);
    const { id } = await world.request(world.pages.articleUrl('after-all-that'));
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
  });
});
