import type { ExecutionResult } from 'graphql';
import type * as jit from 'graphql-jit';
import { seedDatabase } from '../../src/dev/seed';
import { startTestApp, type TestApp } from '../helpers/app';
import { PARITY_OPERATIONS, type ParityFacts } from '../helpers/parity-operations';
import { addParityRecords } from '../helpers/parity-records';
import { createTestDatabase, type TestDatabase } from '../helpers/test-database';

const mockExecuted: string[] = [];

jest.mock('graphql-jit', () => {
  const actual = jest.requireActual<typeof jit>('graphql-jit');
  const compileQuery = (...args: Parameters<typeof jit.compileQuery>) => {
    const result = actual.compileQuery(...args) as jit.CompiledQuery | ExecutionResult;
    if (!actual.isCompiledQuery(result)) return result;
    const { query } = result;
    const recorded = (...given: Parameters<typeof query>) => {
      mockExecuted.push(args[1].loc!.source.body);
      return query(...given);
    };
    return { ...result, query: recorded };
  };
  return { ...actual, compileQuery };
});

/** The third use of a document is compiled; the fourth runs what was kept. */
const SENDS = 4;
const ROLES = ['anonymous', 'USER', 'ADMIN'] as const;
type Role = (typeof ROLES)[number];
const LANGUAGES = ['ko', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

interface Raw {
  status: number;
  body: string;
}

describe('compiled execution and graphql-js', () => {
  let database: TestDatabase;
  let compiled: TestApp;
  let interpreted: TestApp;
  let facts: ParityFacts;
  const tokens: Record<Role, string | null> = { anonymous: null, USER: null, ADMIN: null };

  beforeAll(async () => {
    database = await createTestDatabase();
    compiled = await startTestApp({ databaseUrl: database.url, environment: { GRAPHQL_ENGINE: 'jit' } });
    interpreted = await startTestApp({
      databaseUrl: database.url,
      environment: { GRAPHQL_ENGINE: 'js' },
      adjust: (config) => (config.session = compiled.config.session),
    });
    await seedDatabase(compiled.context.database.prisma, new Date());
    tokens.USER = (await compiled.login('reader-1')).accessToken;
    tokens.ADMIN = (await compiled.login('admin')).accessToken;
    facts = await addParityRecords(compiled);
    mockExecuted.length = 0;
  });
  afterAll(async () => {
    await compiled?.close();
    await interpreted?.close();
    await database?.drop();
  });

  async function send(
    app: TestApp,
    {
      role,
      language,
      path = '/graphql',
      body,
    }: { role: Role; language: Language; path?: string; body?: object },
  ): Promise<Raw> {
    const token = tokens[role];
    const response = await fetch(`${app.url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        'content-type': 'application/json',
        'accept-language': language,
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.text() };
  }
  const post = (app: TestApp, role: Role, body: object) => send(app, { role, language: 'ko', body });

  const cases = PARITY_OPERATIONS.flatMap((operation) =>
    ROLES.flatMap((role) => LANGUAGES.map((language) => ({ role, language, operation }))),
  );

  it.each(cases)(
    'answer $operation.name for $role in $language the same, byte for byte',
    async ({ role, language, operation }) => {
      const { query, operationName } = operation;
      const body = { query, operationName, variables: operation.variables?.(facts) };
      const expected = await send(interpreted, { role, language, body });
      expect(expected.body).toMatch(/^\{"(data|errors)":/);
      for (let use = 1; use <= SENDS; use++)
        expect({ use, ...(await send(compiled, { role, language, body })) }).toEqual({ use, ...expected });
      // The same as a GET, whose answers are kept for anonymous readers.
      const search = new URLSearchParams({ query, variables: JSON.stringify(body.variables ?? {}) });
      if (operationName) search.set('operationName', operationName);
      const path = `/graphql?${search.toString()}`;
      const got = await send(interpreted, { role, language, path });
      for (let use = 1; use <= 2; use++)
        expect({ use, ...(await send(compiled, { role, language, path })) }).toEqual({ use, ...got });
    },
  );

  it('agree on the data where fields that may not be null fail; compiled execution tells of each of them', async () => {
    const query = '{ me { id } users { totalCount } publishers { id } auditLog { totalCount } }';
    const expected = JSON.parse((await post(interpreted, 'anonymous', { query })).body) as ExecutionResult;
    for (let use = 1; use <= SENDS; use++) {
      const { data, errors } = JSON.parse(
        (await post(compiled, 'anonymous', { query })).body,
      ) as ExecutionResult;
      expect(data).toEqual(expected.data);
      expect(errors).toEqual(expect.arrayContaining([...expected.errors!]));
    }
    expect(expected.data).toBeNull();
  });

  it('were compared: what can run was compiled, and graphql-js had answers and refusals to compare with', async () => {
    expect(PARITY_OPERATIONS.length).toBeGreaterThanOrEqual(40);
    const runs = new Set(mockExecuted);
    const never = PARITY_OPERATIONS.filter(({ query, stopped }) => !stopped && !runs.has(query));
    expect(never.map(({ name }) => name)).toEqual([]);
    expect(PARITY_OPERATIONS.filter(({ query }) => runs.has(query)).length).toBeGreaterThanOrEqual(35);
    // Of each document the first two uses, in whatever role, were not compiled; the others were.
    for (const { query, stopped } of PARITY_OPERATIONS)
      if (!stopped)
        expect(mockExecuted.filter((text) => text === query).length).toBeGreaterThanOrEqual(
          ROLES.length * LANGUAGES.length * SENDS - 2,
        );
  });
});
