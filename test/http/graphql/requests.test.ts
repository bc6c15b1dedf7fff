import { auditServer, type AuditFail } from 'graphql-http';
import { getIntrospectionQuery, parse } from 'graphql';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { startTestApp, type TestApp } from '../../helpers/app';
import { createDocumentStore, createPersistedQueryCache } from '../../../src/http/graphql/document-store';
import { PersistedDocuments } from '../../../src/http/graphql/persisted-documents';

const QUERY = '{ publishers { id } }';
const MEGABYTE = 1024 * 1024;

describe('GraphQL over HTTP', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('is spoken as the specification demands: its audits find no error', async () => {
    const results = await auditServer({ url: `${app.url}/graphql` });
    const failed = results.filter((result): result is AuditFail => result.status !== 'ok');
    const count = (status: string) => results.filter((result) => result.status === status).length;
    const said = failed.map(({ status, id, name, reason }) => `${status} ${id}: ${name} (${reason})`);
    // What it only recommends or notices is told, not demanded.
    process.stdout.write(
      `${[`audits: ${results.length}, ok: ${count('ok')}, notices: ${count('notice')}, warnings: ${count('warn')}, errors: ${count('error')}`, ...said].join('\n  ')}\n`,
    );
    expect(results.length).toBeGreaterThanOrEqual(60);
    expect(failed.filter(({ status }) => status === 'error').map(({ id, name }) => `${id}: ${name}`)).toEqual(
      [],
    );
  });

  describe('A persisted query', () => {
    it.each(['0', '__proto__', 'f'.repeat(64)])(
      'under a hash that is not its own (%s) is a fault of the request, not of the server',
      async (sha256Hash) => {
        const response = await fetch(`${app.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            query: '{ publishers { id } }',
            extensions: { persistedQuery: { version: 1, sha256Hash } },
          }),
        });
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
      },
    );
  });

  describe('The query with which tools ask for the schema', () => {
    it('is answered in development, whole', async () => {
      const { status, data, errors } = await app.query(
        getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true }),
      );
      expect([status, errors]).toEqual([200, []]);
      expect((data as { __schema: { types: unknown[] } }).__schema.types.length).toBeGreaterThan(40);
    });

    it('costs nothing, unlike what is asked for beside it', async () => {
      const page =
        'articles(first: 100) { edges { node { title content comment category updatedAt viewCount } } }';
      const pages = [...'abcdefghijklmno'].map((alias) => `${alias}: ${page}`).join(' ');
      const { errors } = await app.query(`{ __schema { types { name } } ${pages} }`);
      expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
    });

    it('cannot be nested without end', async () => {
      const fields = (depth: number): string =>
        depth === 0 ? 'name' : `fields { type { ofType { ${fields(depth - 1)} } } }`;
      const { status } = await app.query(`{ __schema { types { ${fields(6)} } } }`);
      expect(status).toBe(400);
    });
  });

  describe('parsed documents', () => {
    it('are kept up to a number and a size that count comments too', async () => {
      const store = createDocumentStore();
      const kept = async (keys: string[]) => {
        const found = await Promise.all(keys.map((key) => store.get(key)));
        return found.filter(Boolean).length;
      };
      const small = Array.from({ length: 2_000 }, (_, n) => `small ${n}`);
      for (const key of small) await store.set(key, parse('{ __typename }'));
      expect(await kept(small)).toBe(500);

      const large = Array.from({ length: 200 }, (_, n) => `large ${n}`);
      for (const key of large) await store.set(key, parse(`{ __typename }${'#'.repeat(20_000)}`));
      expect(await kept(large)).toBeLessThanOrEqual(50);
    });

    it('are kept by their hashes up to a size that counts the hashes too', async () => {
      const cache = createPersistedQueryCache(new PersistedDocuments([], false));
      const keys = Array.from({ length: 50_000 }, (_, n) => `apq:${n}`);
      for (const key of keys) await cache.set(key, '{ __typename }');
      const kept = (await Promise.all(keys.map((key) => cache.get(key)))).filter(Boolean);
      expect(kept.length).toBeGreaterThan(1_000);
      expect(kept.length).toBeLessThan(10_000);
      await cache.set('large', `{ __typename }${'#'.repeat(19_000)}`);
      expect(await cache.get('large')).toBeDefined();
    });

    it('are refused before they are parsed when they are too long', async () => {
      const { status, errors } = await app.query(`{ __typename }${'#\n'.repeat(300_000)}`);
      expect(status).toBe(400);
      expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
      expect((await app.query(`{ __typename }${'#\n'.repeat(5_000)}`)).status).toBe(200);
    });
  });

  describe('The body of a GraphQL request', () => {
    /** Sends pieces one after the other, without a content-length. */
    async function sendPieces(
      pieces: Buffer[],
    ): Promise<{ status: number; connection?: string; body: string }> {
      const headers = { 'content-type': 'application/json' };
      const request = httpRequest(`${app.url}/graphql`, { method: 'POST', headers });
      const answered = once(request, 'response') as Promise<[IncomingMessage]>;
      answered.catch(() => {});
      // The server may close the connection while we still write: its answer is what counts.
      request.on('error', () => {});
      for (const piece of pieces)
        if (!request.write(piece)) await Promise.race([once(request, 'drain'), answered]);
      request.end();
      const [response] = await answered;
      let body = '';
      for await (const chunk of response.setEncoding('utf8')) body += chunk;
      return { status: response.statusCode!, connection: response.headers.connection!, body };
    }

    it('may come in pieces that cut a letter in two', async () => {
      const bytes = Buffer.from(JSON.stringify({ query: `# 금리\n${QUERY}`, operationName: null }));
      const cut = bytes.indexOf('금') + 1;
      const { status, body } = await sendPieces([bytes.subarray(0, cut), bytes.subarray(cut)]);
      expect({ status, body: JSON.parse(body) as unknown }).toEqual({
        status: 200,
        body: { data: { publishers: [] } },
      });
    });

    it.each(['', 'nonsense', '{"query":', '{"query": "{ publishers { id } }"}x'])(
      'is refused when it is %j',
      async (body) => {
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body });
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
      },
    );

    const asBytes = (query: string) => Buffer.from(JSON.stringify({ query }));
    const sendBytes = async (body: Buffer, more: Record<string, string> = {}) => {
      const headers = { 'content-type': 'application/json', ...more };
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers,
        body: new Uint8Array(body),
      });
      return { status: response.status, ...((await response.json()) as object) };
    };
    const ANSWERED = { status: 200, data: { publishers: [] } };
    const refusedWith = (status: number) => ({ status, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });

    it.each([
      ['EUC-KR', Buffer.concat([asBytes('# '), Buffer.from([0xb1, 0xdd, 0xb8, 0xae])])],
      ['Latin-1', Buffer.from(JSON.stringify({ query: `# é\n${QUERY}` }), 'latin1')],
      ['UTF-16', Buffer.from(`\ufeff${JSON.stringify({ query: QUERY })}`, 'utf16le')],
      ['UTF-8 that is cut off', asBytes('# 금').subarray(0, -3)],
      ['half of a surrogate pair', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
      ['a letter written too long', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ])(
      'is refused when its bytes are not UTF-8, so that no U+FFFD is ever stored: %s',
      async (_what, body) => {
        expect(await sendBytes(body)).toMatchObject(refusedWith(400));
      },
    );

    it('may begin with a byte order mark', async () => {
      expect(await sendBytes(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), asBytes(QUERY)]))).toEqual(
        ANSWERED,
      );
    });

    it.each(['euc-kr', 'utf-16', '"ISO-8859-1"'])(
      'is refused when it is said to be in %s',
      async (charset) => {
        const type = { 'content-type': `application/json; charset=${charset}` };
        expect(await sendBytes(asBytes(QUERY), type)).toMatchObject(refusedWith(415));
      },
    );

    it.each(['utf-8', 'UTF8', '"utf-8"', 'us-ascii'])(
      'is read when it is said to be in %s',
      async (charset) => {
        const type = { 'content-type': `application/json; charset=${charset}` };
        expect(await sendBytes(asBytes(QUERY), type)).toEqual(ANSWERED);
      },
    );

    it.each([
      ['gzip', gzipSync(asBytes(QUERY))],
      ['br', brotliCompressSync(asBytes(QUERY))],
      ['gzip', asBytes(QUERY)],
      ['zstd, gzip', asBytes(QUERY)],
    ])('is refused when it is said to be compressed: %s', async (encoding, body) => {
      expect(await sendBytes(body, { 'content-encoding': encoding })).toMatchObject(refusedWith(415));
    });

    it('is read when its encoding is none', async () => {
      expect(await sendBytes(asBytes(QUERY), { 'content-encoding': 'identity' })).toEqual(ANSWERED);
    });

    it('is refused over 1 MB, announced or not', async () => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ query: QUERY, padding: 'x'.repeat(MEGABYTE) });
      const announced = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body });
      expect(announced.status).toBe(413);
      const piece = Buffer.alloc(64 * 1024, ' ');
      const { status, connection } = await sendPieces(Array.from({ length: 17 }, () => piece));
      expect({ status, connection }).toEqual({ status: 413, connection: 'close' });
    });

    it('is refused when it holds thousands of values, and not for what stands in its texts', async () => {
      const query = 'query ($id: ID!) { article(id: $id) { id } }';
      const send = (more: unknown) => app.query(query, { id: '00000000-0000-7000-8000-000000000000', more });
      const signs = ',[{"\\"'.repeat(5_000);
      expect((await send(signs)).data).toEqual({ article: null });
      for (const many of [
        Array(20_000).fill(0),
        Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [n, 0])),
      ]) {
        const { status, errors } = await send([signs, many]);
        expect([status, errors[0]!.extensions.code]).toEqual([400, 'BAD_REQUEST']);
      }
    });

    it('may break off without harm to the next request', async () => {
      const headers = { 'content-type': 'application/json', 'content-length': 1000 };
      const request = httpRequest(`${app.url}/graphql`, { method: 'POST', headers });
      request.on('error', () => {});
      await new Promise<void>((resolve) => request.write('{"query": "', () => resolve()));
      request.destroy();
      expect((await app.query(QUERY)).data).toEqual({ publishers: [] });
    });

    it('is answered with the request id that came with it, or a new one', async () => {
      const given = await app.query(QUERY, {}, { headers: { 'x-request-id': 'request-0815' } });
      expect(given.headers.get('x-request-id')).toBe('request-0815');
      const bad = await app.query('{ nonsense }', {}, { headers: { 'x-request-id': 'no\tid' } });
      expect(bad.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
      expect(app.logs.some((line) => line.includes('"requestId":"request-0815"'))).toBe(true);
    });
  });
});
