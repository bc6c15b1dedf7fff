import { startTestApp, type TestApp } from '../../helpers/app';

const HANGUL = /\p{Script=Hangul}/u;
const ENGLISH_WORDS =
  /\b(?:Cannot|Unknown|search|parameter|invalid|specified|must|limit|supports?|provided|operations?|found|blocked|Server|Introspection)\b/;
const aliases = Array.from({ length: 16 }, (_, n) => `a${n}: publishers { id }`).join(' ');
const post = (body: object | string, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const get = (headers: Record<string, string> = { 'apollo-require-preflight': 'true' }) => ({ headers });
const search = (parameters: Record<string, string>) =>
  `/graphql?${new URLSearchParams(parameters).toString()}`;
const query = (text: string, more: object = {}) => ['/graphql', post({ query: text, ...more })] as const;

const FAULTS: Record<string, readonly [path: string, init: RequestInit, status: number, code: string]> = {
  'a syntax error': [...query('{ publishers { id '), 400, 'GRAPHQL_PARSE_FAILED'],
  'an unexpected sign': [...query('{ publishers { id } } }'), 400, 'GRAPHQL_PARSE_FAILED'],
  'too many tokens': [...query(`{ ${'a '.repeat(1_100)} }`), 400, 'GRAPHQL_PARSE_FAILED'],
  'an unknown field': [...query('{ publishers { nothing } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'a field almost right': [...query('{ publisher { id } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'an unknown argument': [...query('{ publishers(first: 1) { id } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'a missing argument': [...query('{ article { id } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'a missing selection': [...query('{ publishers }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'a selection too many': [...query('{ publishers { id { x } } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'an unknown type': [...query('query ($a: Nothing) { article(id: $a) { id } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'an unused variable': [...query('query ($a: Int) { publishers { id } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'an undeclared variable': [...query('{ article(id: $a) { id } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'a variable of another type': [...query('query ($a: Int!) { article(id: $a) { id } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'an unknown fragment': [...query('{ publishers { ...F } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'an unused fragment': [...query('{ publishers { id } } fragment F on Publisher { id }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'fragments in circles': [...query('{ publishers { ...F } } fragment F on Publisher { ...F }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'fields in conflict': [...query('{ publishers { a: id a: name } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'an unknown directive': [...query('{ publishers { id @nothing } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'too many aliases': [...query(`{ ${aliases} }`), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'too many directives': [...query(`{ publishers { ${'id @include(if: true) '.repeat(11)} } }`), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'too deep': [...query(`{ ${'a { '.repeat(14)} b ${'}'.repeat(14)} }`), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'too complex': [...query('{ articles(first: 100) { edges { node { similarArticles { id } } } } }'), 400, 'QUERY_TOO_COMPLEX'],
  'introspection': [...query('{ __schema { types { name } } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'a missing variable': [...query('query ($a: ID!) { article(id: $a) { id } }'), 400, 'BAD_USER_INPUT'],
  'a variable of a wrong value': [...query('query ($a: ID!) { article(id: $a) { id } }', { variables: { a: {} } }), 400, 'BAD_USER_INPUT'],
  'variables in a text': [...query('{ publishers { id } }', { variables: '{}' }), 400, 'BAD_REQUEST'],
  'variables in a list': [...query('{ publishers { id } }', { variables: [] }), 400, 'BAD_REQUEST'],
  'a query that is no text': ['/graphql', post({ query: { kind: 'Document' } }), 400, 'BAD_REQUEST'],
  'an unknown operation': [...query('query A { publishers { id } } query B { faqs { id } }', { operationName: 'C' }), 400, 'OPERATION_RESOLUTION_FAILURE'],
  'no operation name': [...query('query A { publishers { id } } query B { faqs { id } }'), 400, 'OPERATION_RESOLUTION_FAILURE'],
  'a subscription': [...query('subscription { articlePublished { id } }'), 400, 'BAD_REQUEST'],
  'a batch': ['/graphql', post([{ query: '{ publishers { id } }' }]), 400, 'BAD_REQUEST'],
  'an empty object': ['/graphql', post({}), 400, 'BAD_REQUEST'],
  'no JSON': ['/graphql', post('{"query":'), 400, 'BAD_REQUEST'],
  'a body too large': ['/graphql', post({ query: 'x'.repeat(1_100_000) }), 413, 'BAD_REQUEST'],
  'a form': ['/graphql', post('query=x', { 'content-type': 'application/x-www-form-urlencoded' }), 400, 'BAD_REQUEST'],
  'another content type': ['/graphql', post('<a/>', { 'content-type': 'application/xml' }), 400, 'BAD_REQUEST'],
  'another method': ['/graphql', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{}' }, 405, 'BAD_REQUEST'],
  'an answer of another kind': ['/graphql', post({ query: '{ publishers { id } }' }, { accept: 'image/png' }), 406, 'BAD_REQUEST'],
  'a simple GET': [search({ query: '{ publishers { id } }' }), get({}), 400, 'BAD_REQUEST'],
  'a mutation by GET': [search({ query: 'mutation { logout }' }), get(), 405, 'BAD_REQUEST'],
  'a GET with variables that are no JSON': [search({ query: '{ publishers { id } }', variables: '{"a":' }), get(), 400, 'BAD_REQUEST'],
  'a GET with variables in a list': [search({ query: '{ publishers { id } }', variables: '[]' }), get(), 400, 'BAD_REQUEST'],
  'a GET with extensions that are no JSON': [search({ query: '{ publishers { id } }', extensions: 'x' }), get(), 400, 'BAD_REQUEST'],
  'a GET with two queries': ['/graphql?query=%7Ba%7D&query=%7Bb%7D', get(), 400, 'BAD_REQUEST'],
  'a GET without a query': ['/graphql', get(), 400, 'BAD_REQUEST'],
  'a hash of another document': [...query('{ publishers { id } }', { extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } }), 400, 'BAD_REQUEST'],
  'another version of persisted queries': [...query('{ publishers { id } }', { extensions: { persistedQuery: { version: 2, sha256Hash: 'a' } } }), 400, 'BAD_REQUEST'],
  'a page that is not there': ['/nothing', {}, 404, 'NOT_FOUND'],
  'an address that cannot be read': ['/%zz', {}, 400, 'BAD_REQUEST'],
  'another method of a page': ['/health/live', { method: 'DELETE' }, 404, 'NOT_FOUND'],
}; // prettier-ignore

describe('What the libraries refuse', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      adjust: (config) => Object.assign(config, { production: true, introspection: false }),
    });
  });
  afterAll(() => app.close());

  async function messages(path: string, init: RequestInit, language: string, status: number, code: string) {
    const headers = { ...(init.headers as Record<string, string>), 'accept-language': language };
    const response = await fetch(app.url + path, { ...init, headers });
    const { errors } = (await response.json()) as {
      errors: { message: string; extensions: { code: string } }[];
    };
    expect([response.status, errors.map(({ extensions }) => extensions.code)]).toEqual([
      status,
      errors.map(() => code),
    ]);
    return errors.map(({ message }) => message);
  }

  it.each(Object.entries(FAULTS))(
    'is told in Korean, in English to whoever asks for it, and with our codes: %s',
    async (_what, [path, init, status, code]) => {
      for (const korean of await messages(path, init, 'ko-KR', status, code)) {
        expect(korean).toMatch(HANGUL);
        expect(korean).not.toMatch(ENGLISH_WORDS);
      }
      for (const english of await messages(path, init, 'en-US,en;q=0.9', status, code)) {
        expect(english).toMatch(/[a-z]{2}/);
        expect(english).not.toMatch(HANGUL);
        expect(english).not.toMatch(/Apollo/);
      }
    },
  );

  it('is told with its limit, and is no syntax error', async () => {
    for (const fault of ['too many aliases', 'too many directives', 'too many tokens']) {
      const [path, init, status, code] = FAULTS[fault]!;
      for (const language of ['ko', 'fr, en;q=0.5']) {
        const said = (await messages(path, init, language, status, code)).join('\n');
        expect(said).toMatch(/\d/);
        expect(said).not.toMatch(/문법|syntax/i);
      }
    }
  });

  it('repeats little of what was sent', async () => {
    const long = 'x'.repeat(17_000);
    for (const text of [`{ "${long}" }`, `{ publishers "${' Did you mean '.repeat(1_200)}?" }`])
      for (const language of ['ko', 'en']) {
        const [message] = await messages(...query(text), language, 400, 'GRAPHQL_PARSE_FAILED');
        expect(message!.length).toBeLessThan(600);
      }
  });

  it('keeps the one message that clients compare', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } };
    const [message] = await messages(
      '/graphql',
      post({ extensions }),
      'ko',
      200,
      'PERSISTED_QUERY_NOT_FOUND',
    );
    expect(message).toBe('PersistedQueryNotFound');
  });
});
