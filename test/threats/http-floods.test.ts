import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import Fastify from 'fastify';
import { RateLimits } from '../../src/adapters/rate-limiter/rate-limits';
import { Metrics } from '../../src/adapters/telemetry/metrics';
import { Admission } from '../../src/http/admission';
import { registerHealth, type Readiness } from '../../src/http/health';
import { UnreadAnswers } from '../../src/http/unread-answers';
import { startTestApp, type TestApp } from '../helpers/app';
import { openSocket, saidUntilClosed, statusesIn } from '../helpers/raw-socket';
import { waitUntil } from '../helpers/wait-until';

const FORM = 'content-type: application/x-www-form-urlencoded\r\n';
const JSON_TYPE = 'content-type: application/json\r\n';
const QUERY = '{"query":"{ __typename }"}';

const head = (line: string, ...headers: string[]) => `${line} HTTP/1.1\r\nhost: x\r\n${headers.join('')}`;
const get = (path: string, ...headers: string[]) => `${head(`GET ${path}`, ...headers)}\r\n`;
const post = (path: string, body: string, ...headers: string[]) =>
  `${head(`POST ${path}`, ...headers)}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** What is said to one who goes on sending; a reset can overtake it, and then it is asked for again. */
async function saidMeanwhile(url: string, first: string, again: string): Promise<string> {
  for (let tries = 3; ; tries--) {
    const said = await saidUntilClosed(url, endlessly(first, again));
    if (said !== '' || tries === 1) return said;
  }
}

function* endlessly(first: string, again: string): Generator<string> {
  yield first;
  for (;;) yield again;
}

describe('a flood', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  describe('of pieces', () => {
    const CHUNKED = 'transfer-encoding: chunked\r\n\r\n';
    const TINY_CHUNKS = '1\r\n \r\n'.repeat(10_000);

    it.each([
      ['POST /graphql', JSON_TYPE, 413],
      ['POST /graphql', 'content-type: text/plain\r\n', 413],
      ['POST /webhooks/kakao/unlink', FORM, 401],
      ['POST /webhooks/kakao/unlink', JSON_TYPE, 401],
      ['POST /auth/logout', JSON_TYPE, 204],
      ['POST /auth/logout', 'content-type: text/plain\r\n', 204],
      ['POST /nothing', JSON_TYPE, 404],
      ['GET /health/live', JSON_TYPE, 200],
      ['GET /graphql', JSON_TYPE, 400],
      ['PUT /graphql', JSON_TYPE, 405],
      ['OPTIONS /graphql', JSON_TYPE, 204],
    ])('a body in tiny chunks without end is not read to its end: %s, %s', async (line, type, status) => {
      const said = await saidMeanwhile(app.url, head(line, type) + CHUNKED, TINY_CHUNKS);
      expect(statusesIn(said)).toEqual([status]);
    });

    it('an honest body in a thousand of them is read', async () => {
      const body = QUERY.padEnd(900, ' ');
      const chunks = [...body].map((letter) => `1\r\n${letter}\r\n`).join('');
      const request = `${head('POST /graphql', JSON_TYPE, 'connection: close\r\n')}transfer-encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`;
      expect(statusesIn(await saidUntilClosed(app.url, [request]))).toEqual([200]);
    });

    it.each(['GET /health/live', 'POST /nothing', 'POST /webhooks/kakao/unlink'])(
      'a large body that nobody wants is not waited for: %s',
      async (line) => {
        const start = `${head(line, JSON_TYPE)}content-length: 1000000000\r\n\r\n`;
        expect(statusesIn(await saidMeanwhile(app.url, start, 'x'.repeat(65_536)))).toHaveLength(1);
      },
    );
  });

  describe('of bodies that do not end', () => {
    const LENGTH = 1_000_000;
    const body = `{"query":"{ __typename }","variables":{"x":"${'x'.repeat(LENGTH - 200)}`;
    const unfinished = `${head('POST /graphql', JSON_TYPE, 'x-forwarded-for: 203.0.113.9\r\n')}content-length: ${LENGTH}\r\n\r\n${body}`;
    const small = (from: string) =>
      post('/graphql', QUERY, JSON_TYPE, `x-forwarded-for: ${from}\r\n`, 'connection: close\r\n');

    it('keeps some megabytes for an address, whose next large one is refused, and nobody else', async () => {
      const proxied = await startTestApp({ environment: { TRUSTED_PROXIES: '127.0.0.1' } });
      const sockets: Socket[] = [];
      try {
        let refused = '';
        while (refused === '' && sockets.length < 40) {
          const socket = await openSocket(proxied.url);
          sockets.push(socket);
          socket.setEncoding('latin1').on('data', (text: string) => (refused += text));
          await new Promise((resolve) => socket.write(unfinished, resolve));
          // An answer to a later connection tells that the earlier one was read.
          await saidUntilClosed(proxied.url, [get('/health/live', 'connection: close\r\n')]);
        }
        expect(statusesIn(refused)[0]).toBe(429);
        expect(refused).toMatch(/retry-after: 10\r\n(.*\r\n)*connection: close/i);
        expect(statusesIn(await saidUntilClosed(proxied.url, [small('203.0.113.10')]))).toEqual([200]);
        const other = unfinished.replace('203.0.113.9', '203.0.113.10') + '"}}'.padEnd(LENGTH - body.length);
        const socket = await openSocket(proxied.url);
        let said = '';
        socket.setEncoding('latin1').on('data', (text: string) => (said += text)).write(other);
        await waitUntil('another address is answered', () => said !== '');
        socket.destroy();
        expect(statusesIn(said)).toEqual([200]);
      } finally {
        for (const socket of sockets) socket.destroy();
        await proxied.close();
      }
    }); // prettier-ignore

    it('counts no body that has ended or broken off', async () => {
      for (let n = 0; n < 40; n++) {
        const socket = await openSocket(app.url);
        await new Promise((resolve) => socket.write(unfinished, resolve));
        socket.destroy();
      }
      const whole = unfinished + '"}}'.padEnd(LENGTH - body.length);
      const ask = async () => {
        const socket = await openSocket(app.url);
        let said = '';
        socket.setEncoding('latin1').on('data', (text: string) => (said += text)).write(whole);
        await waitUntil('it is answered', () => said !== '');
        socket.destroy();
        return statusesIn(said)[0];
      };
      await waitUntil('those that broke off are forgotten', async () => (await ask()) === 200);
      for (let n = 0; n < 40; n++) expect(await ask()).toBe(200);
    }); // prettier-ignore
  });

  describe('of keys', () => {
    const keys = Array.from({ length: 50_000 }, (_, n) => `k${n}=`).join('&');

    it('in a form for the webhook is not read from a stranger, and refused from Kakao', async () => {
      const from = (key: string) => `authorization: KakaoAK ${key}\r\n`;
      const call = (...headers: string[]) => {
        const request = post('/webhooks/kakao/unlink', keys, FORM, 'connection: close\r\n', ...headers);
        return saidUntilClosed(app.url, [request]);
      };
      expect(statusesIn(await call())).toEqual([401]);
      expect(statusesIn(await call(from('wrong')))).toEqual([401]);
      expect(statusesIn(await call(from(app.config.kakao.adminKey!)))).toEqual([413]);
    });
  });

  describe('of requests sent ahead', () => {
    it.each(['/health/live', '/health/ready', '/nothing', '/metrics'])(
      'on one connection gets a few answers, and its connection is closed: GET %s',
      async (path) => {
        const statuses = statusesIn(await saidUntilClosed(app.url, [get(path).repeat(1_000)]));
        expect(statuses).toHaveLength(17);
        expect(statuses.indexOf(429)).toBe(16);
      },
    );

    it('of queries gets a few answers too, and no more of them are carried out', async () => {
      app.statements.length = 0;
      const query = post('/graphql', '{"query":"{ publishers { id } }"}', JSON_TYPE);
      const statuses = statusesIn(await saidUntilClosed(app.url, [query.repeat(300)]));
      expect([statuses.length, statuses.at(-1)]).toEqual([17, 429]);
      expect(app.statements.length).toBeLessThanOrEqual(16);
    });

    it('of a few is answered, in order, and the connection kept', async () => {
      const few = [get('/health/live'), get('/nothing'), get('/health/ready')].join('').repeat(5);
      const last = get('/health/live', 'connection: close\r\n');
      const statuses = statusesIn(await saidUntilClosed(app.url, [few, last]));
      expect(statuses).toEqual([...Array(5).fill([200, 404, 200]).flat(), 200]);
    });
  });

  it('of readiness checks asks the database once a second', async () => {
    const asked = jest.fn().mockResolvedValue(null);
    const pages = Fastify();
    let url = '';
    registerHealth(pages, { fault: asked } as unknown as Readiness, () => false);
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const checkedAt = async (ms: number) => {
      now.mockReturnValue(ms);
      const answers = await Promise.all(Array.from({ length: 100 }, () => fetch(`${url}/health/ready`)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      return asked.mock.calls.length;
    };
    try {
      url = await pages.listen({ host: '127.0.0.1', port: 0 });
      expect([await checkedAt(1), await checkedAt(1_000), await checkedAt(1_001)]).toEqual([1, 1, 2]);
    } finally {
      now.mockRestore();
      await pages.close();
    }
  });

  describe('of requests to speak another protocol', () => {
    it.each([
      ['a WebSocket', get('/graphql', 'upgrade: websocket\r\n', 'connection: Upgrade\r\n'), 400],
      ['a WebSocket', get('/health/live', 'upgrade: websocket\r\n', 'connection: Upgrade\r\n'), 200],
      ['h2c', post('/graphql', QUERY, JSON_TYPE, 'upgrade: h2c\r\n', 'connection: Upgrade, HTTP2-Settings\r\n', 'http2-settings: AAA\r\n'), 200],
      ['an unknown one', get('/nothing', 'upgrade: nothing/1\r\n', 'connection: upgrade\r\n'), 404],
    ])('is answered, and each connection closed though its client stays: %s', async (_what, request, status) => {
      const said = await saidUntilClosed(app.url, [request, get('/health/live')]);
      expect(statusesIn(said)).toEqual([status]);
      expect(said).toMatch(/^connection: close\r$/im);
    }); // prettier-ignore
  });
});

describe('whoever is refused again and again', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ environment: { RATE_LIMIT_PER_ADDRESS: '5', TRUSTED_PROXIES: '127.0.0.1' } });
  });
  afterAll(() => app.close());

  const from = (address: string) => `x-forwarded-for: ${address}\r\n`;
  const ask = (address: string) => post('/graphql', QUERY, JSON_TYPE, from(address));

  it('gets the refusal before any work, is not logged each time, and loses the connection', async () => {
    const lines = () => app.logs.filter((line) => line.includes('"msg":"graphql"')).length;
    const before = lines();
    let answers: number[] = [];
    // Sent one by one: so many at once would be too many under way.
    const socket = await openSocket(app.url);
    let said = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      said += text;
      answers = statusesIn(said);
    });
    const closed = new Promise<true>((resolve) => socket.once('close', () => resolve(true)));
    let isClosed = false;
    void closed.then(() => (isClosed = true));
    while (!isClosed) {
      const got = answers.length;
      socket.write(ask('203.0.113.1'));
      await waitUntil('it is answered or closed', () => answers.length > got || isClosed);
    }
    expect(answers).toEqual([...Array(5).fill(200), ...Array(11).fill(429)]);
    expect(said.split('\r\n\r\n').at(-2)).toMatch(/retry-after: \d+\r\n(.*\r\n)*connection: close/i);
    // The first refusal is the limiter's own.
    expect(lines() - before).toBe(6);
  });

  it('does not take the others of the same connection with it', async () => {
    await saidUntilClosed(app.url, [
      ask('203.0.113.2').repeat(6),
      get('/health/live', 'connection: close\r\n'),
    ]);
    const proxied = [
      ask('203.0.113.2').repeat(3),
      ask('203.0.113.3'),
      get('/health/live', 'connection: close\r\n'),
    ];
    expect(statusesIn(await saidUntilClosed(app.url, proxied))).toEqual([429, 429, 429, 200, 200]);
  });

  it.each([
    ['a path that only begins like one of ours', (from: string) => get('/health/nothing', from)],
    ['the path of the webhook and more', (from: string) => get('/webhooks/nothing', from)],
    ['the webhook without its key', (from: string) => get('/webhooks/kakao/unlink', from)],
    ['a path of ours written otherwise', (from: string) => get('/%68ealth/live', from)],
  ])('is no machine of ours by what it asks for: %s', async (what, ask) => {
    const address = from(`2001:db8:${what.length}::1`);
    await saidUntilClosed(app.url, [ask(address).repeat(5) + get('/health/live', 'connection: close\r\n')]);
    const first = await saidUntilClosed(app.url, [
      ask(address),
      get('/health/live', 'connection: close\r\n'),
    ]);
    expect(statusesIn(first)).toEqual([429, 200]);
    const statuses = statusesIn(await saidUntilClosed(app.url, [ask(address).repeat(16)]));
    expect(statuses).toEqual(Array(10).fill(429));
  });

  it.each([
    ['/health/live', () => ''],
    ['/health/ready', () => ''],
    ['/metrics', () => `authorization: Bearer ${app.config.metrics.token}\r\n`],
    ['/webhooks/kakao/unlink', () => `authorization: KakaoAK ${app.config.kakao.adminKey}\r\n`],
  ])('is not refused what no limit counts, and loses the connection that asks it twenty times a second: %s', async (path, key) => {
    const socket = await openSocket(app.url);
    let said = '';
    let isClosed = false;
    socket.setEncoding('latin1').on('data', (text: string) => (said += text)).once('close', () => (isClosed = true));
    const now = jest.spyOn(performance, 'now').mockReturnValue(1e9);
    try {
      for (let asked = 1; !isClosed; asked++) {
        socket.write(get(path, key()));
        await waitUntil('it is answered or closed', () => statusesIn(said).length === asked || isClosed);
      }
    } finally {
      now.mockRestore();
    }
    expect(statusesIn(said)).toEqual(Array(20).fill(200));
    expect(said.match(/^connection: close\r$/gim)).toHaveLength(1);
  }); // prettier-ignore

  it('is refused on pages too, and Kakao is not, whatever strangers send from its address', async () => {
    const webhook = (key: string) =>
      post('/webhooks/kakao/unlink', 'user_id=1', FORM, from('203.0.113.4'), `authorization: KakaoAK ${key}\r\n`, 'connection: close\r\n');
    const call = async (request: string) => statusesIn(await saidUntilClosed(app.url, [request]))[0];
    const strangers: unknown[] = [];
    for (let n = 0; n < 7; n++) strangers.push(await call(webhook('wrong')));
    expect(strangers).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(await call(webhook(app.config.kakao.adminKey!))).toBe(200);
    for (const path of ['/nothing', '/.well-known/jwks.json', '/auth/kakao'])
      expect(await call(get(path, from('203.0.113.4'), 'connection: close\r\n'))).toBe(429);
    expect(await call(get('/health/ready', from('203.0.113.4'), 'connection: close\r\n'))).toBe(200);
  }); // prettier-ignore
});

describe('whoever reads nothing', () => {
  const MEGABYTES = Buffer.alloc(8 * 1024 * 1024);
  let server: Server;
  let unread: UnreadAnswers;
  let limits: RateLimits;

  const connections = () =>
    new Promise<number>((resolve, reject) =>
      server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );

  beforeEach(async () => {
    unread = new UnreadAnswers();
    limits = new RateLimits({ limits: {}, redisUrl: null, logger: {} as never });
    const admission = new Admission({
      limits,
      metrics: new Metrics(),
      unread,
      isAlwaysServed: () => false,
      headers: {},
    });
    server = createServer((request, response) => {
      if (!admission.admitsOn(request, response) || !admission.admitsFrom('a', request, response)) return;
      answerLargely(response);
    });
    admission.watch(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    limits.close();
  });

  function answerLargely(response: ServerResponse): void {
    response.end(MEGABYTES);
    unread.note('a', response);
  }
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  it('gets no more than a bounded number of bytes for an address, until they are read or cut', async () => {
    const sockets = [];
    // What the network takes is not counted, so the number of answers differs.
    while (unread.refusal('a') === null) {
      const socket = await openSocket(url());
      sockets.push(socket.pause());
      socket.write(get('/').repeat(3));
      await waitUntil('it is answered', async () => (await connections()) === sockets.length);
    }
    expect(sockets.length).toBeLessThan(20);
    expect(unread.refusal('b')).toBeNull();
    expect(statusesIn(await saidUntilClosed(url(), [get('/', 'connection: close\r\n')]))).toEqual([429]);
    await waitUntil('all of them are cut', async () => (await connections()) === 0, 30_000);
    await waitUntil('nothing is counted any more', () => unread.refusal('a') === null);
  }, 60_000);

  it('is told from who reads slowly, and from who waits', async () => {
    const socket = await openSocket(url());
    let bytes = 0;
    socket.on('data', (piece) => {
      bytes += piece.length;
      socket.pause();
      setImmediate(() => socket.resume());
    });
    socket.write(get('/', 'connection: close\r\n'));
    await waitUntil('all of it has come', () => bytes > MEGABYTES.length, 30_000);
  }, 60_000);
});
