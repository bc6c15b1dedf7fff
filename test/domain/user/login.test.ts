import { grantAdmin, revokeAdmin } from '../../../src/domain/user/admins';
import type { KakaoMisbehaviour } from '../../../src/dev/standins/kakao/kakao-misbehaviour';
import {
  LoginWithKakaoCodeDocument,
  MeDocument,
  SetUserRoleDocument,
  LoginWithKakaoTokenDocument,
} from '../../generated/operations';
import { startTestApp, type TestApp, type Login } from '../../helpers/app';
import { TestClock } from '../../helpers/clock';

describe('signing in with Kakao', () => {
  const clock = new TestClock();
  let app: TestApp;
  let redirectUri: string;
  const otherRedirectUri = 'http://localhost:3000/auth/kakao/callback';

  beforeAll(async () => {
    app = await startTestApp({ clock, environment: { KAKAO_REDIRECT_URIS: otherRedirectUri } });
    redirectUri = app.config.kakao.redirectUris[0]!;
  });
  afterAll(() => app.close());

  it('takes a script three requests and shows readers their own profile at once', async () => {
    const input = await app.agreedLogin('reader-1');
    const { status, data, errors } = await app.send(LoginWithKakaoCodeDocument, { input });
    expect(errors).toEqual([]);
    expect(status).toBe(200);
    const { user, accessToken, accessTokenExpiresAt } = data!.loginWithKakaoCode;
    expect(user).toMatchObject({ name: '독자 1', role: 'USER', email: 'reader-1@example.com' });
    const minutes = (new Date(accessTokenExpiresAt).getTime() - clock.now().getTime()) / 60_000;
    expect(minutes).toBeGreaterThan(14.5);
    expect(minutes).toBeLessThanOrEqual(15);
    const { me } = (await app.send(MeDocument, {}, { token: accessToken })).data!;
    expect(me).toMatchObject({ id: user.id, sessions: [expect.objectContaining({ current: true })] });
  });

  it('shows nobody else’s address in the answer to a sign-in', async () => {
    const { user } = await app.login('reader-1');
    await app.login('reader-2');
    const input = await app.agreedLogin('reader-3');
    const { data, errors } = await app.query(
      `mutation ($input: KakaoCodeInput!) {
         loginWithKakaoCode(input: $input) { user { email } }
         setUserRole(id: "${user.id}", role: ADMIN) { email }
       }`,
      { input },
    );
    expect(data).toBeNull();
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['setUserRole'], 'UNAUTHENTICATED'],
    ]);
  });

  it('sends the browser to Kakao with PKCE, state and nonce', async () => {
    const { url, state } = await app.beginLogin();
    const query = Object.fromEntries(new URL(url).searchParams);
    expect(query).toMatchObject({ response_type: 'code', redirect_uri: redirectUri, state });
    expect(query).toMatchObject({
      code_challenge_method: 'S256',
      nonce: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect(query.code_challenge).toMatch(/^[\w-]{43}$/);
  });

  it('works without a page for somebody who agreed before (prompt=none and login_hint)', async () => {
    const { url, state, codeVerifier } = await app.beginLogin();
    const silent = new URL(url);
    silent.searchParams.set('prompt', 'none');
    silent.searchParams.set('login_hint', 'reader-2');
    const { headers } = await fetch(silent, { redirect: 'manual' });
    const back = new URL(headers.get('location')!);
    expect(back.searchParams.get('state')).toBe(state);
    const input = { code: back.searchParams.get('code')!, redirectUri, state, codeVerifier };
    const { data } = await app.send(LoginWithKakaoCodeDocument, { input });
    expect(data!.loginWithKakaoCode.user.name).toBe('독자 2');
  });

  it('follows name, picture and address at Kakao at every login', async () => {
    const { user } = await app.login('reader-3');
    const atKakao = app.standin.users.find(({ login }) => login === 'reader-3')!;
    Object.assign(atKakao, { nickname: '새 이름', email: 'new@example.com' });
    const { accessToken: token } = await app.login('reader-3');
    const { me } = (await app.send(MeDocument, {}, { token })).data!;
    expect(me).toMatchObject({ id: user.id, name: '새 이름', email: 'new@example.com' });
    expect(me.profileImageUrl).toBe(`${app.standin.url}/profile/reader-3.svg`);
    atKakao.emailVerified = false;
    await app.login('reader-3');
    expect((await app.send(MeDocument, {}, { token })).data!.me.email).toBeNull();
  });

  it('makes only one user of two first logins at the same moment', async () => {
    const inputs = await Promise.all([app.agreedLogin('reader-5'), app.agreedLogin('reader-5')]);
    const answers = await Promise.all(inputs.map((input) => app.send(LoginWithKakaoCodeDocument, { input })));
    const ids = answers.map(({ data }) => data?.loginWithKakaoCode.user.id);
    expect(ids[0]).toBeDefined();
    expect(ids[1]).toBe(ids[0]);
  });

  describe('on Kakao’s bad days', () => {
    const CASES: [KakaoMisbehaviour, string][] = [
      ['serverError', 'UPSTREAM_UNAVAILABLE'],
      ['temporary', 'UPSTREAM_UNAVAILABLE'],
      ['quota', 'UPSTREAM_UNAVAILABLE'],
      ['notJson', 'UPSTREAM_UNAVAILABLE'],
      ['oversized', 'UPSTREAM_UNAVAILABLE'],
      ['redirect', 'UPSTREAM_UNAVAILABLE'],
      ['KOE010', 'UPSTREAM_UNAVAILABLE'],
      ['KOE320', 'UNAUTHENTICATED'],
      ['badNonce', 'UNAUTHENTICATED'],
      ['wrongAudience', 'UNAUTHENTICATED'],
      ['algNone', 'UNAUTHENTICATED'],
      ['hs256', 'UNAUTHENTICATED'],
      ['expired', 'UNAUTHENTICATED'],
      ['silent', 'UPSTREAM_UNAVAILABLE'],
      ['slow', 'UPSTREAM_UNAVAILABLE'],
    ];

    it.each(CASES)('answers %s with %s, and keeps every secret', async (behaviour, code) => {
      const input = await app.agreedLogin('reader-4');
      app.standin.misbehave({ path: '/oauth/token', behaviour });
      const logged = app.logs.length;
      const { errors } = await app.send(LoginWithKakaoCodeDocument, { input });
      expect(errors[0]!.extensions.code).toBe(code);
      expect(errors[0]!.extensions.retryable ?? false).toBe(code === 'UPSTREAM_UNAVAILABLE');
      const told = [...app.logs.slice(logged), JSON.stringify(errors)].join('\n');
      const { clientSecret, restApiKey } = app.config.kakao;
      for (const secret of [input.code, input.state, input.codeVerifier, clientSecret!, restApiKey])
        expect(told).not.toContain(secret);
    });

    it('lets the next login through', async () => {
      expect((await app.login('reader-4')).user.name).toBe('독자 4');
    });
  });

  describe('the first admin', () => {
    it('is named by ADMIN_KAKAO_IDS, until an admin decides otherwise', async () => {
      const { user, accessToken } = await app.login('admin');
      expect(user.role).toBe('ADMIN');
      const successor = await app.login('reader-1');
      const asFirst = { token: accessToken };
      await app.send(SetUserRoleDocument, { id: successor.user.id, role: 'ADMIN' }, asFirst);
      const { data } = await app.send(
        SetUserRoleDocument,
        { id: user.id, role: 'USER' },
        { token: successor.accessToken },
      );
      expect(data!.setUserRole.role).toBe('USER');
      expect((await app.login('admin')).user.role).toBe('USER');
      expect((await app.login('reader-1')).user.role).toBe('ADMIN');
    });

    it('can be made on the command line, before and after the first login', async () => {
      const { prisma } = app.context.database;
      const before = await grantAdmin(prisma, '2000005', clock.now());
      const first = await app.login('reader-4');
      expect(first.user.role).toBe('ADMIN');
      const unseen = await grantAdmin(prisma, '990001', clock.now());
      expect(unseen.role).toBe('ADMIN');
      expect(before.id).toBe(first.user.id);
      const entries = await prisma.auditEntry.findMany({ where: { action: 'user.role', actorId: null } });
      expect(entries.map(({ targetId }) => targetId)).toEqual(expect.arrayContaining([before.id, unseen.id]));
    });

    it('can be revoked on the command line, except the last one', async () => {
      const { prisma } = app.context.database;
      const { id } = await grantAdmin(prisma, '990002', clock.now());
      expect((await revokeAdmin(prisma, '990002', clock.now())).role).toBe('USER');
      await expect(revokeAdmin(prisma, '990002', clock.now())).rejects.toThrow('is no ADMIN');
      await prisma.user.updateMany({ where: { role: 'ADMIN' }, data: { role: 'USER' } });
      await prisma.user.update({ where: { id }, data: { role: 'ADMIN', lastLoginAt: clock.now() } });
      await expect(revokeAdmin(prisma, '990002', clock.now())).rejects.toThrow('This is the last admin.');
    });
  });
});

const INFO = '/v1/user/access_token_info';
const USER = '/v2/user/me';

describe('signing in with a token that a Kakao SDK obtained', () => {
  let app: TestApp;
  let signedIn: Login;

  beforeAll(async () => {
    app = await startTestApp();
    signedIn = await app.login('reader-1');
  });
  afterAll(() => app.close());

  const login = (accessToken: string) => app.send(LoginWithKakaoTokenDocument, { accessToken });

  it('gives the same user as the code does, with name and picture of today', async () => {
    const user = app.standin.users.find((candidate) => candidate.login === 'reader-1')!;
    user.nickname = '새 이름';
    const { data } = await login(await app.kakaoAccessToken('reader-1'));
    expect(data!.loginWithKakaoToken.user).toMatchObject({
      id: signedIn.user.id,
      name: '새 이름',
      role: 'USER',
    });
    const me = await app.send(MeDocument, {}, { token: data!.loginWithKakaoToken.accessToken });
    expect(me.data!.me.id).toBe(signedIn.user.id);
  });

  it('also works beside a bearer token that is worth nothing', async () => {
    const accessToken = await app.kakaoAccessToken('reader-2');
    const answer = await app.send(LoginWithKakaoTokenDocument, { accessToken }, { token: 'expired' });
    expect(answer.data!.loginWithKakaoToken.accessToken).toBeTruthy();
  });

  it.each(['', 'unknown-token', 'two words', 'line\nbreak', '한글', 'x'.repeat(5_000)])(
    'refuses a token that Kakao did not issue: %j',
    async (token) => {
      const { errors, data } = await login(token);
      expect(data).toBeNull();
      expect(errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
    },
  );

  it('asks Kakao whose app the token is for before it asks whose token it is', async () => {
    const token = await app.kakaoAccessToken('reader-1');
    const asked = app.standin.requestCount(USER);
    app.standin.misbehave({ path: INFO, behaviour: 'wrongAppId' });
    expect((await login(token)).errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
    expect(app.standin.requestCount(USER)).toBe(asked);
  });

  it('refuses when the app does not know its own id', async () => {
    const other = await startTestApp({ environment: { KAKAO_APP_ID: '' } });
    try {
      const accessToken = await other.kakaoAccessToken('reader-1');
      const { errors } = await other.send(LoginWithKakaoTokenDocument, { accessToken });
      expect(errors[0]!.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
      expect(other.logs.join('')).toContain('KAKAO_APP_ID is not set');
    } finally {
      await other.close();
    }
  });
});

describe('whatever Kakao does during a sign-in', () => {
  let app: TestApp;
  let signedIn: Login;

  beforeAll(async () => {
    app = await startTestApp();
    signedIn = await app.login('reader-1');
  });
  afterAll(() => app.close());

  const byToken = async () => {
    const accessToken = await app.kakaoAccessToken('reader-1');
    return (faults: () => void) => {
      faults();
      return app.send(LoginWithKakaoTokenDocument, { accessToken });
    };
  };
  const CASES: [path: string, behaviour: KakaoMisbehaviour, code: string][] = [
    [INFO, 'slow', 'UPSTREAM_UNAVAILABLE'],
    [INFO, 'silent', 'UPSTREAM_UNAVAILABLE'],
    [INFO, 'serverError', 'UPSTREAM_UNAVAILABLE'],
    [INFO, 'temporary', 'UPSTREAM_UNAVAILABLE'],
    [INFO, 'quota', 'UPSTREAM_UNAVAILABLE'],
    [INFO, 'maintenance', 'UPSTREAM_UNAVAILABLE'],
    [INFO, 'redirect', 'UPSTREAM_UNAVAILABLE'],
    [INFO, 'wrongShape', 'UPSTREAM_UNAVAILABLE'],
    [INFO, 'wrongAppId', 'UNAUTHENTICATED'],
    [INFO, 'expiredToken', 'UNAUTHENTICATED'],
    [INFO, 'otherUser', 'UPSTREAM_UNAVAILABLE'],
    [USER, 'slow', 'UPSTREAM_UNAVAILABLE'],
    [USER, 'temporary', 'UPSTREAM_UNAVAILABLE'],
    [USER, 'otherUser', 'UPSTREAM_UNAVAILABLE'],
    [USER, 'dormant', 'UNAUTHENTICATED'],
    [USER, 'underage', 'UNAUTHENTICATED'],
  ];

  it.each(CASES)('%s %s answers %s, logs nobody out and leaks nothing', async (path, behaviour, code) => {
    const attempt = await byToken();
    const { errors, data } = await attempt(() => app.standin.misbehave({ path, behaviour }));
    expect(data).toBeNull();
    expect(errors[0]!.extensions.code).toBe(code);
    const me = await app.send(MeDocument, {}, { token: signedIn.accessToken });
    expect(me.data!.me.id).toBe(signedIn.user.id);
    // And the next sign-in works: that tokens are nowhere in the logs is looked at when the app closes.
    const again = await (await byToken())(() => {});
    expect(again.data!.loginWithKakaoToken.user.id).toBe(signedIn.user.id);
  });
});
