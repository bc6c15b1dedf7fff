import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PublishArticleDocument, RegenerateArticleDocument } from '../../../generated/operations';
import { startTestApp, type TestApp } from '../../../helpers/app';
import { waitUntil } from '../../../helpers/wait-until';

const [SAMPLE] = JSON.parse(
  readFileSync(path.join(__dirname, '../../../../prisma/seed/articles.json'), 'utf8'),
) as [{ title: string; content: string }];

describe('a published article without an original', () => {
  let app: TestApp;
  let token: string;
  let articleId: string;

  beforeAll(async () => {
    app = await startTestApp({ worker: true });
    ({ accessToken: token } = await app.login('admin'));
    const { prisma } = app.context.database;
    const publisher = await prisma.publisher.create({ data: { name: '연습신문' } });
    const now = new Date();
    const article = await prisma.article.create({
      data: {
        title: SAMPLE.title,
        content: SAMPLE.content,
        category: 'ECONOMY_AND_BUSINESS',
        publisherId: publisher.id,
        status: 'PUBLISHED',
        publishedAt: now,
        releasedAt: now,
      },
    });
    articleId = article.id;
  });
  afterAll(() => app.close());

  async function regenerate(): Promise<void> {
    const { data } = await app.send(RegenerateArticleDocument, { id: articleId }, { token });
    const { id } = data!.regenerateArticle;
    const job = await waitUntil('the job has ended', async () => {
      const row = await app.context.database.prisma.generationJob.findUniqueOrThrow({ where: { id } });
      return row.finishedAt && row;
    });
    expect(job).toMatchObject({ status: 'SUCCEEDED', articleId });
  }

  it('does not shrink with every rewrite: its first text stays what is rewritten', async () => {
    const lengths: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await regenerate();
      const { data } = await app.send(PublishArticleDocument, { id: articleId }, { token });
      lengths.push(data!.publishArticle.content.length);
    }
    expect(lengths[0]).toBeGreaterThan(0.3 * SAMPLE.content.length);
    expect(lengths[1]).toBe(lengths[0]);
    expect(lengths[2]).toBe(lengths[0]);
    const original = await app.context.database.prisma.articleOriginal.findUniqueOrThrow({
      where: { articleId },
    });
    expect(original).toMatchObject({ title: SAMPLE.title, content: SAMPLE.content });
  });

  it('gets one open proposal when eight rewrites end together, and none of them fails', async () => {
    await Promise.all(Array.from({ length: 8 }, regenerate));
    const proposals = await app.context.database.prisma.articleRevision.count({
      where: { articleId, proposed: true },
    });
    expect(proposals).toBe(1);
  });
});
