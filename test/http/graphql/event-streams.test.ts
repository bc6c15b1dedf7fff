import { randomUUID } from 'node:crypto';
import { startTestApp, type TestApp } from '../../helpers/app';
import { TestClock } from '../../helpers/clock';
import { waitUntil } from '../../helpers/wait-until';

const ANSWER = `subscription { answerUpdated(id: "${randomUUID()}") { id } }`;
const JOB = 'subscription ($id: ID) { generationJobUpdated(id: $id) { id status progress } }';
const PUBLISHED = 'subscription { articlePublished { id } }';

describe('subscriptions as server-sent events', () => {
  const clock = new TestClock();
  const streams: AbortController[] = [];
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ clock });
  });
  afterEach(() => {
    for (const stream of streams.splice(0)) stream.abort();
  });
  afterAll(() => app.close());

  function ask(body: object | string, headers: Record<string, string> = {}, method = 'POST', query = '') {
    const stream = new AbortController();
    streams.push(stream);
    return fetch(`${app.url}/graphql/stream${query}`, {
      method,
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
      ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: stream.signal,
    });
  }
  /** What a stream says, as it says it. */
  function heard(response: Response) {
    const said = { text: '', hasEnded: false };
    void (async () => {
      const decoder = new TextDecoder();
      for await (const piece of response.body!) said.text += decoder.decode(piece as Uint8Array);
    })()
      .catch(() => {})
      .finally(() => (said.hasEnded = true));
    return said;
  }
  const bearer = async (user: string) => ({ authorization: `Bearer ${(await app.login(user)).accessToken}` });
  const createJob = () =>
    app.context.database.prisma.generationJob.create({ data: { kind: 'COLLECTION', input: {} } });
  const change = (id: string, data: object) =>
    app.context.database.prisma.generationJob.update({ where: { id }, data });

  it('tell the state first, then every change', async () => {
    const { id } = await createJob();
    const response = await ask({ query: JOB, variables: { id } }, await bearer('admin'));
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('cache-control'),
    ]).toEqual([200, 'text/event-stream; charset=utf-8', 'private, no-store']);
    const said = heard(response);
    await waitUntil('the state is told', () => said.text.includes('"status":"QUEUED"'));
    await change(id, { status: 'SUCCEEDED', progress: 100 });
    await waitUntil('the change is told', () => said.text.includes('"status":"SUCCEEDED"'));
    expect(said.text).toContain(
      `event: next\ndata: {"data":{"generationJobUpdated":{"id":"${id}","status":"QUEUED","progress":0}}}\n\n`,
    );
  });

  it('can be asked for by GET, as EventSource does', async () => {
    const response = await ask('', {}, 'GET', `?query=${encodeURIComponent(PUBLISHED)}`);
    expect(response.status).toBe(200);
    const said = heard(response);
    await waitUntil('it has begun', () => said.text.startsWith(':'));
  });

  it.each([
    ['nobody', {}, { query: JOB }, 401, 'UNAUTHENTICATED'],
    ['nobody what is a reader’s own', {}, { query: ANSWER }, 401, 'UNAUTHENTICATED'],
    ['a forged token', { authorization: 'Bearer x' }, { query: PUBLISHED }, 401, 'UNAUTHENTICATED'],
    ['a query', {}, { query: '{ publishers { id } }' }, 400, 'BAD_REQUEST'],
    ['a mutation', {}, { query: 'mutation { logout }' }, 400, 'BAD_REQUEST'],
    ['a syntax error', {}, { query: 'subscription {' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['no query', {}, {}, 400, 'BAD_REQUEST'],
    ['no object', {}, '[]', 400, 'BAD_REQUEST'],
    ['no JSON', {}, '{', 400, 'BAD_REQUEST'],
    ['a form', { 'content-type': 'text/plain' }, 'query=x', 415, 'BAD_REQUEST'],
    ['another kind of answer', { accept: 'application/json' }, { query: PUBLISHED }, 406, 'BAD_REQUEST'],
    ['a stream by token', { 'x-graphql-event-stream-token': 'x' }, { query: JOB }, 401, 'UNAUTHENTICATED'],
    ['what is too large', {}, { query: PUBLISHED, variables: { x: 'x'.repeat(1024 * 1024) } }, 413, 'BAD_REQUEST'],
  ])('refuse %s in GraphQL’s form', async (_what, headers, body, status, code) => {
    const response = await ask(body, headers as Record<string, string>);
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect([response.status, errors.map(({ extensions }) => extensions.code)]).toEqual([status, [code]]);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  }); // prettier-ignore

  it('refuse a reader what is for ADMIN, and other methods', async () => {
    const reader = await bearer('reader-1');
    expect((await ask({ query: JOB }, reader)).status).toBe(403);
    expect((await ask({ query: ANSWER }, reader)).status).toBe(404);
    for (const method of ['PUT', 'DELETE']) expect((await ask('', {}, method)).status).toBe(405);
  });

  it('let pages of other origins read as over HTTP', async () => {
    const local = await ask({ query: PUBLISHED }, { origin: 'http://localhost:3000' });
    expect(local.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    const foreign = await ask({ query: PUBLISHED }, { origin: 'https://evil.example' });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('end when the token expires, with an event and without one', async () => {
    const headers = await bearer('admin');
    const { id } = await createJob();
    const watching = heard(await ask({ query: JOB, variables: { id } }, headers));
    const idle = heard(await ask({ query: PUBLISHED }, headers));
    await waitUntil('the state is told', () => watching.text.includes('QUEUED'));
    clock.advance(15 * 60 + 1);
    await change(id, { status: 'FAILED' });
    await waitUntil('both have ended', () => watching.hasEnded && idle.hasEnded);
    // Only what is over says so: clients come back.
    for (const { text } of [watching, idle]) expect(text).not.toMatch(/FAILED|event: complete/);
  });

  it('end without a word when the gateway stops', async () => {
    const other = await startTestApp();
    const response = await fetch(`${other.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: PUBLISHED }),
    });
    const said = heard(response);
    await waitUntil('it has begun', () => said.text.startsWith(':'));
    await other.close();
    await waitUntil('it has ended', () => said.hasEnded);
    expect(said.text).not.toContain('event: complete');
  });
});
