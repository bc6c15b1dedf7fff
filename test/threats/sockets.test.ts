import { connect } from 'node:net';
import { startTestApp, type TestApp } from '../helpers/app';

describe('sockets', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  /** What the server says to a request for a WebSocket, until it closes the connection. */
  function upgrade(path: string, headers: string[] = []): Promise<string> {
    const { hostname, port } = new URL(app.url);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) });
      let said = '';
      socket.setEncoding('utf8').on('data', (text: string) => (said += text));
      socket.on('error', reject).on('close', () => resolve(said));
      socket.write(
        [
          `GET ${path} HTTP/1.1`,
          `host: ${hostname}:${port}`,
          'upgrade: websocket',
          'connection: Upgrade, close',
          'sec-websocket-version: 13',
          'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
          'sec-websocket-protocol: graphql-transport-ws',
          ...headers,
          '\r\n',
        ].join('\r\n'),
      );
    });
  }

  it('there are none yet: a request to upgrade is refused', async () => {
    const { accessToken } = await app.login('admin');
    for (const path of ['/graphql', '/', '/subscriptions', '/health/live'])
      for (const headers of [
        [],
        [`authorization: Bearer ${accessToken}`, `origin: ${app.config.publicUrl}`],
      ]) {
        const said = await upgrade(path, headers);
        expect(said).toMatch(/^HTTP\/1\.1 \d{3} /);
        expect(said).not.toMatch(/^HTTP\/1\.1 101|upgrade: websocket|sec-websocket-accept/i);
        if (path === '/graphql') expect(said).toMatch(/^HTTP\/1\.1 400 /);
      }
  });

  it('the schema has no subscription', async () => {
    const { data } = await app.query('{ __schema { subscriptionType { name } } }');
    expect(data).toEqual({ __schema: { subscriptionType: null } });
  });
});
