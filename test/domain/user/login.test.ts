import { grantAdmin, revokeAdmin } from '../../../src/domain/user/admins';
import type { KakaoMisbehaviour } from '../../../src/dev/standins/kakao/kakao-misbehaviour';
import { LoginWithKakaoCodeDocument, MeDocument, SetUserRoleDocument } from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
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

    it.each(CASES)('answers %s with %s in time, and keeps every secret', async (behaviour, code) => {
      const input = await app.agreedLogin('reader-4');
      app.standin.misbehave({ path: '/oauth/token', behaviour });
      const logged = app.logs.length;
      const startedAt = Date.now();
      const { errors } = await app.send(LoginWithKakaoCodeDocument, { input });
      expect(Date.now() - startedAt).toBeLessThan(3_500);
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
