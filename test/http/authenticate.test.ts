import { authenticate, type AuthenticateDeps, type Credentials } from '../../src/http/authenticate';
import { AppError } from '../../src/errors';
import { createLogger } from '../../src/logger';

const ADMIN = { userId: 'u', sessionId: 's', role: 'ADMIN' as const, issuedAt: 0 };
const NOTHING: Credentials = {
  authorization: undefined,
  cookie: undefined,
  origin: undefined,
  acceptsCookie: true,
};
const OURS = { cookie: 'gyeongdan=browser-token', origin: 'http://localhost:4000' };

describe('who asks, without a request', () => {
  let role: 'ADMIN' | 'USER' | 'ended' | 'unknown' = 'ADMIN';
  let renews = false;
  const deps = {
    config: { production: false, publicUrl: 'http://localhost:4000', port: 4000 },
    services: {
      guard: {
        async viewer(kind: string, token: string) {
          if (role === 'unknown') throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
          if (role === 'ended' || token !== `${kind}-token`) throw new AppError('UNAUTHENTICATED');
          return { ...ADMIN, role };
        },
      },
      sessions: {
        renewedBrowserToken: () => (renews ? { token: 'next', expiresAt: new Date(0) } : null),
      },
    },
    logger: createLogger({ level: 'silent', pretty: false }),
  } as unknown as AuthenticateDeps;
  const ask = (credentials: Partial<Credentials>) => authenticate(deps, { ...NOTHING, ...credentials });
  beforeEach(() => {
    role = 'ADMIN';
    renews = false;
  });

  it('is nobody without credentials', async () => {
    expect(await ask({})).toEqual({ viewer: null, authFailure: null, setCookie: null });
  });

  it('is whom a bearer names, before any cookie', async () => {
    expect(await ask({ authorization: 'Bearer access-token', ...OURS })).toMatchObject({ viewer: ADMIN });
    for (const authorization of ['Bearer other', 'Basic access-token', '']) {
      const { viewer, authFailure } = await ask({ authorization, ...OURS });
      expect([viewer, authFailure?.code]).toEqual([null, 'UNAUTHENTICATED']);
    }
  });

  it('is whom a cookie names, from pages of ours only, and where cookies are believed', async () => {
    renews = true;
    const { viewer, setCookie } = await ask(OURS);
    expect(viewer).toMatchObject({ userId: 'u' });
    expect(setCookie).toMatch(/^gyeongdan=next; .*HttpOnly/);
    const doubtful = [{ origin: 'https://evil.example' }, { origin: undefined }, { acceptsCookie: false }];
    for (const doubt of doubtful)
      expect(await ask({ ...OURS, ...doubt })).toEqual({ viewer: null, authFailure: null, setCookie: null });
  });

  it('is asked again with the same credentials: a changed role and an ended session count', async () => {
    const credentials = { authorization: 'Bearer access-token' };
    role = 'USER';
    expect((await ask(credentials)).viewer!.role).toBe('USER');
    role = 'ended';
    expect(await ask(credentials)).toMatchObject({ viewer: null, authFailure: { code: 'UNAUTHENTICATED' } });
    expect(await ask(OURS)).toMatchObject({ viewer: null, authFailure: null });
  });

  it('is not refused because the database is away', async () => {
    role = 'unknown';
    for (const credentials of [{ authorization: 'Bearer access-token' }, OURS])
      expect((await ask(credentials)).authFailure).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});
