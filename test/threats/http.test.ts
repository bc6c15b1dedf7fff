import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { startTestApp, type TestApp } from '../helpers/app';
import { waitUntil } from '../helpers/wait-until';

const QUERY = '{ publishers { id } }';

describe('the HTTP server', () => {
  const client = 'https://gyeongdan.example';
  let app: TestApp;
  let production: TestApp;
  let slow: Promise<SlowSockets>;

  beforeAll(async () => {
    app = await startTestApp({ environment: { CORS_ORIGINS: client } });
    production = await startTestApp({
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

  interface SlowSockets {
    startedAt: number;
    sockets: Socket[];
    /** Milliseconds until each was cut. */
    cutAfter: Promise<number[]>;
  }

  /** Half of them never end their headers, half never end their body; each sends a byte now and then. */
  async function openSlowSockets(): Promise<SlowSockets> {
    const { hostname, port } = new URL(app.url);
    const startedAt = Date.now();
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
    const cutAfter = Promise.all(
      sockets.map(async (socket) => {
        if (!socket.destroyed) await once(socket, 'close');
        return Date.now() - startedAt;
      }),
    );
    return { startedAt, sockets, cutAfter };
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

    it('lets it read refusals too', async () => {
      for (const body of ['{', '{"query":"{ nothing }"}', 'x'.repeat(1_100_000)]) {
        const headers = { 'content-type': 'application/json', origin: client };
        const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body });
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(response.headers.get('access-control-allow-origin')).toBe(client);
      }
    });

    it('answers a preflight', async () => {
      const ask = (origin: string) =>
        fetch(`${app.url}/graphql`, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'authorization,content-type',
          },
        });
      const { status, headers } = await ask(client);
      expect(status).toBe(204);
      expect(headers.get('access-control-allow-origin')).toBe(client);
      expect(headers.get('access-control-allow-methods')).toBe('GET,POST');
      expect(headers.get('access-control-allow-headers')).toBe('authorization,content-type');
      expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
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

  it('slow sockets are cut within 10 s while others are served', async () => {
    const { cutAfter } = await slow;
    let cut = false;
    const all = cutAfter.then((times) => ((cut = true), times));
    const served: number[] = [];
    await waitUntil('all of them are cut', async () => {
      served.push((await post()).status);
      return cut;
    });
    expect(new Set(served)).toEqual(new Set([200]));
    for (const time of await all) expect(time).toBeLessThan(10_000);
  });
});
