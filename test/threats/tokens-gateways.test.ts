import jwt from 'jsonwebtoken';
import {
  DeleteAccountDocument,
  LogoutDocument,
  MeDocument,
  RefreshSessionDocument,
  RevokeSessionDocument,
  SetUserRoleDocument,
  UsersDocument,
} from '../generated/operations';
import { startTestApp, testSigningKey, type Login, type TestApp } from '../helpers/app';
import { TestClock } from '../helpers/clock';

const ISSUER = 'http://gyeongdan.test';
/** Role and session state may be believed for less than this by a gateway that was not told. */
const BELIEVED_SECONDS = 20;

describe('several gateways over one database', () => {
  const clock = new TestClock();
  const [oldKey, newKey] = [testSigningKey(), testSigningKey()];
  const running: TestApp[] = [];
  let first: TestApp;
  let second: TestApp;

  async function gateway(...keys: string[]): Promise<TestApp> {
    const app = await startTestApp({
      clock,
      environment: { JWT_PRIVATE_KEYS: keys.join('\n') },
      adjust: (config) => void (config.session.issuer = ISSUER),
      ...(first && { databaseUrl: first.config.databaseUrl }),
    });
    running.push(app);
    return app;
  }

  beforeAll(async () => {
    first = await gateway(oldKey);
    second = await gateway(oldKey);
  });
  afterAll(async () => {
    for (const app of running.reverse()) await app.close();
  });

  const statusAt = async (app: TestApp, token: string) => (await app.send(MeDocument, {}, { token })).status;
  const kidOf = (token: string) => jwt.decode(token, { complete: true })!.header.kid;
  const sidOf = ({ accessToken }: Login) => (jwt.decode(accessToken) as { sid: string }).sid;

  describe('refuse within 30 seconds, and at once where it happened,', () => {
    it('the old access token after a logout', async () => {
      const { accessToken: token } = await first.login('reader-1');
      expect([await statusAt(first, token), await statusAt(second, token)]).toEqual([200, 200]);
      await first.send(LogoutDocument, {}, { token });
      expect(await statusAt(first, token)).toBe(401);
      clock.advance(BELIEVED_SECONDS);
      expect(await statusAt(second, token)).toBe(401);
    });

    it('the tokens of a session that was revoked from another device', async () => {
      const [phone, laptop] = [await first.login('reader-1'), await second.login('reader-1')];
      expect(await statusAt(second, phone.accessToken)).toBe(200);
      const id = sidOf(phone);
      await first.send(RevokeSessionDocument, { id }, { token: laptop.accessToken });
      expect(await statusAt(first, phone.accessToken)).toBe(401);
      clock.advance(BELIEVED_SECONDS);
      expect(await statusAt(second, phone.accessToken)).toBe(401);
      expect(await statusAt(second, laptop.accessToken)).toBe(200);
    });

    it('the old access token after a deletion', async () => {
      const { accessToken: token } = await first.login('reader-4');
      expect([await statusAt(first, token), await statusAt(second, token)]).toEqual([200, 200]);
      expect((await first.send(DeleteAccountDocument, {}, { token })).errors).toEqual([]);
      expect(await statusAt(first, token)).toBe(401);
      clock.advance(BELIEVED_SECONDS);
      expect(await statusAt(second, token)).toBe(401);
    });

    it('the old access token after a role change', async () => {
      const admin = await first.login('admin');
      const demoted = await second.login('reader-2');
      const asAdmin = { token: admin.accessToken };
      const { id } = demoted.user;
      await first.send(SetUserRoleDocument, { id, role: 'ADMIN' }, asAdmin);
      clock.advance(BELIEVED_SECONDS);
      const token = demoted.accessToken;
      for (const app of [first, second])
        expect((await app.send(UsersDocument, { first: 1 }, { token })).errors).toEqual([]);

      await first.send(SetUserRoleDocument, { id, role: 'USER' }, asAdmin);
      const codeAt = async (app: TestApp) =>
        (await app.send(UsersDocument, { first: 1 }, { token })).errors[0]?.extensions.code;
      expect(await codeAt(first)).toBe('FORBIDDEN');
      clock.advance(BELIEVED_SECONDS);
      expect(await codeAt(second)).toBe('FORBIDDEN');
      expect(await statusAt(second, token)).toBe(200);
    });
  });

  it('two parallel refreshes on two gateways leave exactly one family', async () => {
    const { refreshToken } = await first.login('reader-3');
    const answers = await Promise.all(
      [first, second, first, second].map((app) => app.send(RefreshSessionDocument, { refreshToken })),
    );
    const tokens = answers.map(({ data }) => data!.refreshSession);
    const jtis = tokens.map((token) => (jwt.decode(token.refreshToken) as jwt.JwtPayload).jti);
    expect(new Set(jtis).size).toBe(1);
    for (const { accessToken } of tokens) expect(await statusAt(second, accessToken)).toBe(200);
  });

  it('take a login that was begun on another one', async () => {
    expect(await statusAt(second, (await first.login('reader-4')).accessToken)).toBe(200);
  });

  describe('whose signing key is being replaced', () => {
    let knowing: TestApp;
    let replaced: TestApp;

    beforeAll(async () => {
      knowing = await gateway(oldKey, newKey);
      replaced = await gateway(newKey, oldKey);
    });

    it('after a key rotation tokens of the old key work until they expire', async () => {
      const old = await first.login('reader-5');
      const fresh = await replaced.login('reader-5');
      expect(kidOf(fresh.accessToken)).not.toBe(kidOf(old.accessToken));
      for (const app of [knowing, replaced])
        for (const { accessToken } of [old, fresh]) expect(await statusAt(app, accessToken)).toBe(200);
    });

    it('exchange a refresh token of the old key for one of the new', async () => {
      const { refreshToken } = await first.login('reader-5');
      const { data } = await replaced.send(RefreshSessionDocument, { refreshToken });
      expect(kidOf(data!.refreshSession.refreshToken)).toBe(
        kidOf((await replaced.login('admin')).accessToken),
      );
      const again = await replaced.send(RefreshSessionDocument, {
        refreshToken: data!.refreshSession.refreshToken,
      });
      expect(again.errors).toEqual([]);
    });

    it('never hand a second tab a token that would end the family', async () => {
      const { refreshToken } = await first.login('reader-5');
      const kept = (await knowing.send(RefreshSessionDocument, { refreshToken })).data!.refreshSession;
      const secondTab = (await replaced.send(RefreshSessionDocument, { refreshToken })).data!.refreshSession;
      expect((jwt.decode(secondTab.refreshToken) as jwt.JwtPayload).jti).toBe(
        (jwt.decode(kept.refreshToken) as jwt.JwtPayload).jti,
      );
      const next = await replaced.send(RefreshSessionDocument, { refreshToken: kept.refreshToken });
      expect(next.errors).toEqual([]);
      expect(await statusAt(replaced, kept.accessToken)).toBe(200);
    });

    it('refuse tokens of a key that is gone', async () => {
      const bare = await gateway(newKey);
      const { accessToken } = await first.login('reader-5');
      expect(await statusAt(bare, accessToken)).toBe(401);
    });
  });
});
