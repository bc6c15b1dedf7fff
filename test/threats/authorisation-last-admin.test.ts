import { grantAdmin } from '../../src/domain/user/admins';
import { MeDocument, SetUserRoleDocument, type SetUserRoleMutationVariables } from '../generated/operations';
import { startTestApp, type Login, type TestApp } from '../helpers/app';

describe('the last admin', () => {
  let app: TestApp;
  let admin: Login;
  let asAdmin: { token: string };

  beforeAll(async () => {
    app = await startTestApp();
    admin = await app.login('admin');
    asAdmin = { token: admin.accessToken };
  });
  afterAll(() => app.close());

  const setRole = (id: string, role: SetUserRoleMutationVariables['role'], token = admin.accessToken) =>
    app.send(SetUserRoleDocument, { id, role }, { token });

  it('the last ADMIN cannot be demoted', async () => {
    const { errors } = await setRole(admin.user.id, 'USER');
    expect(errors[0]!.extensions.code).toBe('CONFLICT');
    expect((await app.send(MeDocument, {}, asAdmin)).data!.me.role).toBe('ADMIN');
  });

  it('the last ADMIN cannot be demoted while the other has never signed in', async () => {
    const { prisma } = app.context.database;
    const { id } = await grantAdmin(prisma, '990002', new Date());
    const { errors } = await setRole(admin.user.id, 'USER');
    await prisma.user.delete({ where: { id } });
    expect(errors[0]!.extensions.code).toBe('CONFLICT');
  });

  it('two admins who demote each other at the same moment leave one', async () => {
    const { prisma } = app.context.database;
    const other = await app.login('reader-3');
    for (let round = 0; round < 5; round++) {
      await prisma.user.updateMany({
        where: { id: { in: [admin.user.id, other.user.id] } },
        data: { role: 'ADMIN' },
      });
      await app.context.services.guard.forgetUser(admin.user.id);
      await app.context.services.guard.forgetUser(other.user.id);
      const answers = await Promise.all([
        setRole(other.user.id, 'USER', admin.accessToken),
        setRole(admin.user.id, 'USER', other.accessToken),
      ]);
      expect(answers.filter(({ data }) => data)).toHaveLength(1);
      expect(await prisma.user.count({ where: { role: 'ADMIN' } })).toBe(1);
    }
  });
});
