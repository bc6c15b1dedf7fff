import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { IncomingMessage } from 'node:http';
import { startTestApp, type TestApp } from '../helpers/app';
import { waitUntil } from '../helpers/wait-until';
import { clientAddressOf } from '../../src/http/client-address';

const QUERY = '{ publishers { id } }';

describe('the HTTP server', () => {
  const client = 'https://gyeongdan.example';
  let app: TestApp;
  let production: TestApp;
  let slow: Promise<SlowSockets>;

  beforeAll(async () => {
    app = await startTestApp({ environment: { CORS_ORIGINS: client } });
    production = await startTestApp({
      environment: { CORS_ORIGINS: client },
      adjust: (config) => Object.assign(config, { production: true, introspection: false }),
    });
    slow = openSlowSockets();
  });
  afterAll(async () => {
    await production.close();
    await app.close();
  });

  const post = (headers: Record<string, string> = {}, to = app) =>
    fetch(`${to.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: QUERY }),
    });

  const preflight = (origin: string, to = app) =>
    fetch(`${to.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  interface SlowSockets {
    sockets: Socket[];
    cut: Promise<unknown>;
  }

  /** Half of them never end their headers, half never end their body; each sends a byte now and then. */
  async function openSlowSockets(): Promise<SlowSockets> {
    const { hostname, port } = new URL(app.url);
    const sockets = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        const socket = connect({ host: hostname, port: Number(port) });
        socket.on('error', () => {});
        await once(socket, 'connect');
        socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\n');
        if (n % 2) socket.write('content-type: application/json\r\ncontent-length: 1000\r\n\r\n{');
        const timer = setInterval(() => socket.write(n % 2 ? ' ' : 'x'), 400);
        socket.once('close', () => clearInterval(timer));
        socket.resume();
        return socket;
      }),
    );
    const cut = Promise.all(sockets.map((socket) => socket.destroyed || once(socket, 'close')));
    return { sockets, cut };
  }

  describe('from a browser’s page', () => {
    it('an unknown Origin gets no CORS header', async () => {
      const theirs = await post({ origin: client });
      expect(theirs.headers.get('access-control-allow-origin')).toBe(client);
      expect(theirs.headers.get('access-control-allow-credentials')).toBeNull();
      for (const origin of ['https://evil.example', `${client}.evil.example`, `${client}:8443`, 'null']) {
        const { status, headers } = await post({ origin });
        expect([status, headers.get('access-control-allow-origin')]).toEqual([200, null]);
      }
      expect((await post()).headers.get('access-control-allow-origin')).toBeNull();
    });

    const LOCAL = [
      'http://localhost:3000',
      'http://localhost',
      'http://127.0.0.1:5173',
      'http://127.0.0.1',
      'http://[::1]:5173',
    ];

    it.each(LOCAL)(
      'in development any page of this machine may read, cookies sent along: %s',
      async (origin) => {
        const answers = [await post({ origin }), await preflight(origin)];
        for (const { headers } of answers) {
          expect(headers.get('access-control-allow-origin')).toBe(origin);
          expect(headers.get('access-control-allow-credentials')).toBe('true');
        }
      },
    );

    it.each([
      'http://localhost.evil.example',
      'http://localhost:3000.evil.example',
      'http://127.0.0.1.evil.example:3000',
      'http://evil.example/http://localhost:3000',
      'http://127.0.0.10:3000',
      'http://[::10]:3000',
      'http://notlocalhost:3000',
      'http://localhost:',
      'null',
    ])('what only looks like a page of this machine may not: %s', async (origin) => {
      for (const { headers } of [await post({ origin }), await preflight(origin)])
        expect(headers.get('access-control-allow-origin')).toBeNull();
    });

    it.each([...LOCAL, 'https://evil.example'])('in production the list alone counts: %s', async (origin) => {
      for (const { headers } of [await post({ origin }, production), await preflight(origin, production)]) {
        expect(headers.get('access-control-allow-origin')).toBeNull();
        expect(headers.get('access-control-allow-credentials')).toBeNull();
      }
      const listed = await post({ origin: client }, production);
      expect(listed.headers.get('access-control-allow-origin')).toBe(client);
      expect(listed.headers.get('access-control-allow-credentials')).toBeNull();
    });

    it('lets it read refusals too', async () => {
      for (const body of ['{', '{"query":"{ nothing }"}', 'x'.repeat(1_100_000)]) {
        const headers = { 'content-type': 'application/json', origin: client };
        const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body });
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(response.headers.get('access-control-allow-origin')).toBe(client);
      }
    });

    it('answers a preflight', async () => {
      const { status, headers } = await preflight(client);
      expect(status).toBe(204);
      expect(headers.get('access-control-allow-origin')).toBe(client);
      expect(headers.get('access-control-allow-methods')).toBe('GET,POST');
      expect(headers.get('access-control-allow-headers')).toBe('authorization,content-type');
      expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    });
  });

  it('CSP and nosniff are on every answer', async () => {
    const { headers } = await post();
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    for (const path of ['/graphql', '/health/live', '/health/ready', '/auth/kakao', '/nothing']) {
      const response = await fetch(app.url + path, { redirect: 'manual' });
      expect([path, response.headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
      expect(response.headers.get('x-powered-by')).toBeNull();
    }
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('HSTS is on every answer in production', async () => {
    const answers = [await post({}, production)];
    for (const path of ['/health/live', '/auth/kakao', '/nothing'])
      answers.push(await fetch(production.url + path, { redirect: 'manual' }));
    for (const { headers } of answers)
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
    const [cookie] = (
      await fetch(`${production.url}/auth/kakao`, { redirect: 'manual' })
    ).headers.getSetCookie();
    expect(cookie).toMatch(/; Secure/);
  });

  it('slow sockets are cut while others are served', async () => {
    let isCut = false;
    void (await slow).cut.then(() => (isCut = true));
    const served: number[] = [];
    await waitUntil('all of them are cut', async () => {
      served.push((await post()).status);
      return isCut;
    });
    expect(new Set(served)).toEqual(new Set([200]));
  });
});

function addressOf(proxies: string[], remoteAddress: string, forwarded?: string): string {
  const request = {
    socket: { remoteAddress },
    connection: { remoteAddress },
    headers: { 'x-forwarded-for': forwarded },
  };
  return clientAddressOf(proxies)(request as unknown as IncomingMessage);
}

describe('the address a request is counted for', () => {
  it.each([
    ['is the socket’s when nobody is trusted', [], '198.51.100.7', '203.0.113.1', '198.51.100.7'],
    [
      'is the socket’s when a stranger claims another',
      ['10.0.0.0/8'],
      '198.51.100.7',
      '203.0.113.1',
      '198.51.100.7',
    ],
    ['is what the configured proxy says', ['10.0.0.0/8'], '10.1.2.3', '203.0.113.1', '203.0.113.1'],
    [
      'is the nearest that is no proxy, whatever the client put before',
      ['10.0.0.0/8'],
      '10.1.2.3',
      '6.6.6.6, 203.0.113.1, 10.9.9.9',
      '203.0.113.1',
    ],
    ['is the proxy’s own when it says nothing', ['10.0.0.0/8'], '10.1.2.3', undefined, '10.1.2.3'],
    [
      'is IPv4 also when mapped into IPv6',
      ['10.0.0.0/8'],
      '::ffff:10.1.2.3',
      '::ffff:203.0.113.1',
      '203.0.113.1',
    ],
    ['is the /64 of IPv6', ['::1'], '::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['is one and the same for nonsense', ['10.0.0.1'], '10.0.0.1', 'drop:table;', 'unknown'],
  ])('%s', (_what, proxies, socket, forwarded, expected) => {
    expect(addressOf(proxies, socket, forwarded)).toBe(expected);
  });
});
