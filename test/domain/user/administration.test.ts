import {
  MeDocument,
  SetUserRoleDocument,
  UsersDocument,
  type SetUserRoleMutationVariables,
  type UsersQuery,
} from '../../generated/operations';
import { startTestApp, type Answer, type Login, type TestApp } from '../../helpers/app';
import { createUser } from '../../helpers/records';

describe('users, as admins see them', () => {
  let app: TestApp;
  let admin: Login;
  let asAdmin: { token: string };

  beforeAll(async () => {
    app = await startTestApp();
    admin = await app.login('admin');
    asAdmin = { token: admin.accessToken };
  });
  afterAll(() => app.close());

  const absent = '00000000-0000-7000-8000-000000000000';
  const names = async (search: string | null) =>
    (await app.send(UsersDocument, { search, first: 100 }, asAdmin)).data!.users.edges.map(
      ({ node }) => node.name,
    );
  const setRole = (id: string, role: SetUserRoleMutationVariables['role'], token = admin.accessToken) =>
    app.send(SetUserRoleDocument, { id, role }, { token });
  const roleAudits = (targetId: string) =>
    app.context.database.prisma.auditEntry.findMany({
      where: { action: 'user.role', targetId },
      orderBy: { createdAt: 'asc' },
    });

  describe('in a list', () => {
    beforeAll(async () => {
      const { prisma } = app.context.database;
      const at = (day: number) => new Date(Date.UTC(2020, 0, day));
      for (const [name, email, day] of [
        ['김하나', 'hana@example.com', 1],
        ['이두리', 'DURI@Example.com', 1],
        ['박100%', 'percent@example.com', 2],
        ['밑_줄', null, 3],
        ['역\\슬래시', null, 3],
      ] as const)
        await createUser(prisma, { name, email, createdAt: at(day) });
    });

    it('come newest first, page by page, and are counted', async () => {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { data }: Answer<UsersQuery> = await app.send(UsersDocument, { first: 2, after }, asAdmin);
        expect(data!.users.totalCount).toBe(6);
        seen.push(...data!.users.edges.map(({ node }) => node.name));
        after = data!.users.pageInfo.hasNextPage ? (data!.users.pageInfo.endCursor ?? null) : null;
      } while (after !== null);
      expect(seen).toHaveLength(6);
      expect(seen[0]).toBe('관리자');
      expect(seen.slice(1, 3).sort()).toEqual(['밑_줄', '역\\슬래시'].sort());
      expect(seen[3]).toBe('박100%');
    });

    it.each<[string, string[]]>([
      ['하나', ['김하나']],
      ['duri@example', ['이두리']],
      [' 두리 ', ['이두리']],
      ['%', ['박100%']],
      ['_', ['밑_줄']],
      ['\\', ['역\\슬래시']],
      ["' OR 1=1 --", []],
      ['없는 이름', []],
    ])('are found by %p, taken literally', async (search, found) => {
      expect(await names(search)).toEqual(found);
    });

    it('are all there when nothing is searched for', async () => {
      for (const search of [null, '', '  ']) expect(await names(search)).toHaveLength(6);
    });

    it('are not asked for with U+0000', async () => {
      const { errors } = await app.send(UsersDocument, { search: '가\u0000' }, asAdmin);
      expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'search' });
    });

    it('cost one statement, and one more for the count', async () => {
      await app.query('{ users { edges { node { name } } } }', {}, asAdmin);
      app.statements.length = 0;
      await app.query('{ users { edges { node { name email role } } } }', {}, asAdmin);
      expect(app.statements).toHaveLength(1);
      app.statements.length = 0;
      await app.query('{ users { totalCount edges { node { name } } } }', {}, asAdmin);
      expect(app.statements).toHaveLength(2);
    });

    it('have their newest hundred sessions each, however many another has', async () => {
      const { prisma } = app.context.database;
      const [busy, quiet] = [await createUser(prisma), await createUser(prisma)];
      const sessions = (userId: string, count: number) =>
        Array.from({ length: count }, (_, n) => ({
          userId,
          userAgent: `${n}`,
          lastUsedAt: new Date(Date.UTC(2026, 0, 1) + n * 1000),
          expiresAt: new Date(Date.UTC(2100, 0)),
        }));
      await prisma.session.createMany({ data: [...sessions(busy.id, 300), ...sessions(quiet.id, 2)] });
      const found = await app.context.services.sessions.activeOf([busy.id, quiet.id]);
      expect(found.get(busy.id)!.map(({ userAgent }) => userAgent)).toEqual(
        Array.from({ length: 100 }, (_, n) => `${299 - n}`),
      );
      expect(found.get(quiet.id)!.map(({ userAgent }) => userAgent)).toEqual(['1', '0']);
      await prisma.user.deleteMany({ where: { id: { in: [busy.id, quiet.id] } } });
    });

    it('load the sessions of a page in one statement', async () => {
      await app.login('reader-4');
      app.statements.length = 0;
      const { data } = await app.query('{ users { edges { node { id sessions { id } } } } }', {}, asAdmin);
      expect(JSON.stringify(data)).toContain('"sessions":[{');
      expect(app.statements.filter((sql) => sql.includes('"Session"'))).toHaveLength(1);
    });
  });

  describe('get a role', () => {
    it('which counts at once, and is written down with who gave it', async () => {
      const login = await app.login('reader-1');
      expect((await setRole(login.user.id, 'ADMIN')).data!.setUserRole).toEqual({
        id: login.user.id,
        role: 'ADMIN',
      });
      const { me } = (await app.send(MeDocument, {}, { token: login.accessToken })).data!;
      expect(me.role).toBe('ADMIN');
      await setRole(login.user.id, 'USER');
      expect(await roleAudits(login.user.id)).toEqual([
        expect.objectContaining({ actorId: admin.user.id, details: { from: 'USER', to: 'ADMIN' } }),
        expect.objectContaining({ actorId: admin.user.id, details: { from: 'ADMIN', to: 'USER' } }),
      ]);
    });

    it('once: a repeat changes nothing and is not written down again', async () => {
      const { user } = await app.login('reader-2');
      await setRole(user.id, 'ADMIN');
      expect((await setRole(user.id, 'ADMIN')).data!.setUserRole.role).toBe('ADMIN');
      expect(await roleAudits(user.id)).toHaveLength(1);
      await setRole(user.id, 'USER');
    });

    it('that stays USER although the configuration names them, once an admin has said so', async () => {
      const { prisma } = app.context.database;
      const { kakaoId } = app.standin.users.find(({ login }) => login === 'reader-5')!;
      const { id } = await createUser(prisma, { kakaoId });
      expect((await setRole(id, 'USER')).data!.setUserRole.role).toBe('USER');
      app.config.adminKakaoIds.push(kakaoId);
      expect((await app.login('reader-5')).user.role).toBe('USER');
    });

    it('only when they are there', async () => {
      expect((await setRole(absent, 'ADMIN')).errors[0]!.extensions.code).toBe('NOT_FOUND');
      expect((await setRole('me', 'ADMIN')).errors[0]!.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        argument: 'id',
      });
    });
  });
});
