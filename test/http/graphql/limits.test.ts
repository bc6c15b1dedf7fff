import { getOperationAST, parse } from 'graphql';
import type { RateLimits } from '../../../src/adapters/rate-limiter/rate-limits';
import type { Services } from '../../../src/context/gateway';
import type { Viewer } from '../../../src/domain/user/viewer-guard';
import { AppError } from '../../../src/errors';
import { countCaller, countSignIns, OperationLimits } from '../../../src/http/graphql/limits';
import { buildUnshieldedSchema } from '../../../src/schema/build-schema';

describe('the limits of an operation, without a request', () => {
  const taken: unknown[][] = [];
  const { signal } = new AbortController();
  const rates = {
    async take(scope: string, key: string, points = 1) {
      taken.push([scope, key, points]);
      if (key === 'busy') throw new AppError('RATE_LIMITED', { retryAfterSeconds: 1 });
    },
  } as unknown as RateLimits;
  const limits = new OperationLimits(buildUnshieldedSchema({} as Services), rates);
  const check = (
    text: string,
    variables: Record<string, unknown> = {},
    {
      authFailure = null,
      address = 'here',
      viewer = null,
    }: { authFailure?: AppError | null; address?: string; viewer?: Viewer | null } = {},
  ) =>
    limits
      .check(
        { document: parse(text), operationName: null, variables },
        { authFailure, viewer, address, asker: { address, signal }, onEnd: (giveBack) => giveBack() },
      )
      .then(() => 'passes')
      .catch((error: { code?: string; message: string }) => error.code ?? error.message);
  beforeEach(() => taken.splice(0));

  it('are complexity with real variables, and the size of pages', async () => {
    const list = 'query ($n: Int!) { articles(first: $n) { edges { node { similarArticles { id } } } } }';
    expect(await check(list, { n: 10 })).toBe('passes');
    expect(await check(list, { n: 100 })).toBe('QUERY_TOO_COMPLEX');
    expect(await check(list, { n: 101 })).toBe('BAD_USER_INPUT');
    expect(await check(list, { n: 'many' })).toMatch(/cannot represent/);
    // What costs little is counted by its number alone.
    expect(taken).toEqual([['cost', 'here', expect.any(Number)]]);
    expect(await check(list, { n: 10 }, { address: 'busy' })).toBe('RATE_LIMITED');
    expect(await check('{ publishers { id } }', {}, { address: 'busy' })).toBe('passes');
  });

  it('count every sign-in of a mutation for its address, those in fragments too', async () => {
    const many = `mutation { a: refreshSession(refreshToken: "x") { accessToken } ...F logout }
      fragment F on Mutation { b: beginKakaoLogin(redirectUri: "https://a.example") { state } }`;
    expect(countSignIns(getOperationAST(parse(many))!, parse(many))).toBe(2);
    expect(await check(many)).toBe('passes');
    expect(taken).toEqual([['signIn', 'here', 2]]);
    expect(await check(many, {}, { address: 'busy' })).toBe('RATE_LIMITED');
    expect(await check('{ publishers { id } }', {}, { address: 'busy' })).toBe('passes');
  });

  it('count the exports of a user, under whatever names and in fragments, and those of nobody else', async () => {
    const viewer = { userId: 'busy', sessionId: 's', role: 'USER' } as const;
    const disguised = '{ ...F } fragment F on Query { me: exportMyData }';
    expect(await check(disguised)).toBe('passes');
    expect(taken.filter(([scope]) => scope === 'export')).toEqual([]);
    expect(await check(disguised, {}, { viewer })).toBe('RATE_LIMITED');
    expect(taken.at(-1)).toEqual(['export', 'busy', 1]);
    expect(await check('{ publishers { id } }', {}, { viewer })).toBe('passes');
  });

  it('let nothing but signing in pass with a token that is worth nothing', async () => {
    const authFailure = new AppError('UNAUTHENTICATED');
    expect(await check('{ publishers { id } }', {}, { authFailure })).toBe('UNAUTHENTICATED');
    expect(await check('mutation { logout }', {}, { authFailure })).toBe('passes');
    expect(await check('mutation { __typename logout }', {}, { authFailure })).toBe('passes');
    expect(await check('{ __typename }', {}, { authFailure })).toBe('UNAUTHENTICATED');
    expect(await check('mutation { logout deleteAccount }', {}, { authFailure })).toBe('UNAUTHENTICATED');
  });

  it('count a request for the user, else for the reader’s name', async () => {
    await countCaller(rates, { viewer: { userId: 'u', sessionId: 's', role: 'USER' }, viewerId: 'v' });
    await countCaller(rates, { viewer: null, viewerId: 'v' });
    await countCaller(rates, { viewer: null, viewerId: null });
    expect(taken).toEqual([
      ['user', 'u', 1],
      ['viewer', 'v', 1],
    ]);
  });
});
