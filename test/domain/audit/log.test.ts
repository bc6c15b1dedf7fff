import {
  AuditLogDocument,
  CreatePublisherDocument,
  HideArticleDocument,
  PublishArticleDocument,
  type AuditLogQuery,
  type AuditLogQueryVariables,
} from '../../generated/operations';
import { startTestApp, type Answer, type Login, type TestApp } from '../../helpers/app';
import { createArticle, createPublisher } from '../../helpers/records';

describe('the audit log', () => {
  let app: TestApp;
  let admin: Login;
  let asAdmin: { token: string };

  beforeAll(async () => {
    app = await startTestApp();
    admin = await app.login('admin');
    asAdmin = { token: admin.accessToken };
  });
  afterAll(() => app.close());

  const log = async (variables: AuditLogQueryVariables = {}) => {
    const { data, errors } = await app.send(AuditLogDocument, variables, asAdmin);
    expect(errors).toEqual([]);
    return data!.auditLog;
  };
  const draft = async () => {
    const { prisma } = app.context.database;
    const { id: publisherId } = await createPublisher(prisma);
    return (await createArticle(prisma, { publisherId, status: 'IN_REVIEW', releasedAt: null })).id;
  };

  it('tells who did what to what, newest first', async () => {
    const id = await draft();
    await app.send(PublishArticleDocument, { id }, asAdmin);
    await app.send(HideArticleDocument, { id }, asAdmin);
    const { edges, totalCount } = await log({ targetType: 'Article', targetId: id });
    expect(totalCount).toBe(2);
    expect(edges.map(({ node }) => node.action)).toEqual(['article.hide', 'article.publish']);
    expect(edges[0]!.node).toMatchObject({
      actor: { id: admin.user.id, name: '관리자' },
      targetType: 'Article',
      targetId: id,
      details: null,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
  });

  it.each(['article', 'Nothing', ' Article'])(
    'refuses a type that there is none of: %j',
    async (targetType) => {
      const { errors } = await app.send(AuditLogDocument, { targetType }, asAdmin);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'targetType' } }]);
      expect(errors[0]!.message).toContain('Article, EconomicTerm, ');
    },
  );

  it('knows sign-ins, and the first admin’s role without an actor', async () => {
    const { edges } = await log({ targetType: 'User', targetId: admin.user.id });
    expect(edges.map(({ node }) => [node.action, node.actor?.id ?? null])).toEqual(
      expect.arrayContaining([
        ['session.login', admin.user.id],
        ['user.role', null],
      ]),
    );
  });

  it('can be walked page by page, without loss, also when many things happened at once', async () => {
    const at = new Date('2020-01-01T00:00:00Z');
    const { prisma } = app.context.database;
    const entry = { action: 'article.hide', targetType: 'Article', targetId: 'walk', createdAt: at };
    await prisma.auditEntry.createMany({ data: Array.from({ length: 7 }, () => entry) });
    const seen = new Set<string>();
    let after: string | null = null;
    let pages = 0;
    do {
      const variables: AuditLogQueryVariables = { first: 3, after, targetId: 'walk' };
      const { data }: Answer<AuditLogQuery> = await app.send(AuditLogDocument, variables, asAdmin);
      expect(data!.auditLog.totalCount).toBe(7);
      for (const { node } of data!.auditLog.edges) seen.add(node.id);
      after = data!.auditLog.pageInfo.hasNextPage ? (data!.auditLog.pageInfo.endCursor ?? null) : null;
      pages++;
    } while (after !== null);
    expect([seen.size, pages]).toEqual([7, 3]);
  });

  it('is empty for what nothing happened to', async () => {
    expect((await log({ targetType: 'Article', targetId: 'nothing' })).edges).toEqual([]);
    expect((await log({ targetType: 'Faq' })).totalCount).toBe(0);
  });

  it('loads the actors of a page in one statement', async () => {
    for (let n = 0; n < 3; n++) await app.login('reader-1');
    app.statements.length = 0;
    await app.query('{ auditLog(first: 20) { edges { node { actor { name } } } } }', {}, asAdmin);
    expect(app.statements.filter((sql) => sql.includes('"User"'))).toHaveLength(1);
    expect(app.statements).toHaveLength(2);
  });

  it('is asked for with storable text only', async () => {
    for (const argument of ['targetType', 'targetId']) {
      const { errors } = await app.send(AuditLogDocument, { [argument]: 'x\u0000' }, asAdmin);
      expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    }
  });

  it('is written with the change or not at all', async () => {
    const { prisma, pool } = app.context.database;
    const id = await draft();
    await pool.query(
      'ALTER TABLE "AuditEntry" ADD CONSTRAINT refuse CHECK (action <> \'article.publish\') NOT VALID',
    );
    try {
      const { errors } = await app.send(PublishArticleDocument, { id }, asAdmin);
      expect(errors[0]).toMatchObject({
        message: '서버에서 문제가 생겼습니다.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', retryable: true },
      });
      expect(await prisma.article.findUniqueOrThrow({ where: { id } })).toMatchObject({
        status: 'IN_REVIEW',
        releasedAt: null,
      });
    } finally {
      await pool.query('ALTER TABLE "AuditEntry" DROP CONSTRAINT refuse');
    }
  });

  it('holds nothing of a change that was refused', async () => {
    const before = (await log()).totalCount;
    await app.send(CreatePublisherDocument, { input: { name: '' } }, asAdmin);
    await app.send(HideArticleDocument, { id: '00000000-0000-7000-8000-000000000000' }, asAdmin);
    const { accessToken: token } = await app.login('reader-1');
    await app.send(HideArticleDocument, { id: await draft() }, { token });
    expect((await log()).totalCount).toBe(before + 1);
  });
});
