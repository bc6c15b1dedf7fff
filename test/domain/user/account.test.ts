import {
  AuditLogDocument,
  DeleteAccountDocument,
  ExportMyDataDocument,
  LoginWithKakaoTokenDocument,
  MeDocument,
  RefreshSessionDocument,
  SetUserRoleDocument,
} from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
import { startKakaoStandin } from '../../../src/dev/standins/kakao/kakao-standin';
import { TestClock } from '../../helpers/clock';
import { withClient } from '../../../src/adapters/database/with-client';
import { createArticle, createPublisher } from '../../helpers/records';
import { waitUntil } from '../../helpers/wait-until';

/** Ten of each time. */
const TIMES = `(SELECT now() - n / 10 * interval '1 second' FROM generate_series(1, $3::int) n)`;

/** As many views and impressions; no reader can have several of one article, which the database does not care about. */
async function giveHistory(app: TestApp, userId: string, rows: number): Promise<void> {
  const { prisma } = app.context.database;
  const { id: publisherId } = await createPublisher(prisma);
  const { id: articleId } = await createArticle(prisma, { publisherId });
  await withClient({ connectionString: app.config.databaseUrl }, async (client) => {
    await client.query(
      `INSERT INTO "ArticleView" ("readerId", "articleId", "userId", "firstViewedAt", "lastViewedAt", "countedAt")
       SELECT gen_random_uuid(), $1, $2, at, at, at FROM ${TIMES} times(at)`,
      [articleId, userId, rows],
    );
    await client.query(
      `INSERT INTO "Impression" ("readerId", day, "articleId", "userId", surface, "shownAt")
       SELECT gen_random_uuid(), now(), $1, $2, 'HOME', at FROM ${TIMES} times(at)`,
      [articleId, userId, rows],
    );
  });
}

/** What tests look at in an export. */
interface Exported {
  complete: boolean;
  endCursor: string | null;
  profile: object;
  sessions: Record<string, string>[];
  jobs: Record<string, string>[];
  views: Record<string, string>[];
  impressions: Record<string, string>[];
  auditEntries: Record<string, string>[];
}

async function historyLeft(app: TestApp, userId: string): Promise<number> {
  const { articleView, impression } = app.context.database.prisma;
  return (await articleView.count({ where: { userId } })) + (await impression.count({ where: { userId } }));
}

describe('an account', () => {
  let app: TestApp;
  const clock = new TestClock();

  beforeAll(async () => {
    app = await startTestApp({ clock });
  });
  afterAll(() => app.close());

  const signal = new AbortController().signal;
  const remove = (token: string) => app.send(DeleteAccountDocument, {}, { token });
  const pending = () => app.context.database.prisma.pendingUnlink.findMany();
  const userCount = (id: string) => app.context.database.prisma.user.count({ where: { id } });

  describe('that is deleted', () => {
    it('is gone at once with every session, and Kakao is told', async () => {
      const first = await app.login('reader-1');
      const second = await app.login('reader-1');
      const unlinks = app.standin.requestCount('/v1/user/unlink');
      expect((await remove(first.accessToken)).data).toEqual({ deleteAccount: true });
      expect(await userCount(first.user.id)).toBe(0);
      expect(app.standin.requestCount('/v1/user/unlink')).toBe(unlinks + 1);
      expect(await pending()).toEqual([]);
      for (const { accessToken: token, refreshToken } of [first, second]) {
        expect((await app.send(MeDocument, {}, { token })).status).toBe(401);
        const refreshed = await app.send(RefreshSessionDocument, { refreshToken });
        expect(refreshed.errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
      }
      expect((await remove(first.accessToken)).status).toBe(401);
    });

    it('leaves what it wrote without a name, and an audit entry without personal data', async () => {
      const admin = await app.login('admin');
      const { user, accessToken } = await app.login('reader-2');
      const { prisma } = app.context.database;
      await prisma.user.update({ where: { id: user.id }, data: { email: 'gone@example.com' } });
      const { id: publisherId } = await createPublisher(prisma);
      const article = await createArticle(prisma, { publisherId });
      const revision = await prisma.articleRevision.create({
        data: {
          articleId: article.id,
          title: '제목',
          content: '본문',
          category: article.category,
          authorId: user.id,
        },
      });
      await remove(accessToken);
      expect(
        (await prisma.articleRevision.findUniqueOrThrow({ where: { id: revision.id } })).authorId,
      ).toBeNull();
      const variables = { targetType: 'User', targetId: user.id };
      const { data } = await app.send(AuditLogDocument, variables, { token: admin.accessToken });
      const entries = data!.auditLog.edges.map(({ node }) => node);
      expect(entries[0]).toMatchObject({ action: 'user.delete', actor: null });
      expect(JSON.stringify(entries)).not.toMatch(/gone@example.com|독자 2|2000003/);
    });

    it('is unlinked later when Kakao is away, and is never logged in again by that', async () => {
      const { accessToken, user } = await app.login('reader-3');
      app.standin.misbehave({ path: '/v1/user/unlink', behaviour: 'serverError', times: 2 });
      expect((await remove(accessToken)).data).toEqual({ deleteAccount: true });
      expect(await userCount(user.id)).toBe(0);
      expect(await pending()).toHaveLength(1);
      const { unlinks } = app.context;
      await unlinks.retryDue(signal);
      expect(await pending()).toMatchObject([{ attempts: 1 }]);
      await unlinks.retryDue(signal);
      expect(await pending()).toMatchObject([{ attempts: 1 }]);
      clock.advance(120);
      await unlinks.retryDue(signal);
      expect(await pending()).toEqual([]);
      // Kakao says -101 for somebody it does not know as ours: that is what was wanted.
      await app.context.database.prisma.pendingUnlink.create({
        data: { kakaoId: '2000004', nextAttemptAt: clock.now() },
      });
      await unlinks.retryDue(signal);
      expect(await pending()).toEqual([]);
    });

    it('may come back as a new user, whom a late unlink no longer touches', async () => {
      const before = await app.login('reader-4');
      app.standin.misbehave({ path: '/v1/user/unlink', behaviour: 'silent' });
      await remove(before.accessToken);
      expect(await pending()).toHaveLength(1);
      const after = await app.login('reader-4');
      expect(after.user.id).not.toBe(before.user.id);
      expect(await pending()).toEqual([]);
    });

    it('is not the one of the last admin', async () => {
      const admin = await app.login('admin');
      const { errors } = await remove(admin.accessToken);
      expect(errors[0]!.extensions.code).toBe('CONFLICT');
      expect(await userCount(admin.user.id)).toBe(1);
      const other = await app.login('reader-5');
      await app.send(SetUserRoleDocument, { id: other.user.id, role: 'ADMIN' }, { token: admin.accessToken });
      const both = await Promise.all([remove(admin.accessToken), remove(other.accessToken)]);
      expect(both.filter(({ data }) => data?.deleteAccount)).toHaveLength(1);
      expect(both.flatMap(({ errors: faults }) => faults.map((fault) => fault.extensions.code))).toEqual([
        'CONFLICT',
      ]);
    });

    it('is gone in time with a history of 100,000 views and as many impressions', async () => {
      const { accessToken, user } = await app.login('reader-2');
      await giveHistory(app, user.id, 100_000);
      expect((await remove(accessToken)).data).toEqual({ deleteAccount: true });
      expect(await historyLeft(app, user.id)).toBe(0);
    });

    it('waits for nothing that admins write, and no admin for what readers write', async () => {
      const [reader, admin] = [await app.login('reader-2'), await app.login('admin')];
      const other = await app.login('reader-3');
      const { prisma } = app.context.database;
      await prisma.user.update({ where: { id: other.user.id }, data: { role: 'ADMIN' } });
      await prisma.$transaction(
        async (tx) => {
          // What every row does that refers to its author.
          await tx.$queryRaw`SELECT id FROM "User" WHERE id = ${admin.user.id}::uuid FOR KEY SHARE`;
          expect((await remove(reader.accessToken)).data).toEqual({ deleteAccount: true });
          expect((await remove(other.accessToken)).data).toEqual({ deleteAccount: true });
        },
        { timeout: 30_000 },
      );
    });

    it('asks for a sign-in', async () => {
      expect((await app.send(DeleteAccountDocument, {})).errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
    });
  });

  describe('that is exported', () => {
    it('shows everything kept about the reader, and no token or hash', async () => {
      const { accessToken, user } = await app.login('reader-1');
      const { data } = await app.send(ExportMyDataDocument, {}, { token: accessToken });
      const exported = data!.exportMyData as Record<string, unknown>;
      expect(exported.profile).toMatchObject({
        id: user.id,
        kakaoId: '2000002',
        role: 'USER',
        name: user.name,
      });
      expect(exported.sessions).toHaveLength(1);
      expect(exported.auditEntries).toMatchObject([{ action: 'session.login' }]);
      expect(exported).toMatchObject({ complete: true, endCursor: null });
      expect(Object.keys(exported)).toEqual([
        'complete',
        'endCursor',
        'profile',
        'readerProfile',
        'sessions',
        'jobs',
        'answers',
        'revisions',
        'views',
        'impressions',
        'feedback',
        'newsletterSubscriptions',
        'auditEntries',
      ]);
      expect(JSON.stringify(exported)).not.toMatch(/[Hh]ash/);
      expect((exported.profile as { createdAt: string }).createdAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    });

    const partsOf = async (token: string) => {
      const parts: Exported[] = [];
      for (let after: string | null = null; parts.length < 10;) {
        const { data, errors } = await app.send(ExportMyDataDocument, { after }, { token });
        expect(errors).toEqual([]);
        const part = data!.exportMyData as Exported;
        parts.push(part);
        if ((after = part.endCursor) === null) break;
      }
      return parts;
    };

    it('has all of a long history in parts that say whether they are the last, at two statements each', async () => {
      const { accessToken: token, user } = await app.login('reader-4');
      await giveHistory(app, user.id, 6_000);
      app.statements.length = 0;
      const parts = await partsOf(token);
      expect(parts.map(({ complete }) => complete)).toEqual([false, false, true]);
      expect(app.statements.filter((sql) => !sql.includes('UPDATE "Session"'))).toHaveLength(
        2 * parts.length,
      );
      const all = (list: 'views' | 'impressions' | 'sessions' | 'auditEntries') =>
        parts.flatMap((part) => part[list]);
      expect(all('views')).toHaveLength(6_000);
      expect(all('impressions')).toHaveLength(6_000);
      expect(all('sessions').length).toBeGreaterThan(0);
      for (const list of ['views', 'impressions', 'sessions', 'auditEntries'] as const) {
        const times = all(list).map((entry) => entry.lastViewedAt ?? entry.shownAt ?? entry.createdAt!);
        expect(times).toEqual([...times].sort().reverse());
      }
      for (const part of parts) expect(part.profile).toMatchObject({ id: user.id });
    });

    it('is cut where its entries are long, so that no answer is too large, and skips none of one time', async () => {
      const { accessToken: token, user } = await app.login('reader-5');
      const createdAt = clock.now();
      await app.context.database.prisma.generationJob.createMany({
        data: Array.from({ length: 1_500 }, (_, n) => ({
          kind: 'ARTICLE',
          input: {},
          sourceUrl: `https://news.example/${n}/`.padEnd(2_000, '긴'),
          requestedById: user.id,
          createdAt,
        })),
      });
      const parts = await partsOf(token);
      expect(parts.length).toBeGreaterThan(1);
      const ids = parts.flatMap(({ jobs }) => jobs.map(({ id }) => id));
      expect([ids.length, new Set(ids).size]).toEqual([1_500, 1_500]);
    });

    it('goes on from nothing but a cursor of its own', async () => {
      const { accessToken: token } = await app.login('reader-1');
      const { errors } = await app.send(ExportMyDataDocument, { after: 'nonsense' }, { token });
      expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
    });

    it('is the caller’s own and asks for a sign-in', async () => {
      expect((await app.send(ExportMyDataDocument, {})).errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
      const [one, other] = [await app.login('reader-1'), await app.login('reader-2')];
      const { data } = await app.send(ExportMyDataDocument, {}, { token: one.accessToken });
      expect(JSON.stringify(data)).not.toContain(other.user.id);
    });
  });
});

describe('Kakao’s unlink webhook', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const notice = (kakaoId: string, changes: Record<string, string> = {}) => ({
    app_id: String(app.config.kakao.appId),
    user_id: kakaoId,
    referrer_type: 'UNLINK_FROM_APPS',
    ...changes,
  });
  const call = (fields: Record<string, string>, init: { method?: 'GET' | 'POST'; key?: string } = {}) => {
    const { method = 'POST', key = app.config.kakao.adminKey! } = init;
    const form = new URLSearchParams(fields);
    const url = `${app.url}/webhooks/kakao/unlink`;
    const headers = { authorization: `KakaoAK ${key}` };
    return method === 'GET'
      ? fetch(`${url}?${form}`, { headers, redirect: 'error' })
      : fetch(url, { method, headers, body: form, redirect: 'error' });
  };
  const userCount = (id: string) => app.context.database.prisma.user.count({ where: { id } });
  const notices = () => app.context.database.prisma.unlinkNotice;
  const never = new AbortController().signal;
  const whileLocked = (table: string, work: () => Promise<void>) =>
    withClient({ connectionString: app.config.databaseUrl }, async (client) => {
      await client.query(`BEGIN; LOCK TABLE ${table} IN EXCLUSIVE MODE`);
      await work();
    });

  it.each(['GET', 'POST'] as const)(
    'ends the account and its sessions without unlinking again: %s',
    async (method) => {
      const { accessToken, user } = await app.login('reader-1');
      const unlinks = app.standin.requestCount('/v1/user/unlink');
      for (let repeat = 0; repeat < 2; repeat++)
        expect((await call(notice('2000002'), { method })).status).toBe(200);
      expect(await userCount(user.id)).toBe(0);
      expect((await app.send(MeDocument, {}, { token: accessToken })).status).toBe(401);
      expect(app.standin.requestCount('/v1/user/unlink')).toBe(unlinks);
    },
  );

  it('is answered 200 for a user nobody knows and for nonsense, which changes nothing', async () => {
    const { user } = await app.login('reader-2');
    for (const fields of [
      notice('99'),
      notice("2000003' OR 1=1"),
      notice('2000003', { app_id: '1' }),
      { user_id: '2000003' },
      {},
    ] as Record<string, string>[])
      expect((await call(fields)).status).toBe(200);
    expect(await userCount(user.id)).toBe(1);
  });

  it('has no effect without the admin key', async () => {
    const { user } = await app.login('reader-2');
    for (const key of ['', 'wrong', app.config.kakao.restApiKey])
      expect((await call(notice('2000003'), { key })).status).toBe(401);
    const bare = await fetch(`${app.url}/webhooks/kakao/unlink?user_id=2000003`);
    expect(bare.status).toBe(401);
    expect(await userCount(user.id)).toBe(1);
  });

  it('comes from the stand-in when a user disconnects there', async () => {
    const standin = await startKakaoStandin({
      restApiKey: 'key',
      clientSecret: null,
      redirectUris: [],
      adminKey: app.config.kakao.adminKey!,
      appId: app.config.kakao.appId!,
      webhookUrl: `${app.url}/webhooks/kakao/unlink`,
    });
    try {
      const accessToken = await app.kakaoAccessToken('reader-3');
      const login = await app.send(LoginWithKakaoTokenDocument, { accessToken });
      const page = await fetch(`${standin.url}/_users`, {
        method: 'POST',
        body: new URLSearchParams({ user: 'reader-3' }),
      });
      expect(await page.text()).toContain('HTTP 200');
      expect(await userCount(login.data!.loginWithKakaoToken.user.id)).toBe(0);
    } finally {
      await standin.close();
    }
  });

  it('is carried out in time for a reader with a history of 100,000 views and impressions', async () => {
    const { user } = await app.login('reader-4');
    await giveHistory(app, user.id, 100_000);
    expect((await call(notice('2000005'))).status).toBe(200);
    await waitUntil('the reader is gone', async () => (await userCount(user.id)) === 0);
    expect(await historyLeft(app, user.id)).toBe(0);
  });

  it('is in the database before it is answered, and carried out by another process when this one could not', async () => {
    const { user } = await app.login('reader-4');
    await whileLocked('"User"', async () => {
      expect((await call(notice('2000005'))).status).toBe(200);
      expect(await notices().count()).toBe(1);
      await waitUntil('this one gives up', () => app.logs.join('').includes('left to a worker'));
    });
    expect(await userCount(user.id)).toBe(1);
    await app.workerContext.unlinkNotices.carryOutDue(never);
    expect(await userCount(user.id)).toBe(0);
    expect(await notices().count()).toBe(0);
  });

  it('is tried again later when it cannot be carried out, and keeps no other waiting', async () => {
    const users = [await app.login('reader-1'), await app.login('reader-2')].map(({ user }) => user.id);
    const { unlinkNotices, database } = app.context;
    for (const kakaoId of ['2000002', '2000003']) await unlinkNotices.keep(unlinkNotices.received(kakaoId));
    await database.prisma.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT id FROM "User" WHERE id = ${users[0]}::uuid FOR UPDATE`;
        await unlinkNotices.carryOutDue(never);
      },
      { timeout: 30_000 },
    );
    expect(await Promise.all(users.map(userCount))).toEqual([1, 0]);
    expect(await notices().findMany()).toMatchObject([{ kakaoId: '2000002', attempts: 1 }]);
    await unlinkNotices.carryOutDue(never);
    expect(await userCount(users[0]!)).toBe(1);
    await database.pool.query('UPDATE "UnlinkNotice" SET "nextAttemptAt" = now()');
    await unlinkNotices.carryOutDue(never);
    expect(await userCount(users[0]!)).toBe(0);
  });

  it('never ends the new account of a reader who came back before it was carried out', async () => {
    const before = await app.login('reader-1');
    const { unlinkNotices } = app.context;
    const late = unlinkNotices.received('2000002');
    await unlinkNotices.keep(late);
    const after = await app.login('reader-1');
    // As if it had been carried out at once: what was left at Kakao is gone, and the account is another one.
    expect(await userCount(before.user.id)).toBe(0);
    expect(after.user.id).not.toBe(before.user.id);
    await unlinkNotices.carryOutDue(never);
    // The database was away, and the notice could only be kept now.
    await unlinkNotices.keep(late);
    await unlinkNotices.carryOutDue(never);
    expect(await userCount(after.user.id)).toBe(1);
    expect(await notices().count()).toBe(0);
  });

  it('is not answered 200 while the database cannot keep it, and kept when it can', async () => {
    const { user } = await app.login('reader-5');
    await whileLocked('"UnlinkNotice"', async () => {
      expect((await call(notice('2000006'))).status).toBe(503);
    });
    await waitUntil('it is kept', async () => (await notices().count()) === 1);
    await app.context.unlinkNotices.carryOutDue(never);
    expect(await userCount(user.id)).toBe(0);
  });

  it('takes the last admin too, and says so in the log', async () => {
    const { user } = await app.login('admin');
    expect((await call(notice('2000001'))).status).toBe(200);
    expect(await userCount(user.id)).toBe(0);
    expect(app.logs.join('')).toContain('the last admin has left');
  });
});
