import { startNewsroom, type Newsroom } from '../src/dev/standins/newsroom/newsroom';
import {
  ArticleDocument,
  ArticleForAdminDocument,
  ArticlesDocument,
  AuditLogDocument,
  GenerationJobDocument,
  PublishArticleDocument,
  RequestArticleDocument,
  UpdateArticleDocument,
} from './generated/operations';
import { startTestApp, type TestApp } from './helpers/app';
import { waitUntil } from './helpers/wait-until';

describe('from a Kakao login to a rewritten article on a reader’s screen', () => {
  let app: TestApp;
  let newsroom: Newsroom;

  beforeAll(async () => {
    newsroom = await startNewsroom({});
    app = await startTestApp({ worker: true, environment: { CRAWLER_TRUSTED_ORIGINS: newsroom.url } });
  });
  afterAll(async () => {
    await app.close();
    await newsroom.close();
  });

  it('lets an admin request, watch, edit and publish, and a reader read', async () => {
    const { accessToken: token } = await app.login('admin');
    const url = newsroom.articleUrls[0]!;

    const requested = (await app.send(RequestArticleDocument, { url }, { token })).data!.requestArticle;
    expect(requested).toMatchObject({
      kind: 'ARTICLE',
      status: 'QUEUED',
      progress: 0,
      sourceUrl: url,
      article: null,
    });

    const job = await waitUntil('the job has ended', async () => {
      const { generationJob } = (await app.send(GenerationJobDocument, { id: requested.id }, { token }))
        .data!;
      return generationJob?.finishedAt ? generationJob : null;
    });
    expect(job).toMatchObject({
      status: 'SUCCEEDED',
      progress: 100,
      step: null,
      attempts: 1,
      model: 'extractive',
      error: null,
    });

    const id = job.article!.id;
    const { article } = (await app.send(ArticleForAdminDocument, { id }, { token })).data!;
    expect(article).toMatchObject({ status: 'IN_REVIEW', sourceUrl: url, releasedAt: null });
    expect(article!.content.length).toBeLessThanOrEqual(0.6 * article!.original!.content.length);
    expect(article!.comment).toBeTruthy();
    expect(article!.revisions).toHaveLength(1);
    expect((await app.send(ArticleDocument, { id })).data!.article).toBeNull();

    await app.send(
      UpdateArticleDocument,
      { id, input: { title: '사람이 고친 제목' }, expectedUpdatedAt: article!.updatedAt },
      { token },
    );
    const published = (await app.send(PublishArticleDocument, { id }, { token })).data!.publishArticle;
    expect(published).toMatchObject({ status: 'PUBLISHED', title: '사람이 고친 제목' });

    const [first] = (await app.send(ArticlesDocument, { first: 1 })).data!.articles.edges;
    expect(first!.node).toMatchObject({ id, title: '사람이 고친 제목' });

    const { auditLog } = (
      await app.send(AuditLogDocument, { targetType: 'Article', targetId: id }, { token })
    ).data!;
    expect(auditLog.edges.map(({ node }) => node.action)).toEqual([
      'article.publish',
      'article.update',
      'article.generate',
    ]);
  });
});
