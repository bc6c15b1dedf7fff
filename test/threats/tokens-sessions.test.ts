import jwt from 'jsonwebtoken';
import {
  LogoutDocument,
  MeDocument,
  RefreshSessionDocument,
  RevokeSessionDocument,
  type RefreshSessionMutation,
} from '../generated/operations';
import { startTestApp, type Login, type TestApp } from '../helpers/app';
import { TestClock } from '../helpers/clock';

const MINUTE = 60;
const DAY = 24 * 3600;

describe('a session', () => {
  const clock = new TestClock();
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ clock });
  });
  afterAll(() => app.close());

  const refresh = (refreshToken: string) => app.send(RefreshSessionDocument, { refreshToken });
  const renewed = async (refreshToken: string): Promise<RefreshSessionMutation['refreshSession']> => {
    const { data, errors } = await refresh(refreshToken);
    expect(errors).toEqual([]);
    return data!.refreshSession;
  };
  const me = (token: string) => app.send(MeDocument, {}, { token });
  const jtiOf = (token: string) => (jwt.decode(token) as jwt.JwtPayload).jti;
  const sidOf = (token: string): string => (jwt.decode(token) as { sid: string }).sid;
  const auditOf = (sessionId: string) =>
    app.context.database.prisma.auditEntry.findMany({
      where: { targetType: 'Session', targetId: sessionId },
    });

  async function expectEnded({ accessToken, refreshToken }: Pick<Login, 'accessToken' | 'refreshToken'>) {
    expect((await me(accessToken)).status).toBe(401);
    const { data, errors } = await refresh(refreshToken);
    expect({ data, code: errors[0]!.extensions.code }).toEqual({ data: null, code: 'UNAUTHENTICATED' });
  }

  describe('when it is refreshed', () => {
    it('gets a new pair, and stays one session', async () => {
      const first = await app.login('reader-1');
      clock.advance(14 * MINUTE);
      const second = await renewed(first.refreshToken);
      expect(second.user).toEqual(first.user);
      expect(second.refreshToken).not.toBe(first.refreshToken);
      expect(new Date(second.accessTokenExpiresAt) > new Date(first.accessTokenExpiresAt)).toBe(true);
      clock.advance(2 * MINUTE);
      expect((await me(first.accessToken)).status).toBe(401);
      const { sessions } = (await me(second.accessToken)).data!.me;
      expect(sessions!.filter(({ current }) => current)).toHaveLength(1);
    });

    it('slides its 30 days along, and ends after 30 days of silence', async () => {
      let { refreshToken } = await app.login('reader-1');
      for (let month = 0; month < 3; month++) {
        clock.advance(29 * DAY);
        ({ refreshToken } = await renewed(refreshToken));
      }
      clock.advance(30 * DAY + 1);
      expect((await refresh(refreshToken)).errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
    });

    it('the honest client is not logged out by its own second tab', async () => {
      const { refreshToken } = await app.login('reader-1');
      const first = await renewed(refreshToken);
      clock.advance(29);
      const again = await renewed(refreshToken);
      expect(jtiOf(again.refreshToken)).toBe(jtiOf(first.refreshToken));
      await renewed(again.refreshToken);
      expect((await me(again.accessToken)).status).toBe(200);
    });

    it('does not stretch those 30 seconds by using them', async () => {
      const { refreshToken } = await app.login('reader-1');
      await renewed(refreshToken);
      clock.advance(20);
      const { accessToken, refreshToken: newest } = await renewed(refreshToken);
      clock.advance(11);
      expect((await refresh(refreshToken)).data).toBeNull();
      await expectEnded({ accessToken, refreshToken: newest });
    });

    it('an old refresh token replayed ends the whole family, audited', async () => {
      const first = await app.login('reader-1');
      const second = await renewed(first.refreshToken);
      clock.advance(31);
      expect((await refresh(first.refreshToken)).errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
      await expectEnded(second);
      expect(await auditOf(sidOf(second.accessToken))).toEqual([
        expect.objectContaining({ action: 'session.refresh_reuse', actorId: first.user.id }),
      ]);
    });

    it('ends when a token from before the previous one comes back, however early', async () => {
      const first = await app.login('reader-1');
      const third = await renewed((await renewed(first.refreshToken)).refreshToken);
      expect((await refresh(first.refreshToken)).data).toBeNull();
      await expectEnded(third);
    });

    it.each([2, 10])('two parallel refreshes leave exactly one family: %i at once', async (tabs) => {
      const { refreshToken } = await app.login('reader-2');
      const answers = await Promise.all(Array.from({ length: tabs }, () => renewed(refreshToken)));
      expect(new Set(answers.map((answer) => jtiOf(answer.refreshToken))).size).toBe(1);
      for (const { accessToken } of answers) expect((await me(accessToken)).status).toBe(200);
      const next = await renewed(answers[0]!.refreshToken);
      expect((await me(next.accessToken)).status).toBe(200);
      const alive = await app.context.database.prisma.session.count({
        where: { id: sidOf(next.accessToken), revokedAt: null },
      });
      expect(alive).toBe(1);
    });
  });

  describe('when somebody signs out', () => {
    const logout = (variables: { refreshToken?: string; everywhere?: boolean }, token?: string) =>
      app.send(LogoutDocument, variables, { token });

    it('ends by bearer, and only that one', async () => {
      const [phone, laptop] = [await app.login('reader-3'), await app.login('reader-3')];
      expect((await me(phone.accessToken)).status).toBe(200);
      expect((await logout({}, phone.accessToken)).data).toEqual({ logout: true });
      await expectEnded(phone);
      expect((await me(laptop.accessToken)).status).toBe(200);
      expect((await auditOf(sidOf(phone.accessToken))).map(({ action }) => action)).toEqual([
        'session.logout',
      ]);
    });

    it('ends by refresh token when the bearer has expired', async () => {
      const login = await app.login('reader-3');
      clock.advance(16 * MINUTE);
      expect((await logout({ refreshToken: login.refreshToken }, login.accessToken)).data).toEqual({
        logout: true,
      });
      await expectEnded(login);
      expect((await logout({ refreshToken: login.refreshToken })).data).toEqual({ logout: false });
    });

    it('ends everywhere when asked to, and nobody else’s', async () => {
      const mine = [await app.login('reader-3'), await app.login('reader-3')];
      const other = await app.login('reader-4');
      expect((await logout({ everywhere: true }, mine[0]!.accessToken)).data).toEqual({ logout: true });
      for (const login of mine) await expectEnded(login);
      expect((await me(other.accessToken)).status).toBe(200);
    });

    it('refuses whoever brings neither', async () => {
      const { data, errors } = await logout({});
      expect({ data, code: errors[0]!.extensions.code }).toEqual({ data: null, code: 'UNAUTHENTICATED' });
    });
  });

  describe('when it is revoked', () => {
    const revoke = (id: string, token: string) => app.send(RevokeSessionDocument, { id }, { token });

    it('ends at once on this gateway, and is off the list', async () => {
      const [phone, laptop] = [await app.login('reader-4'), await app.login('reader-4')];
      expect((await me(phone.accessToken)).status).toBe(200);
      const { sessions } = (await me(laptop.accessToken)).data!.me;
      const id = sidOf(phone.accessToken);
      expect(sessions!.map((session) => session.id)).toContain(id);
      expect((await revoke(id, laptop.accessToken)).data).toEqual({ revokeSession: true });
      await expectEnded(phone);
      const left = (await me(laptop.accessToken)).data!.me.sessions;
      expect(left!.map((session) => session.id)).not.toContain(id);
      expect((await auditOf(id)).map(({ action }) => action)).toEqual(['session.revoke']);
    });

    it('an absent, an ended and a foreign session answer the same', async () => {
      const [mine, other, over] = [
        await app.login('reader-4'),
        await app.login('reader-5'),
        await app.login('reader-4'),
      ];
      await app.send(LogoutDocument, {}, { token: over.accessToken });
      const ids = [sidOf(other.accessToken), sidOf(over.accessToken), '00000000-0000-7000-8000-000000000000'];
      const answers = [];
      for (const id of ids) answers.push((await revoke(id, mine.accessToken)).errors);
      expect(answers[0]![0]!.extensions.code).toBe('NOT_FOUND');
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
      expect((await me(other.accessToken)).status).toBe(200);
    });
  });

  describe('of a user who has very many', () => {
    const open = (userId: string, count: number) =>
      app.context.database.prisma.session.createMany({
        data: Array.from({ length: count }, (_, n) => ({
          userId,
          lastUsedAt: new Date(clock.now().getTime() - (n + 1) * MINUTE * 1000),
          expiresAt: new Date(clock.now().getTime() + DAY * 1000),
        })),
      });
    const alive = (userId: string) =>
      app.context.database.prisma.session.count({ where: { userId, revokedAt: null } });

    it('ends with all others in a few statements, each audited', async () => {
      const { user, accessToken } = await app.login('reader-3');
      await open(user.id, 1_500);
      const entries = () =>
        app.context.database.prisma.auditEntry.count({
          where: { action: 'session.logout_everywhere', actorId: user.id },
        });
      const { statements } = app;
      const known = await entries();
      const before = statements.length;
      const { data } = await app.send(LogoutDocument, { everywhere: true }, { token: accessToken });
      expect(data).toEqual({ logout: true });
      expect(statements.slice(before).filter((sql) => sql.includes('"AuditEntry"'))).toHaveLength(1);
      expect(await alive(user.id)).toBe(0);
      expect((await entries()) - known).toBe(1_501);
    });

    it('thousands of sign-ins leave 100 sessions of a user, those used last', async () => {
      const { user, accessToken } = await app.login('reader-3');
      await open(user.id, 110);
      const again = await app.login('reader-3');
      expect(await alive(user.id)).toBe(100);
      for (const { accessToken: token } of [{ accessToken }, again]) {
        const { sessions } = (await me(token)).data!.me;
        expect(sessions).toHaveLength(100);
      }
      const replaced = { action: 'session.replace', actorId: user.id };
      expect(await app.context.database.prisma.auditEntry.count({ where: replaced })).toBe(12);
    });
  });

  it('keeps no token in the database that would open it', async () => {
    const { accessToken, refreshToken } = await app.login('reader-1');
    const rows = await app.context.database.prisma.session.findMany();
    const stored = JSON.stringify(rows);
    for (const secret of [accessToken, refreshToken, jtiOf(refreshToken)!])
      expect(stored).not.toContain(secret);
  });
});
