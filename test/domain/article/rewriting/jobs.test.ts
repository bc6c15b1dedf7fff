import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ServerResponse } from 'node:http';
import {
  PublishArticleDocument,
  RegenerateArticleDocument,
  GenerationJobDocument,
} from '../../../generated/operations';
import { startTestApp, type TestApp } from '../../../helpers/app';
import { waitUntil } from '../../../helpers/wait-until';
import { freePort } from '../../../../src/dev/embedded-postgres/embedded-postgres';
import { startGenerationApp, type GenerationApp } from '../../../helpers/generation-app';

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

const html = (response: ServerResponse, body: string | Buffer, type = 'text/html; charset=utf-8') =>
  void response.writeHead(200, { 'content-type': type }).end(body);

describe('a page that cannot become an article', () => {
  let world: GenerationApp;
  let nobody: string;

  beforeAll(async () => {
    nobody = `http://127.0.0.1:${await freePort()}`;
    world = await startGenerationApp({ engine: 'PostgreSQL', trustedOrigins: [nobody] });
  });
  afterAll(() => world.close());

  const large = Buffer.alloc(10 * 1024 * 1024, '<p>금리가 올랐다.</p>\n');
  const cases: { what: string; url: () => string; code: string; retryable: boolean; attempts?: number }[] = [
    {
      what: 'a private address',
      url: () => 'http://10.0.0.1/news/1',
      code: 'URL_NOT_ALLOWED',
      retryable: false,
    },
    {
      what: 'the address of a metadata service',
      url: () => 'http://169.254.169.254/latest/meta-data/',
      code: 'URL_NOT_ALLOWED',
      retryable: false,
    },
    {
      what: 'this very machine, on another port',
      url: () => new URL('/news/1', world.app.url).href,
      code: 'URL_NOT_ALLOWED',
      retryable: false,
    },
    {
      what: 'a page that does not exist',
      url: () => world.pages.answer('/missing', (_, response) => void response.writeHead(404).end('없음')),
      code: 'PAGE_NOT_FOUND',
      retryable: false,
    },
    {
      what: 'a page of 10 MB',
      url: () => world.pages.answer('/large', (_, response) => html(response, large)),
      code: 'PAGE_TOO_LARGE',
      retryable: false,
    },
    {
      what: 'a page without an article',
      url: () =>
        world.pages.answer('/empty', (_, response) =>
          html(response, '<title>메뉴</title><nav><a href="/">홈</a></nav>'),
        ),
      code: 'ARTICLE_NOT_FOUND_IN_PAGE',
      retryable: false,
    },
    {
      what: 'a page with less text than it announces',
      url: () =>
        world.pages.answer('/teaser', (_, response) =>
          html(
            response,
            `<title>금리</title><script type="application/ld+json">{"@type":"NewsArticle","wordCount":900}</script>` +
              `<article>${'<p>한국은행이 기준금리를 내렸다. 여섯 달 만의 일이다.</p>'.repeat(5)}</article>`,
          ),
        ),
      code: 'ARTICLE_INCOMPLETE',
      retryable: false,
    },
    {
      what: 'a document that is not HTML',
      url: () =>
        world.pages.answer('/report.pdf', (_, response) => html(response, '%PDF-1.7', 'application/pdf')),
      code: 'PAGE_NOT_HTML',
      retryable: false,
    },
    {
      what: 'a server that is away, asked again with pauses',
      url: () => `${nobody}/news/1`,
      code: 'PAGE_UNREACHABLE',
      retryable: true,
      attempts: 5,
    },
  ];

  it.each(cases)('fails with $code: $what', async ({ url, code, retryable, attempts = 1 }) => {
    const before = await world.effects();
    const calls = world.model.requests.length;
    const { id } = await world.request(url());
    expect(await world.ended(id)).toMatchObject({
      status: 'FAILED',
      errorCode: code,
      attempts,
      articleId: null,
    });

    const send = (language: string) => {
      const headers = { 'accept-language': language };
      return world.app.send(GenerationJobDocument, { id }, { token: world.token, headers });
    };
    const { error, article } = (await send('ko')).data!.generationJob!;
    expect(error).toEqual({ code, retryable, message: expect.stringMatching(/[가-힣]+.*\.$/) });
    expect((await send('en')).data!.generationJob!.error!.message).toMatch(/^[\x20-\x7e]+\.$/);
    expect(article).toBeNull();
    expect(await world.effects()).toEqual(before);
    expect(world.model.requests).toHaveLength(calls);
  });

  it('keeps no other page from becoming one', async () => {
    const { id } = await world.request(world.pages.articleUrl('next'));
    expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
    expect(world.app.logs.join('')).not.toContain('INTERNAL_SERVER_ERROR');
  });
});
