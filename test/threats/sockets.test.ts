import { connect as connectRaw } from 'node:net';
import { WebSocket } from 'ws';
import { SetUserRoleDocument } from '../generated/operations';
import { consent, startTestApp, type TestApp } from '../helpers/app';
import { TestClock } from '../helpers/clock';
import { liveClient, openRawSocket, type LiveClient } from '../helpers/live-client';
import { waitUntil } from '../helpers/wait-until';

const JOB = 'subscription ($id: ID) { generationJobUpdated(id: $id) { id progress } }';
const PUBLISHED = 'subscription { articlePublished { id } }';

describe('sockets', () => {
  const clock = new TestClock();
  const clients: LiveClient[] = [];
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ clock });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
  });
  afterAll(() => app.close());

  const connect = (options: Parameters<typeof liveClient>[1] = {}, to = app) => {
    const client = liveClient(to.url, options);
    clients.push(client);
    return client;
  };
  const createJob = () =>
    app.context.database.prisma.generationJob.create({ data: { kind: 'COLLECTION', input: {} } });
  const change = (id: string, progress: number) =>
    app.context.database.prisma.generationJob.update({ where: { id }, data: { progress } });
  /** A job that somebody watches already. */
  async function watchedJob(client: LiveClient) {
    const { id } = await createJob();
    const watched = client.watch(JOB, { id });
    await watched.until('progress', 0);
    return { id, watched };
  }

  it('a reader demoted gets no further event', async () => {
    const { user, accessToken } = await app.login('reader-3');
    const admin = await app.login('admin');
    const setRole = (role: 'ADMIN' | 'USER') =>
      app.send(SetUserRoleDocument, { id: user.id, role }, { token: admin.accessToken });
    await setRole('ADMIN');
    const { id, watched } = await watchedJob(connect({ token: accessToken }));
    await setRole('USER');
    await change(id, 1);
    await waitUntil('it has ended', () => watched.hasEnded);
    expect(watched.events).toHaveLength(2);
    expect(watched.events[1]).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  it('a session that was logged out is closed with 4401, and gets no further event', async () => {
    const { accessToken: token } = await app.login('admin');
    const client = connect({ token });
    const { id, watched } = await watchedJob(client);
    // Notices come in order: behind this one there is none of the job's creation any more.
    await change(id, 1);
    await waitUntil('the change is told', () => JSON.stringify(watched.events).includes('"progress":1'));
    const told = watched.events.length;
    await app.query('mutation { logout }', {}, { token });
    await change(id, 2);
    await waitUntil('it is closed', () => client.closed[0]);
    expect(client.closed[0]).toMatchObject({ code: 4401 });
    expect(watched.events).toHaveLength(told);
  });

  it('a token that expires is closed with 4403, with an event and without one', async () => {
    const { accessToken: token } = await app.login('admin');
    const [watching, idle] = [connect({ token }), connect({ token })];
    const { id, watched } = await watchedJob(watching);
    await watchedJob(idle);
    clock.advance(15 * 60 + 1);
    await change(id, 1);
    for (const client of [watching, idle]) {
      await waitUntil('it is closed', () => client.closed[0]);
      expect(client.closed[0]).toMatchObject({ code: 4403 });
      await client.dispose();
    }
    expect(watched.events).toHaveLength(1);
  });

  it.each([
    ['a forged token', { authorization: 'Bearer x.y.z' }],
    ['no bearer', { Authorization: 'Basic x' }],
    ['what is no text', { headers: { authorization: 7 } }],
  ])('%s in connection_init is closed with 4401', async (_what, payload) => {
    const { say, closed } = await openRawSocket(app.url);
    say({ type: 'connection_init', payload });
    expect(await closed()).toMatchObject({ code: 4401 });
  });

  it('a bearer counts in the header of the upgrade, too', async () => {
    const { accessToken } = await app.login('admin');
    await watchedJob(connect({ headers: { authorization: `Bearer ${accessToken}` } }));
  });

  describe('of a page', () => {
    let cookie: string;
    let origin: string;

    beforeAll(async () => {
      origin = app.config.publicUrl;
      const nameOf = (response: Response, name: string) =>
        response.headers.getSetCookie().map((line) => line.split(';')[0]!).find((pair) => pair.startsWith(`${name}=`))!; // prettier-ignore
      const begun = await fetch(`${app.url}/auth/kakao`, { redirect: 'manual' });
      const location = begun.headers.get('location')!;
      const state = new URL(location).searchParams.get('state')!;
      const query = new URLSearchParams({ code: await consent(location, 'admin'), state }).toString();
      const headers = { cookie: nameOf(begun, 'gyeongdan-login') };
      const finished = await fetch(`${app.url}/auth/kakao/callback?${query}`, {
        headers,
        redirect: 'manual',
      });
      cookie = nameOf(finished, 'gyeongdan');
    });

    it('of ours is believed its cookie', async () => {
      await watchedJob(connect({ headers: { cookie, origin } }));
    });

    it('no cookie is believed without our Origin', async () => {
      const others: Record<string, string>[] = [{}, { origin: 'http://localhost:3000' }];
      for (const other of others)
        expect(
          await connect({ headers: { cookie, ...other } })
            .watch(JOB)
            .codes(),
        ).toEqual(['UNAUTHENTICATED']);
    });

    it('a foreign Origin is refused', async () => {
      for (const foreign of ['https://evil.example', 'null', `${origin}.evil.example`]) {
        const refused = openRawSocket(app.url, { cookie, origin: foreign });
        await expect(refused).rejects.toThrow('Unexpected server response: 403');
      }
    });
  });

  it('no connection_init in 5 s is closed with 4408', async () => {
    const { closed } = await openRawSocket(app.url);
    expect(await closed()).toMatchObject({ code: 4408 });
  });

  it('a frame over 64 KB is closed with 1009', async () => {
    const { socket, closed } = await openRawSocket(app.url);
    socket.send('x'.repeat(64 * 1024 + 1));
    expect(await closed()).toMatchObject({ code: 1009 });
  });

  it('a subscription before connection_init, and a second one, are closed', async () => {
    const early = await openRawSocket(app.url);
    early.say({ id: '1', type: 'subscribe', payload: { query: PUBLISHED } });
    expect(await early.closed()).toMatchObject({ code: 4401 });
    const twice = await openRawSocket(app.url);
    twice.say({ type: 'connection_init' });
    twice.say({ type: 'connection_init' });
    expect(await twice.closed()).toMatchObject({ code: 4429 });
  });

  it.each(['nothing', '[]', '{"type":"nothing"}', '{"id":"1","type":"subscribe"}', Buffer.from([0xff, 0])])(
    'a message that is none is closed, and nothing is told of us: %s',
    async (message) => {
      const { socket, closed } = await openRawSocket(app.url);
      socket.send(message);
      expect(await closed()).toEqual({ code: 4400, reason: 'Invalid message received' });
    },
  );

  it('another protocol is closed with 4406', async () => {
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-ws');
    const failed = new Promise<string>((resolve) => {
      socket.on('error', (error) => resolve(error.message));
      socket.on('close', (code) => resolve(String(code)));
    });
    expect(await failed).toMatch(/4406|no subprotocol/i);
  });

  it('1,000 operations on one socket: 100 are carried out at a time', async () => {
    const { say, told, heard } = await openRawSocket(app.url);
    say({ type: 'connection_init' });
    await heard('connection_ack');
    for (let n = 0; n < 150; n += 1) say({ id: String(n), type: 'subscribe', payload: { query: PUBLISHED } });
    const refused = () => told.filter(({ type }) => type === 'error');
    await waitUntil('the others are refused', () => refused().length === 50);
    expect(JSON.stringify(refused())).toContain('RATE_LIMITED');
  });

  it('a flood of messages or pings is closed with 1008', async () => {
    const pings = await openRawSocket(app.url);
    for (let n = 0; n < 2_000; n += 1) pings.socket.ping();
    expect([1006, 1008]).toContain((await pings.closed()).code);
    const messages = await openRawSocket(app.url);
    for (let n = 0; n < 2_000; n += 1) messages.say({ type: 'ping' });
    expect([1006, 1008]).toContain((await messages.closed()).code);
  });

  it('who never reads is ended, and nobody waits for it', async () => {
    const { accessToken: token } = await app.login('admin');
    const deaf = await openRawSocket(app.url, { authorization: `Bearer ${token}` });
    deaf.say({ type: 'connection_init' });
    await deaf.heard('connection_ack');
    const { id } = await createJob();
    deaf.say({ id: '1', type: 'subscribe', payload: { query: JOB, variables: { id } } });
    await deaf.heard('next');
    deaf.socket.pause();
    const watched = connect({ token }).watch(JOB, { id });
    await change(id, 50);
    await watched.until('progress', 50);
    const ended = async () => (await app.context.metrics.registry.metrics()).includes('reason="gone"');
    await waitUntil('it is ended', ended);
    deaf.socket.terminate();
  });

  it('introspection, oversized documents and limits are those of HTTP', async () => {
    const production = await startTestApp({
      adjust: (config) => Object.assign(config, { production: true, introspection: false }),
      environment: { RATE_LIMIT_PER_ADDRESS: '12', TRUSTED_PROXIES: '' },
    });
    try {
      const client = connect({}, production);
      // Keeps the socket: sockets are counted, too.
      client.watch(PUBLISHED);
      const codes = async (query: string) => [...new Set(await client.watch(query).codes())];
      expect(await codes('subscription { __schema { types { name } } }')).toEqual([
        'GRAPHQL_VALIDATION_FAILED',
      ]);
      expect(await codes('subscription { articlePublishd { id } }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
      const aliases = Array.from({ length: 20 }, (_, n) => `a${n}: id`).join(' ');
      expect(await codes(`subscription { articlePublished { ${aliases} } }`)).toEqual([
        'GRAPHQL_VALIDATION_FAILED',
      ]);
      let last: string[] = [];
      for (let n = 0; n < 12; n += 1) last = await codes('{ publishers { id } }');
      expect(last).toEqual(['RATE_LIMITED']);
      await expect(openRawSocket(production.url)).rejects.toThrow('Unexpected server response: 429');
    } finally {
      for (const client of clients.splice(0)) await client.dispose();
      await production.close();
    }
  });

  it('more sockets of one address than 500 are refused', async () => {
    const connections: WebSocket[] = [];
    const address = `${app.url.replace('http', 'ws')}/graphql`;
    const opened = await Promise.all(
      Array.from({ length: 520 }, () => {
        const socket = new WebSocket(address, 'graphql-transport-ws');
        connections.push(socket);
        return new Promise<boolean>((resolve) => {
          socket.once('open', () => resolve(true)).once('error', () => resolve(false));
        });
      }),
    );
    expect(opened.filter(Boolean).length).toBeLessThanOrEqual(500);
    expect(opened.filter((isOpen) => !isOpen).length).toBeGreaterThanOrEqual(20);
    for (const socket of connections) socket.terminate();
    await waitUntil('another one may come', () => openRawSocket(app.url).then(({ socket }) => (socket.terminate(), true), () => false)); // prettier-ignore
  });

  it('there are none but at /graphql', async () => {
    const { accessToken } = await app.login('admin');
    for (const path of ['/', '/subscriptions', '/health/live', '/graphql/stream']) {
      const said = await new Promise<string>((resolve, reject) => {
        const { hostname, port } = new URL(app.url);
        const socket = connectRaw({ host: hostname, port: Number(port) });
        let text = '';
        socket.setEncoding('utf8').on('data', (more: string) => (text += more));
        socket.on('error', reject).on('close', () => resolve(text));
        socket.write(
          [
            `GET ${path} HTTP/1.1`,
            `host: ${hostname}:${port}`,
            `authorization: Bearer ${accessToken}`,
            'upgrade: websocket',
            'connection: Upgrade',
            'sec-websocket-version: 13',
            'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
            '\r\n',
          ].join('\r\n'),
        );
      });
      expect(said).toMatch(/^HTTP\/1\.1 (200|302|400|404|406) /);
      expect(said).not.toMatch(/sec-websocket-accept/i);
    }
  });
});
