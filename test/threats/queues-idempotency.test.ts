import {
  GenerationJobDocument,
  RegenerateArticleDocument,
  RequestArticleDocument,
} from '../generated/operations';
import { startTestApp, type TestApp } from '../helpers/app';
import { startGenerationApp, type GenerationApp } from '../helpers/generation-app';

const HUNDRED = Array.from({ length: 100 });

describe('an idempotency key', () => {
  let world: GenerationApp;
  let second: TestApp;
  let secondToken: string;
  let articleId: string;

  beforeAll(async () => {
    world = await startGenerationApp({ engine: 'PostgreSQL' });
    second = await startTestApp({ databaseUrl: world.app.config.databaseUrl });
    secondToken = (await second.login('admin')).accessToken;
    articleId = (await world.ended((await world.request(world.pages.articleUrl('known'))).id)).articleId!;
  });
  afterAll(async () => {
    await second.close();
    await world.close();
  });

  const regenerate = (idempotencyKey: string, token = world.token, id = articleId) =>
    world.app.send(RegenerateArticleDocument, { id, idempotencyKey }, { token });

  it('sent 100 times at once gives one job', async () => {
    const url = world.pages.articleUrl('hundred');
    const answers = await Promise.all(
      HUNDRED.map(() =>
        world.app.send(RequestArticleDocument, { url, idempotencyKey: 'request' }, { token: world.token }),
      ),
    );
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(new Set(answers.map(({ data }) => data!.requestArticle.id)).size).toBe(1);
    expect(await world.app.context.database.prisma.generationJob.count({ where: { subject: url } })).toBe(1);
  });

  it('sent 100 times at once gives one job and 100 equal answers', async () => {
    const { prisma } = world.app.context.database;
    const before = await prisma.generationJob.count({ where: { articleId } });
    const answers = await Promise.all(HUNDRED.map(() => regenerate('regenerate')));
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    const [first] = answers;
    for (const { data } of answers) expect(data!.regenerateArticle).toEqual(first!.data!.regenerateArticle);
    expect((await prisma.generationJob.count({ where: { articleId } })) - before).toBe(1);
    const { id } = first!.data!.regenerateArticle;
    expect(await prisma.auditEntry.count({ where: { targetId: id } })).toBe(1);
  });

  it('gives one job when the requests are spread over two gateways', async () => {
    const answers = await Promise.all(
      HUNDRED.map((_, i) => {
        const [app, token] = i % 2 ? [world.app, world.token] : [second, secondToken];
        return app.send(RegenerateArticleDocument, { id: articleId, idempotencyKey: 'two' }, { token });
      }),
    );
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(new Set(answers.map(({ data }) => data!.regenerateArticle.id)).size).toBe(1);
  });

  it('conflicts when it comes with other arguments, also at the same time', async () => {
    const other = (await world.ended((await world.request(world.pages.articleUrl('other'))).id)).articleId!;
    const answers = await Promise.all([regenerate('other'), regenerate('other', world.token, other)]);
    const codes = answers.map(({ errors }) => errors[0]?.extensions.code);
    expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(1);
    expect(answers.find(({ errors }) => errors.length > 0)!.errors[0]!.extensions.argument).toBe(
      'idempotencyKey',
    );
  });

  it('means something else when another caller sends it, or another operation', async () => {
    const { prisma } = world.app.context.database;
    const colleague = await world.app.login('reader-1');
    await prisma.user.update({ where: { id: colleague.user.id }, data: { role: 'ADMIN' } });
    await world.app.context.services.guard.forgetUser(colleague.user.id);

    const mine = (await regenerate('shared')).data!.regenerateArticle;
    const theirs = (await regenerate('shared', colleague.accessToken)).data!.regenerateArticle;
    expect(theirs.id).not.toBe(mine.id);
    expect(theirs.requestedBy).toEqual({ id: colleague.user.id });
    const variables = { url: world.pages.articleUrl('shared'), idempotencyKey: 'shared' };
    const requested = await world.app.send(RequestArticleDocument, variables, { token: world.token });
    expect([mine.id, theirs.id]).not.toContain(requested.data!.requestArticle.id);
  });

  it('is forgotten after 24 hours', async () => {
    const { prisma } = world.app.context.database;
    const before = (await regenerate('daily')).data!.regenerateArticle;
    const row = await prisma.idempotencyKey.findFirstOrThrow({ where: { key: 'daily' } });
    const hours = (row.expiresAt.getTime() - Date.parse(before.createdAt)) / 3_600_000;
    expect(hours).toBeCloseTo(24, 1);
    expect((await regenerate('daily')).data!.regenerateArticle.id).toBe(before.id);

    await prisma.$executeRaw`UPDATE "IdempotencyKey" SET "expiresAt" = now() - interval '1 second' WHERE key = 'daily'`;
    const answers = await Promise.all(HUNDRED.slice(0, 10).map(() => regenerate('daily')));
    const [after, ...others] = new Set(answers.map(({ data }) => data!.regenerateArticle.id));
    expect(others).toEqual([]);
    expect(after).not.toBe(before.id);
    const { data } = await world.app.send(GenerationJobDocument, { id: before.id }, { token: world.token });
    expect(data!.generationJob).not.toBeNull();
  });

  it('is refused when it is empty or endless', async () => {
    for (const key of ['', ' ', 'k'.repeat(201)]) {
      const [error] = (await regenerate(key)).errors;
      expect(error!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'idempotencyKey' });
    }
  });
});
