import { startTestApp, type TestApp } from '../helpers/app';
import { waitUntil } from '../helpers/wait-until';

const QUERY = '{ publishers { id } }';

describe('the HTTP server', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const post = (headers: Record<string, string> = {}, to = app) =>
    fetch(`${to.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: QUERY }),
    });

  it('answers what it does not have as JSON, without repeating it', async () => {
    for (const path of [
      '/nothing?code=canary',
      '/%',
      '/graphql/x',
      '/../etc/passwd',
      '/auth/kakao/x?code=canary',
    ]) {
      const response = await fetch(app.url + path, { headers: { accept: 'text/html' } });
      const text = await response.text();
      expect([400, 404]).toContain(response.status);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(text).not.toMatch(/canary|<html|node_modules|\.js:\d+/);
    }
  });

  it('does not mind a slash at the end of an address', async () => {
    const url = `${app.url}/graphql/`;
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query: QUERY });
    const answers = [
      await fetch(url, { method: 'POST', headers, body }),
      await fetch(`${url}?query=${encodeURIComponent(QUERY)}`, {
        headers: { 'apollo-require-preflight': '1' },
      }),
    ];
    for (const answer of answers) expect(await answer.json()).toEqual({ data: { publishers: [] } });
    const origin = 'http://localhost:3000';
    const asking = { origin, 'access-control-request-method': 'POST' };
    const preflight = await fetch(url, { method: 'OPTIONS', headers: asking });
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('id="graphiql"')]);
    for (const path of ['/health/live/', '/health/ready/', '/.well-known/jwks.json/'])
      expect([path, (await fetch(app.url + path)).status]).toEqual([path, 200]);
  });

  it('puts the request’s id into the answer and the log, whatever comes of the request', async () => {
    const send = async (id: string, body: string) => {
      const headers = { 'content-type': 'application/json', 'x-request-id': id };
      const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body });
      await response.text();
      return response.headers.get('x-request-id')!;
    };
    const bodies = [JSON.stringify({ query: QUERY }), '{"query":"{ nothing }"}', '{', 'x'.repeat(1_100_000)];
    for (const [n, body] of bodies.entries()) {
      const id = `request-number-${n}`;
      expect(await send(id, body)).toBe(id);
      await waitUntil('the line is written', () =>
        app.logs.some((line) => line.includes(`"requestId":"${id}"`)),
      );
    }
    for (const odd of ['short', 'with spaces in it', `${'x'.repeat(65)}`, '{"injected":"yes"}']) {
      const id = await send(odd, bodies[0]!);
      expect(id).toMatch(/^[\w-]{36}$/);
      expect(app.logs.join('')).not.toContain(odd === 'short' ? '"short"' : odd);
    }
  });

  it('tells that it lives and is ready', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const response = await fetch(app.url + path);
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(await response.json()).toEqual({ status: 'ok' });
    }
  });

  it('is not ready any more, and still serves, before it stops', async () => {
    const leaving = await startTestApp({ environment: { DRAIN_SECONDS: '2' } });
    const ready = () => fetch(`${leaving.url}/health/ready`);
    expect((await ready()).status).toBe(200);
    const closed = leaving.close();
    const refusal = await waitUntil('readiness fails', async () => {
      const response = await ready();
      return response.status === 503 && response;
    });
    expect(await refusal.json()).toEqual({ status: 'stopping' });
    expect((await fetch(`${leaving.url}/health/live`)).status).toBe(200);
    const served = await post({}, leaving);
    expect([served.status, served.headers.get('connection')]).toEqual([200, 'close']);
    await closed;
    await expect(ready()).rejects.toThrow();
  });

  it('is kept from stopping by no client that leaves its answer unread', async () => {
    const leaving = await startTestApp();
    const file = `${leaving.url}/playground/graphiql-3.9.0/graphiql.min.js`;
    const unread = await Promise.all(Array.from({ length: 4 }, () => fetch(file)));
    await leaving.close();
    expect(unread.map(({ bodyUsed }) => bodyUsed)).toEqual([false, false, false, false]);
  });
});
