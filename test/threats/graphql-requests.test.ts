import { request as httpRequest } from 'node:http';
import { startTestApp, type TestApp } from '../helpers/app';

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

describe('the form of a GraphQL request', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const url = () => `${app.url}/graphql`;
  const JSON_TYPE = { 'content-type': 'application/json' };
  const QUERY = JSON.stringify({ query: '{ publishers { id } }' });

  async function expectRefused(response: Response, status: number): Promise<string> {
    const text = await response.text();
    expect({ status: response.status, type: response.headers.get('content-type'), text }).toEqual({
      status,
      type: expect.stringMatching(/^application\/(graphql-response\+)?json/),
      text: expect.stringContaining('"errors"'),
    });
    expect(text).not.toMatch(/<html|<!doctype|node_modules|\.js:\d+|stacktrace/i);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toMatch(/no-store/);
    const { errors } = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] };
    expect(errors[0]!.extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
    expect(errors[0]!.message).toMatch(/\p{Script=Hangul}/u);
    return text;
  }
  const post = (body: string | undefined, headers: Record<string, string> = JSON_TYPE) =>
    fetch(url(), { method: 'POST', headers, ...(body !== undefined && { body }) });

  it('is a POST of JSON, or a GET', async () => {
    expect((await post(QUERY)).status).toBe(200);
    expect((await post(QUERY, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
    const search = new URLSearchParams({ query: '{ publishers { id } }' }).toString();
    const headers = { 'apollo-require-preflight': 'true' };
    expect((await fetch(`${url()}?${search}`, { headers })).status).toBe(200);
  });

  it('is answered as the client accepts it', async () => {
    const accept = 'application/graphql-response+json';
    const response = await post(QUERY, { ...JSON_TYPE, accept });
    expect(response.headers.get('content-type')).toMatch(accept);
    await expectRefused(await post(QUERY, { ...JSON_TYPE, accept: 'image/png' }), 406);
  });

  it.each([
    'multipart/mixed',
    'multipart/mixed; deferSpec=20220824',
    'text/event-stream',
    'text/html',
    'application/json;q=0',
    'application/json; charset=euc-kr',
    'nonsense',
  ])('is refused before anything is carried out when its answer is not accepted: %s', async (accept) => {
    const mutation = 'mutation { beginKakaoLogin(redirectUri: "https://a.example") { state } }';
    app.statements.length = 0;
    await expectRefused(await post(JSON.stringify({ query: mutation }), { ...JSON_TYPE, accept }), 406);
    expect(app.statements).toEqual([]);
  });

  it.each(['*/*', 'application/*', 'text/html, */*;q=0.1', 'application/graphql-response+json, application/json;q=0.9', 'multipart/mixed, application/json'])(
    'is answered where JSON is one of what is accepted: %s',
    async (accept) => expect((await post(QUERY, { ...JSON_TYPE, accept })).status).toBe(200),
  ); // prettier-ignore

  it.each([
    'subscription { publishers { id } }',
    'subscription S { nothing }',
    'subscription { articlePublished { id } }',
    'query Q { publishers { id } } subscription S { nothing }',
  ])('a subscription gets 400, by POST too: %s', async (query) => {
    app.statements.length = 0;
    const operationName = query.includes(' S ') ? 'S' : undefined;
    await expectRefused(await post(JSON.stringify({ query, operationName })), 400);
    expect(app.statements).toEqual([]);
  });

  it('a mutation by GET gets 405', async () => {
    const query = 'mutation { logout }';
    const search = new URLSearchParams({ query }).toString();
    const headers = { 'apollo-require-preflight': 'true' };
    const response = await fetch(`${url()}?${search}`, { headers });
    expect(response.headers.get('allow')).toBe('POST');
    await expectRefused(response, 405);
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('is no %s', async (method) => {
    const response = await fetch(url(), { method, headers: JSON_TYPE, body: QUERY });
    expect(response.headers.get('allow')).toBe('GET, POST');
    await expectRefused(response, 405);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'text/plain, form and multipart posts without the CSRF header get 400: %p',
    async (type) => {
      app.statements.length = 0;
      await expectRefused(await post(QUERY, { 'content-type': type }), 400);
      expect(app.statements).toEqual([]);
    },
  );

  it('is no simple GET that any page can send', async () => {
    const search = new URLSearchParams({ query: '{ publishers { id } }' }).toString();
    await expectRefused(await fetch(`${url()}?${search}`), 400);
  });

  it.each([
    ['not JSON', '{"query": '],
    ['plain text', 'canary-9c2d is no JSON'],
    ['empty', ''],
    ['null', 'null'],
    ['a number', '5'],
    ['a text', '"{ publishers { id } }"'],
    ['an empty object', '{}'],
    ['an empty list', '[]'],
    ['a batch', `[${QUERY},${QUERY}]`],
    ['a batch of 1,000', `[${Array(1_000).fill(QUERY).join(',')}]`],
    ['a query that is no text', '{"query":{"kind":"Document"}}'],
    ['a query that is a list', '{"query":["{ publishers { id } }"]}'],
    ['variables that are text', '{"query":"{ publishers { id } }","variables":"{}"}'],
    ['variables that are a list', '{"query":"{ publishers { id } }","variables":[1]}'],
    ['an operation name that is no text', '{"query":"{ publishers { id } }","operationName":{}}'],
    ['a syntax error', '{"query":"{ publishers { id "}'],
    ['nothing but white space', '{"query":"   "}'],
    ['a null byte', '{"query":"{ publishers \\u0000 { id } }"}'],
    ['lists in lists', '['.repeat(200_000)],
  ])('malformed JSON and batches get 400 as JSON, and no resolver runs: %s', async (_what, body) => {
    app.statements.length = 0;
    const text = await expectRefused(await post(body), 400);
    expect(text).not.toContain('canary');
    expect(app.statements).toEqual([]);
  });

  it('is told what is wrong in English to whoever asks for English', async () => {
    for (const body of ['{', '[]', 'null', 'x'.repeat(1_100_000)]) {
      const response = await post(body, { ...JSON_TYPE, 'accept-language': 'en' });
      const { errors } = (await response.json()) as { errors: { message: string }[] };
      expect(errors[0]!.message).not.toMatch(/\p{Script=Hangul}/u);
    }
  });

  it('does not reach the prototypes of objects', async () => {
    const body =
      '{"query":"query ($id: ID!) { article(id: $id) { id } }","variables":{"__proto__":{"id":"1"}}}';
    expect(await expectRefused(await post(body), 400)).toContain('BAD_USER_INPUT');
    expect(({} as Record<string, unknown>).id).toBeUndefined();
  });

  describe('a body over 1 MB', () => {
    const large = JSON.stringify({ query: '{ publishers { id } }', variables: { x: 'x'.repeat(1_100_000) } });

    it('gets 413 as JSON when its length is told', async () => {
      for (let n = 0; n < 10; n++) await expectRefused(await post(large), 413);
    });

    /** Sends `chunks` without telling the length, at the pace the socket takes them. */
    function chunked(chunks: Iterable<string>, headers: Record<string, string> = JSON_TYPE): Promise<Reply> {
      return new Promise((resolve, reject) => {
        const request = httpRequest(url(), { method: 'POST', headers }, (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => (text += part));
          response.on('end', () =>
            resolve({ status: response.statusCode!, headers: response.headers, text }),
          );
        });
        request.on('error', (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EPIPE') reject(error);
        });
        const source = chunks[Symbol.iterator]();
        const write = (): void => {
          for (;;) {
            const { value, done } = source.next();
            if (done) return void request.end();
            if (request.destroyed) return;
            if (!request.write(value)) return void request.once('drain', write);
          }
        };
        write();
      });
    }

    function* pieces(count: number): Generator<string> {
      yield '{"query":"{ publishers { id } }","variables":{"x":"';
      for (let n = 0; n < count; n++) yield 'x'.repeat(16_384);
      yield '"}}';
    }

    it('gets 413 as JSON when it comes in chunks', async () => {
      for (let n = 0; n < 5; n++) {
        const { status, headers, text } = await chunked(pieces(80));
        expect([status, headers.connection, text.includes('"errors"')]).toEqual([413, 'close', true]);
      }
    });

    it('is refused also when it is no JSON', async () => {
      const { status } = await chunked(pieces(80), { 'content-type': 'text/plain' });
      expect(status).toBe(413);
    });

    it('is taken when it is a little less', async () => {
      const { status } = await chunked(pieces(60));
      expect(status).toBe(200);
    });

    it('leaves the server ready for others', async () => {
      expect((await post(QUERY)).status).toBe(200);
    });
  });
});
