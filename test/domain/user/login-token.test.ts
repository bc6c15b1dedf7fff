import { LoginWithKakaoTokenDocument, MeDocument } from '../../generated/operations';
import { startTestApp, type Login, type TestApp } from '../../helpers/app';
import type { KakaoMisbehaviour } from '../../../src/dev/standins/kakao/kakao-misbehaviour';

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

  it.each(CASES)(
    '%s %s answers %s in 3 s, logs nobody out and leaks nothing',
    async (path, behaviour, code) => {
      const attempt = await byToken();
      const startedAt = Date.now();
      const { errors, data } = await attempt(() => app.standin.misbehave({ path, behaviour }));
      expect(Date.now() - startedAt).toBeLessThan(4_000);
      expect(data).toBeNull();
      expect(errors[0]!.extensions.code).toBe(code);
      const me = await app.send(MeDocument, {}, { token: signedIn.accessToken });
      expect(me.data!.me.id).toBe(signedIn.user.id);
      // And the next sign-in works: that tokens are nowhere in the logs is looked at when the app closes.
      const again = await (await byToken())(() => {});
      expect(again.data!.loginWithKakaoToken.user.id).toBe(signedIn.user.id);
    },
  );
});
