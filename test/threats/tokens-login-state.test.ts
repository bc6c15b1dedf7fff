import { BeginKakaoLoginDocument, LoginWithKakaoCodeDocument } from '../generated/operations';
import { startTestApp, type LoginInput, type TestApp } from '../helpers/app';
import { TestClock } from '../helpers/clock';

describe('a login state and its redirect URI', () => {
  const clock = new TestClock();
  let app: TestApp;
  const otherRedirectUri = 'http://localhost:3000/auth/kakao/callback';

  beforeAll(async () => {
    app = await startTestApp({ clock, environment: { KAKAO_REDIRECT_URIS: otherRedirectUri } });
  });
  afterAll(() => app.close());

  async function codeOf(input: LoginInput): Promise<string | undefined> {
    const { data, errors } = await app.send(LoginWithKakaoCodeDocument, { input });
    expect(data).toBeNull();
    return errors[0]!.extensions.code;
  }

  it.each([
    ['a malformed address', 'javascript:alert(1)', 'redirectUri'],
    ['somebody else’s site', 'https://evil.example/auth/kakao/callback', 'redirectUri'],
    ['another path of ours', 'http://localhost:3000/auth/kakao/callback/', 'redirectUri'],
  ])(
    'a redirect URI that is not configured is refused at the start, naming the argument: %s',
    async (_what, uri, argument) => {
      const { errors } = await app.send(BeginKakaoLoginDocument, { redirectUri: uri });
      expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
      expect(errors[0]!.message).toMatch(/redirectUri/);
    },
  );

  it('a redirect URI that is not configured is refused, and Kakao is not asked', async () => {
    const asked = app.standin.requestCount('/oauth/token');
    const input = { ...(await app.agreedLogin('reader-1')), redirectUri: 'https://evil.example/' };
    const { errors } = await app.send(LoginWithKakaoCodeDocument, { input });
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'input.redirectUri' });
    expect(app.standin.requestCount('/oauth/token')).toBe(asked);
  });

  describe('a login state', () => {
    it('a spent login state is refused', async () => {
      const input = await app.agreedLogin('reader-1');
      expect((await app.send(LoginWithKakaoCodeDocument, { input })).data).not.toBeNull();
      const next = await app.agreedLogin('reader-1');
      expect(await codeOf({ ...next, state: input.state, codeVerifier: input.codeVerifier })).toBe(
        'UNAUTHENTICATED',
      );
    });

    it('a spent login state is refused also when it is sent five times at once', async () => {
      const input = await app.agreedLogin('reader-1');
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => app.send(LoginWithKakaoCodeDocument, { input })),
      );
      expect(answers.filter(({ data }) => data !== null)).toHaveLength(1);
    });

    it('a foreign login state is refused: of another login', async () => {
      const [mine, theirs] = [await app.agreedLogin('reader-1'), await app.beginLogin()];
      expect(await codeOf({ ...mine, codeVerifier: theirs.codeVerifier })).toBe('UNAUTHENTICATED');
    });

    it('is refused beside another configured redirect URI', async () => {
      const input = await app.agreedLogin('reader-1');
      expect(await codeOf({ ...input, redirectUri: otherRedirectUri })).toBe('UNAUTHENTICATED');
    });

    it('is refused when it was changed, or is another token of ours', async () => {
      const input = await app.agreedLogin('reader-1');
      const [header, payload, signature] = input.state.split('.');
      const changed = Buffer.from(payload!, 'base64url').toString().replace('nonce', 'nonse');
      const tampered = [header, Buffer.from(changed).toString('base64url'), signature].join('.');
      expect(await codeOf({ ...input, state: tampered })).toBe('UNAUTHENTICATED');
      expect(await codeOf({ ...input, state: '' })).toBe('UNAUTHENTICATED');
      const { refreshToken, accessToken } = await app.login('reader-1');
      expect(await codeOf({ ...input, state: refreshToken })).toBe('UNAUTHENTICATED');
      expect(await codeOf({ ...input, state: accessToken })).toBe('UNAUTHENTICATED');
      expect((await app.send(LoginWithKakaoCodeDocument, { input })).data).not.toBeNull();
    });

    it('is refused after ten minutes', async () => {
      const input = await app.agreedLogin('reader-1');
      clock.advance(601);
      expect(await codeOf(input)).toBe('UNAUTHENTICATED');
    });
  });
});
