import { createArticle, createPublisher } from '../helpers/records';
import { startTestApp, type Login, type TestApp } from '../helpers/app';
import { grantAdmin } from '../../src/domain/user/admins';
import { MeDocument, SetUserRoleDocument, type SetUserRoleMutationVariables } from '../generated/operations';

/** graphql-jit takes over at the third use of a document. */
const USES = 4;

describe('what belongs to other people', () => {
  let app: TestApp;
  let articleId: string;
  let reader: Login;
  let other: Login;

  beforeAll(async () => {
    app = await startTestApp();
    const { prisma } = app.context.database;
    reader = await app.login('reader-1');
    other = await app.login('reader-2');
    const { id: publisherId } = await createPublisher(prisma);
    ({ id: articleId } = await createArticle(prisma, { publisherId }));
    const text = { title: '제목', content: '본문', comment: null, category: 'ECONOMY_AND_BUSINESS' as const };
    await prisma.articleRevision.create({
      data: { ...text, phrases: [], articleId, authorId: other.user.id },
    });
  });
  afterAll(() => app.close());

  const PROFILE = 'email name profileImageUrl kakaoId role createdAt sessions { id userAgent }';
  const PATHS: Record<string, () => string> = {
    users: () => '{ users { edges { node { id email sessions { id } } } } }',
    'a search for an address': () => '{ users(search: "reader-2@example.com") { totalCount } }',
    'the author of a revision': () => `{ article(id: "${articleId}") { revisions { author { id email name } } } }`,
    'a role that is set': () => `mutation { setUserRole(id: "${other.user.id}", role: USER) { id email name } }`,
    'the requester of a job': () => '{ generationJobs { edges { node { requestedBy { id email } } } } }',
    'the audit log': () => `{ auditLog(targetId: "${other.user.id}") { edges { node { actor { email } } } } }`,
  }; // prettier-ignore

  it.each(Object.keys(PATHS))(
    'other people’s email, sessions and profile stay hidden through %s',
    async (name) => {
      for (const token of [undefined, reader.accessToken])
        for (let use = 0; use < USES; use++) {
          const { data, errors } = await app.query(PATHS[name]!(), {}, { token });
          expect(errors[0]!.extensions.code).toBe(token ? 'FORBIDDEN' : 'UNAUTHENTICATED');
          expect(JSON.stringify({ data, errors })).not.toMatch(/@example\.com|독자 2|"sessions":\[/);
        }
    },
  );

  it('me is the caller, whoever else is named in the request', async () => {
    const headers = { 'x-user-id': other.user.id, 'x-forwarded-user': other.user.id };
    const { data } = await app.query('{ me { id email } }', {}, { token: reader.accessToken, headers });
    expect(data!.me).toEqual({ id: reader.user.id, email: 'reader-1@example.com' });
    const named = await app.query(
      `{ me(id: "${other.user.id}") { ${PROFILE} } }`,
      {},
      { token: reader.accessToken },
    );
    expect([named.status, named.data]).toEqual([400, null]);
  });

  it('what readers export holds nothing of anybody else', async () => {
    const { data } = await app.query('{ exportMyData }', {}, { token: reader.accessToken });
    const text = JSON.stringify(data);
    expect(text).toContain(reader.user.id);
    for (const theirs of [other.user.id, 'reader-2@example.com', '독자 2'])
      expect(text).not.toContain(theirs);
  });

  it('absent and foreign ids answer the same', async () => {
    const absent = '00000000-0000-7000-8000-000000000000';
    const { prisma } = app.context.database;
    const session = await prisma.session.findFirstOrThrow({ where: { userId: other.user.id } });
    const job = await prisma.generationJob.create({
      data: {
        kind: 'ARTICLE',
        subject: 'https://a.example/',
        input: {},
        status: 'QUEUED',
        requestedById: other.user.id,
      },
    });
    const QUESTIONS: [foreign: string, text: (id: string) => string][] = [
      [session.id, (id) => `mutation { revokeSession(id: "${id}") }`],
      [job.id, (id) => `{ generationJob(id: "${id}") { id } }`],
      [job.id, (id) => `mutation { cancelGenerationJob(id: "${id}") { id } }`],
      [articleId, (id) => `mutation { hideArticle(id: "${id}") { id } }`],
      [other.user.id, (id) => `mutation { setUserRole(id: "${id}", role: ADMIN) { id } }`],
      [other.user.id, (id) => `{ auditLog(targetId: "${id}") { totalCount } }`],
    ];
    for (const [foreign, text] of QUESTIONS) {
      const answers = [];
      for (const id of [foreign, absent]) {
        const { status, data, errors } = await app.query(text(id), {}, { token: reader.accessToken });
        expect(errors).toHaveLength(1);
        answers.push({ status, data, errors });
      }
      expect(answers[0]).toEqual(answers[1]);
    }
    expect(await prisma.session.count({ where: { id: session.id, revokedAt: null } })).toBe(1);
    await prisma.generationJob.delete({ where: { id: job.id } });
  });
});

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
