import {
  ArticleDocument,
  ArticleForAdminDocument,
  ArticlesDocument,
  HideArticleDocument,
  PublishArticleDocument,
  UpdateArticleDocument,
  type UpdateArticleMutationVariables,
} from '../../generated/operations';
import { startTestApp, type Login, type TestApp } from '../../helpers/app';
import { createArticle, createPublisher } from '../../helpers/records';

type Input = UpdateArticleMutationVariables['input'];

describe('an admin who edits articles', () => {
  let app: TestApp;
  let admin: Login;
  let publisherId: string;
  let asAdmin: { token: string };

  beforeAll(async () => {
    app = await startTestApp();
    admin = await app.login('admin');
    asAdmin = { token: admin.accessToken };
    ({ id: publisherId } = await createPublisher(app.context.database.prisma));
  });
  afterAll(() => app.close());

  const draft = async (data: object = {}) =>
    (
      await createArticle(app.context.database.prisma, {
        publisherId,
        status: 'IN_REVIEW',
        releasedAt: null,
        ...data,
      })
    ).id;
  const update = (id: string, input: Input, expectedUpdatedAt?: string) =>
    app.send(UpdateArticleDocument, { id, input, expectedUpdatedAt }, asAdmin);
  const publish = (id: string) => app.send(PublishArticleDocument, { id }, asAdmin);
  const hide = (id: string) => app.send(HideArticleDocument, { id }, asAdmin);
  const read = async (id: string) =>
    (await app.send(ArticleForAdminDocument, { id }, asAdmin)).data!.article!;
  const auditOf = (targetId: string) =>
    app.context.database.prisma.auditEntry.findMany({
      where: { targetType: 'Article', targetId },
      orderBy: { createdAt: 'asc' },
    });
  const actionsOf = async (id: string) => (await auditOf(id)).map(({ action }) => action);

  it('sees the newest hundred versions of each article, however many another has', async () => {
    const [busy, quiet] = [await draft(), await draft()];
    const versions = (articleId: string, count: number) =>
      Array.from({ length: count }, (_, n) => ({
        articleId,
        title: `판 ${n}`,
        content: '본문',
        category: 'ECONOMY_AND_BUSINESS' as const,
        createdAt: new Date(Date.UTC(2026, 0, 1) + n * 1000),
      }));
    const data = [...versions(busy, 400), ...versions(quiet, 3)];
    await app.context.database.prisma.articleRevision.createMany({ data });
    app.statements.length = 0;
    const found = await app.context.services.articles.revisionsOf([busy, quiet]);
    expect(app.statements).toHaveLength(1);
    expect(found.get(busy)!.map(({ title }) => title)).toEqual(
      Array.from({ length: 100 }, (_, n) => `판 ${399 - n}`),
    );
    expect(found.get(quiet)!.map(({ title }) => title)).toEqual(['판 2', '판 1', '판 0']);
  });

  describe('changes a text', () => {
    it('field by field, keeping every version and who wrote it', async () => {
      const id = await draft();
      const before = await read(id);
      const changed = (await update(id, { title: '  새 제목  ', category: 'TECHNOLOGY_AND_CULTURE' })).data!;
      expect(changed.updateArticle).toMatchObject({ title: '새 제목', category: 'TECHNOLOGY_AND_CULTURE' });
      expect(changed.updateArticle.content).toBe(before.content);
      await update(id, { content: '새 본문', phrases: [{ expression: '채권', easy: '빚 문서' }] });
      const after = await read(id);
      expect(after).toMatchObject({ title: '새 제목', content: '새 본문', comment: before.comment });
      expect(after.phrases).toEqual([{ expression: '채권', easy: '빚 문서' }]);
      expect(after.revisions!.map(({ title, content, proposed }) => [title, content, proposed])).toEqual([
        ['새 제목', '새 본문', false],
        ['새 제목', before.content, false],
      ]);
      expect(after.revisions![0]!.author).toEqual({ id: admin.user.id, name: '관리자' });
      expect(await auditOf(id)).toEqual([
        expect.objectContaining({
          action: 'article.update',
          actorId: admin.user.id,
          details: { fields: ['title', 'category'] },
        }),
        expect.objectContaining({ details: { fields: ['content', 'phrases'] } }),
      ]);
    });

    it('leaves everything as it is when nothing is sent', async () => {
      const id = await draft();
      const before = await read(id);
      expect((await update(id, {})).data!.updateArticle.updatedAt).toBe(before.updatedAt);
      expect(await read(id)).toEqual(before);
      expect(await actionsOf(id)).toEqual([]);
    });

    it('empties the comment with null, and nothing else', async () => {
      const id = await draft();
      expect((await update(id, { comment: null })).data!.updateArticle.comment).toBeNull();
      for (const field of ['title', 'content', 'category', 'phrases']) {
        const { errors } = await update(id, { [field]: null });
        expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: `input.${field}` });
      }
      expect(await actionsOf(id)).toEqual(['article.update']);
    });

    it.each<[string, Input, string]>([
      ['an empty title', { title: ' ' }, 'input.title'],
      ['a title of 201 characters', { title: '가'.repeat(201) }, 'input.title'],
      ['a title with U+0000', { title: '가\u0000나' }, 'input.title'],
      ['a title with half a character', { title: '가\ud800나' }, 'input.title'],
      ['a content of 20,001 characters', { content: '가'.repeat(20_001) }, 'input.content'],
      ['an empty comment', { comment: '' }, 'input.comment'],
      ['21 phrases', { phrases: Array(21).fill({ expression: '가', easy: '나' }) }, 'input.phrases'],
      [
        'an empty explanation',
        {
          phrases: [
            { expression: '가', easy: '나' },
            { expression: '다', easy: '' },
          ],
        },
        'input.phrases.1.easy',
      ],
      [
        'half a character in a phrase',
        { phrases: [{ expression: '\udc00', easy: '나' }] },
        'input.phrases.0.expression',
      ],
    ])('never to %s', async (_what, input, argument) => {
      const id = await draft();
      const { data, errors } = await update(id, input);
      expect(data).toBeNull();
      expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
      expect(await actionsOf(id)).toEqual([]);
    });

    it('as text: markup stays what it is', async () => {
      const id = await draft();
      const content = '<script>alert(1)</script> & "따옴표" \\ 😀 \u200f';
      expect((await update(id, { content })).data!.updateArticle.content).toBe(content.trim());
    });

    it('only when nobody was faster, if the client says what it saw', async () => {
      const id = await draft();
      const seen = (await read(id)).updatedAt;
      const mine = await update(id, { title: '나의 제목' }, seen);
      expect(mine.errors).toEqual([]);
      const { data, errors } = await update(id, { title: '너의 제목' }, seen);
      expect(data).toBeNull();
      expect(errors[0]!.extensions).toMatchObject({ code: 'CONFLICT', argument: 'expectedUpdatedAt' });
      expect((await read(id)).title).toBe('나의 제목');
      const fresh = mine.data!.updateArticle.updatedAt;
      expect((await update(id, { title: '너의 제목' }, fresh)).errors).toEqual([]);
    });

    it('and notices also a change within the same millisecond, or by a clock that is behind', async () => {
      const ahead = new Date(Date.now() + 60_000);
      const id = await draft({ updatedAt: ahead });
      expect((await update(id, { title: '나의 제목' }, ahead.toISOString())).errors).toEqual([]);
      const { errors } = await update(id, { title: '너의 제목' }, ahead.toISOString());
      expect(errors[0]!.extensions.code).toBe('CONFLICT');
    });

    it('once when ten of them saw the same and write at the same moment', async () => {
      const id = await draft();
      const seen = (await read(id)).updatedAt;
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => update(id, { title: `제목 ${n}` }, seen)),
      );
      const written = answers.flatMap(({ data }) => (data ? [data.updateArticle.title] : []));
      expect(written).toHaveLength(1);
      expect((await read(id)).title).toBe(written[0]);
      expect(await actionsOf(id)).toEqual(['article.update']);
    });

    it('of an article that is there', async () => {
      const absent = '00000000-0000-7000-8000-000000000000';
      for (const answer of [await update(absent, {}), await publish(absent), await hide(absent)])
        expect(answer.errors[0]!.extensions.code).toBe('NOT_FOUND');
      for (const answer of [await update('1', {}), await publish('1'), await hide('1')])
        expect(answer.errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'id' });
    });

    it('of no article that was taken down', async () => {
      const id = await draft({ status: 'TAKEN_DOWN', title: '내려진 기사' });
      const answers = [await update(id, { title: '되살린 제목' }), await publish(id), await hide(id)];
      for (const { errors } of answers) expect(errors[0]!.extensions.code).toBe('CONFLICT');
      expect(await read(id)).toMatchObject({ status: 'TAKEN_DOWN', title: '내려진 기사' });
      expect(await actionsOf(id)).toEqual([]);
    });
  });

  describe('publishes and hides', () => {
    it('and the article appears at the top, and disappears', async () => {
      const id = await draft();
      expect((await app.send(ArticleDocument, { id })).data!.article).toBeNull();
      const published = (await publish(id)).data!.publishArticle;
      expect(published.status).toBe('PUBLISHED');
      const [top] = (await app.send(ArticlesDocument, { first: 1 })).data!.articles.edges;
      expect(top!.node.id).toBe(id);
      expect((await hide(id)).data!.hideArticle.status).toBe('HIDDEN');
      expect((await app.send(ArticleDocument, { id })).data!.article).toBeNull();
    });

    it('without ever changing when it first appeared', async () => {
      const id = await draft();
      const { releasedAt } = (await publish(id)).data!.publishArticle;
      expect(releasedAt).not.toBeNull();
      await hide(id);
      await update(id, { title: '고친 제목' });
      expect((await publish(id)).data!.publishArticle).toMatchObject({ releasedAt, title: '고친 제목' });
    });

    it('and a repeat changes nothing and is not written down', async () => {
      const id = await draft();
      await publish(id);
      const once = await read(id);
      await publish(id);
      expect(await read(id)).toEqual(once);
      await hide(id);
      const hidden = await read(id);
      await hide(id);
      expect(await read(id)).toEqual(hidden);
      expect(await actionsOf(id)).toEqual(['article.publish', 'article.hide']);
    });

    it('once when ten do it at the same moment', async () => {
      const id = await draft();
      const answers = await Promise.all(Array.from({ length: 10 }, () => publish(id)));
      expect(new Set(answers.map(({ data }) => data!.publishArticle.releasedAt)).size).toBe(1);
      expect(await actionsOf(id)).toEqual(['article.publish']);
    });

    it('and a proposed revision becomes the public text only then', async () => {
      const { prisma } = app.context.database;
      const id = await draft();
      await publish(id);
      const before = await read(id);
      const proposal = await prisma.articleRevision.create({
        data: {
          articleId: id,
          title: '제안한 제목',
          content: '제안한 본문',
          comment: null,
          category: 'POLITICS_AND_SOCIETY',
          phrases: [{ expression: '예산', easy: '쓸 돈의 계획' }],
          proposed: true,
        },
      });
      expect((await app.send(ArticleDocument, { id })).data!.article!.title).toBe(before.title);
      expect((await publish(id)).data!.publishArticle).toMatchObject({
        title: '제안한 제목',
        content: '제안한 본문',
        releasedAt: before.releasedAt,
      });
      const after = await read(id);
      expect(after).toMatchObject({ comment: null, category: 'POLITICS_AND_SOCIETY' });
      expect(after.phrases).toEqual([{ expression: '예산', easy: '쓸 돈의 계획' }]);
      expect(after.revisions!.map(({ proposed }) => proposed)).toEqual([false]);
      expect((await auditOf(id)).at(-1)).toMatchObject({
        action: 'article.publish',
        details: { revisionId: proposal.id },
      });
      await publish(id);
      expect(await read(id)).toEqual(after);
    });
  });
});
