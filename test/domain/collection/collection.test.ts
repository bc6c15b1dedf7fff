import {
  CollectionJobDocument,
  CollectNewsDocument,
  CreatePublisherDocument,
  RetryGenerationJobDocument,
  TakeDownArticleDocument,
  UpdatePublisherDocument,
} from '../../generated/operations';
import { articleUrls, feedOf, rssOf, sendFeed } from '../../helpers/feed-pages';
import { startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import type { PageHandler } from '../../helpers/page-server';
import { testedEngines } from '../../helpers/redis';
import { waitUntil } from '../../helpers/wait-until';

describe.each(testedEngines())('a collection, with its queue in %s', (engine) => {
  let world: GenerationApp;
  let asAdmin: { token: string };
  let feeds = 0;

  beforeAll(async () => {
    world = await startGenerationApp({ engine });
    asAdmin = { token: world.token };
  });
  afterAll(() => world.close());
  afterEach(() => db().publisher.updateMany({ data: { enabled: false } }));

  const db = () => world.app.context.database.prisma;

  /** A publisher whose feed answers like this. */
  async function publisher(handler: PageHandler, origin = world.pages.url) {
    const path = `/feeds/${++feeds}.xml`;
    world.pages.answer(path, handler);
    const input = { name: `피드 ${feeds}`, feedUrl: origin + path };
    const { data } = await world.app.send(CreatePublisherDocument, { input }, asAdmin);
    return {
      ...data!.createPublisher,
      path,
      reads: () => world.pages.visits.filter((visit) => visit === path).length,
    };
  }
  async function ask(idempotencyKey?: string) {
    const { data, errors } = await world.app.send(
      CollectNewsDocument,
      { idempotencyKey: idempotencyKey ?? null },
      asAdmin,
    );
    if (!data) throw new Error(JSON.stringify(errors));
    return data.collectNews;
  }
  /** What the job says when it has ended. */
  async function ended(id: string) {
    await world.ended(id);
    return (await world.app.send(CollectionJobDocument, { id }, asAdmin)).data!.generationJob!;
  }
  async function collect() {
    return ended((await ask()).id);
  }
  const reportOf = (job: Awaited<ReturnType<typeof ended>>, { id }: { id: string }) => {
    const report = job.collection!.find(({ publisher }) => publisher.id === id);
    return (
      report && {
        found: report.found,
        new: report.new,
        known: report.known,
        failed: report.failed,
        error: report.error?.code ?? null,
      }
    );
  };
  const jobsOf = (urls: string[]) => db().generationJob.findMany({ where: { subject: { in: urls } } });
  /** Waits until each page is an article. */
  const written = (urls: string[]) =>
    waitUntil('the articles are written', async () => {
      const found = await db().article.findMany({
        where: { sourceUrl: { in: urls } },
        include: { original: true },
      });
      return found.length === urls.length && found;
    });

  it('turns the new links of a feed into articles in review, and says so in its row and in the audit log', async () => {
    const urls = articleUrls(world.pages, 'new', 3);
    const { id, name } = await publisher(feedOf(...urls));
    const job = await collect();
    expect(job).toMatchObject({ kind: 'COLLECTION', status: 'SUCCEEDED', attempts: 1, error: null });
    expect(job.collection).toEqual([
      { publisher: { id, name }, found: 3, new: 3, known: 0, failed: 0, error: null },
    ]);
    for (const article of await written(urls)) expect(article.status).toBe('IN_REVIEW');
    expect(await db().generationJob.findMany({ where: { subject: urls[0]! } })).toMatchObject([
      { kind: 'ARTICLE', input: { task: 'collect', url: urls[0] }, requestedById: job.requestedBy!.id },
    ]);
    const [audited] = await db().auditEntry.findMany({
      where: { targetType: 'Publisher', targetId: id, action: 'publisher.collect' },
    });
    expect(audited).toMatchObject({
      actorId: job.requestedBy!.id,
      details: { jobId: job.id, found: 3, new: 3, known: 0, failed: 0 },
    });
    const metrics = await world.app.context.metrics.registry.metrics();
    expect(metrics).toMatch(/gyeongdan_feed_items_total\{outcome="new"\} [1-9]/);
    expect(metrics).toMatch(/gyeongdan_upstream_seconds_count\{upstream="feed",outcome="ok"\} [1-9]/);
  });

  it('is told only to admins and kept by nobody else', async () => {
    for (const token of [undefined, (await world.app.login('reader-1')).accessToken]) {
      const { errors } = await world.app.send(CollectNewsDocument, {}, { ...(token && { token }) });
      expect(errors[0]!.extensions.code).toBe(token ? 'FORBIDDEN' : 'UNAUTHENTICATED');
    }
    const { errors } = await world.app.send(CollectNewsDocument, { idempotencyKey: '' }, asAdmin);
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'idempotencyKey' });
  });

  it('makes nothing twice: not when it is repeated, nor asked for with the same key or while one runs', async () => {
    const urls = articleUrls(world.pages, 'repeat', 2);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const one = await publisher(
      (request, response) => void held.then(() => feedOf(...urls)(request, response)),
    );
    const first = await ask('collect-once');
    expect((await ask('collect-once')).id).toBe(first.id);
    await waitUntil('the feed is asked for', () => one.reads() === 1);
    expect((await ask()).id).toBe(first.id);
    release();
    expect(reportOf(await ended(first.id), one)).toMatchObject({ found: 2, new: 2 });
    expect((await ask('collect-once')).id).toBe(first.id);

    const again = await collect();
    expect(again.id).not.toBe(first.id);
    expect(reportOf(again, one)).toEqual({ found: 2, new: 0, known: 2, failed: 0, error: null });
    await written(urls);
    expect(await jobsOf(urls)).toHaveLength(2);
  });

  it('makes one article of a page however often, wherever and in whatever form feeds name it', async () => {
    const [url, other] = articleUrls(world.pages, 'one', 2) as [string, string];
    const forms = [
      url,
      `${url}?utm_source=rss&fbclid=1`,
      `${url}#comments`,
      url.replace('http:', 'HTTP:'),
      url,
    ];
    const first = await publisher(feedOf(...forms, other));
    const second = await publisher(feedOf(other, `${other}?utm_medium=feed`), world.pages.otherUrl);
    const job = await collect();
    const reports = [reportOf(job, first)!, reportOf(job, second)!];
    expect(reports.map(({ found }) => found)).toEqual([6, 2]);
    expect(reports[0]!.new + reports[1]!.new).toBe(2);
    expect(reports[0]!.known + reports[1]!.known).toBe(6);
    await written([url, other]);
    expect(await db().generationJob.count({ where: { subject: { startsWith: url } } })).toBe(1);
  });

  it('knows pages that admins asked for, that are articles, that were taken down, and by the other scheme', async () => {
    const [asked, article, gone, secure] = articleUrls(world.pages, 'known', 4) as [
      string,
      string,
      string,
      string,
    ];
    await world.ended((await world.request(asked)).id);
    const { id: publisherId } = await publisher(feedOf(asked, article, gone, secure));
    const text = {
      title: '제목',
      content: '본문',
      category: 'ECONOMY_AND_BUSINESS' as const,
      publisherId,
      publishedAt: new Date(),
    };
    await db().article.create({ data: { ...text, sourceUrl: article } });
    await db().article.create({ data: { ...text, sourceUrl: secure.replace('http:', 'https:') } });
    const { id } = await db().article.create({ data: { ...text, sourceUrl: gone } });
    await world.app.send(TakeDownArticleDocument, { id, reason: '언론사 요청' }, asAdmin);
    expect(reportOf(await collect(), { id: publisherId })).toEqual({
      found: 4,
      new: 0,
      known: 4,
      failed: 0,
      error: null,
    });
    expect(await jobsOf([article, gone, secure])).toEqual([]);
  });

  it('asks only for what has changed, by what the server said the last time', async () => {
    const urls = articleUrls(world.pages, 'changed', 2);
    let version = 1;
    const conditions: unknown[] = [];
    const one = await publisher(({ headers }, response) => {
      const { 'if-none-match': etag, 'if-modified-since': since } = headers;
      conditions.push([etag, since]);
      if (etag === `"v${version}"`) return void response.writeHead(304).end();
      sendFeed(response, rssOf(urls.slice(0, version)), {
        etag: `"v${version}"`,
        'last-modified': 'Mon, 23 Nov 2026 00:00:00 GMT',
      });
    });
    const known = ['"v1"', 'Mon, 23 Nov 2026 00:00:00 GMT'];
    expect(reportOf(await collect(), one)).toMatchObject({ found: 1, new: 1 });
    expect(reportOf(await collect(), one)).toEqual({ found: 0, new: 0, known: 0, failed: 0, error: null });
    version = 2;
    expect(reportOf(await collect(), one)).toMatchObject({ found: 2, new: 1, known: 1 });
    expect(conditions).toEqual([[undefined, undefined], known, known]);

    // Another address has another past.
    const path = `/feeds/moved-${engine}.xml`;
    world.pages.answer(path, ({ headers }, response) => {
      conditions.push([headers['if-none-match'], headers['if-modified-since']]);
      feedOf(...urls)({ headers } as never, response);
    });
    await world.app.send(
      UpdatePublisherDocument,
      { id: one.id, input: { feedUrl: world.pages.url + path } },
      asAdmin,
    );
    expect(reportOf(await collect(), one)).toMatchObject({ found: 2, known: 2 });
    expect(conditions.at(-1)).toEqual([undefined, undefined]);
  });

  it('reads the other feeds and articles when some are broken, and says what is wrong with each', async () => {
    const [good, cut, alone] = articleUrls(world.pages, 'good', 3) as [string, string, string];
    const bad = world.pages.answer('/articles/title-alone', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        '<!doctype html><title>제목뿐인 기사</title><meta property="og:title" content="제목뿐인 기사"><h1>제목뿐인 기사</h1>',
      );
    });
    const inside = 'http://10.0.0.7/admin';
    const sound = await publisher(feedOf(bad, good));
    const broken = await publisher((_request, response) =>
      sendFeed(response, rssOf([cut, 'x']).slice(0, -60)),
    );
    const forbidden = await publisher((_request, response) =>
      sendFeed(response, rssOf([inside, 'file:///etc/passwd', 'http://user:pw@www.mk.co.kr/1', alone])),
    );
    const html = await publisher(
      (_request, response) =>
        void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>점검 중</p>'),
    );
    const missing = await publisher((_request, response) => void response.writeHead(404).end());
    const refused = await publisher((_request, response) => void response.writeHead(403).end());
    const down = await publisher((_request, response) => void response.writeHead(500).end());
    const outside = await publisher(() => {}, 'http://192.168.0.1');
    const off = await publisher(feedOf(good));
    await world.app.send(UpdatePublisherDocument, { id: off.id, input: { enabled: false } }, asAdmin);

    const job = await collect();
    expect(job.status).toBe('SUCCEEDED');
    const nothing = { found: 0, new: 0, known: 0, failed: 0 };
    expect(reportOf(job, sound)).toEqual({ found: 2, new: 2, known: 0, failed: 0, error: null });
    expect(reportOf(job, broken)).toEqual({
      found: 2,
      new: 1,
      known: 0,
      failed: 1,
      error: 'FEED_INCOMPLETE',
    });
    expect(reportOf(job, forbidden)).toEqual({
      found: 4,
      new: 1,
      known: 0,
      failed: 3,
      error: 'URL_NOT_ALLOWED',
    });
    expect(reportOf(job, html)).toEqual({ ...nothing, error: 'FEED_UNREADABLE' });
    expect(reportOf(job, missing)).toEqual({ ...nothing, error: 'PAGE_NOT_FOUND' });
    expect(reportOf(job, refused)).toEqual({ ...nothing, error: 'PAGE_REFUSED' });
    expect(reportOf(job, down)).toEqual({ ...nothing, error: 'PAGE_UNREACHABLE' });
    expect(reportOf(job, outside)).toEqual({ ...nothing, error: 'URL_NOT_ALLOWED' });
    expect(reportOf(job, off)).toBeUndefined();
    // What passes is tried again within the job, what does not is not.
    expect(down.reads()).toBeGreaterThanOrEqual(3);
    for (const { reads } of [sound, missing]) expect(reads()).toBeLessThan(down.reads());
    expect(await jobsOf([inside])).toEqual([]);
    await written([good, cut, alone]);

    // A title alone is offered to nobody.
    const [titleOnly] = await jobsOf([bad]);
    expect(await world.ended(titleOnly!.id)).toMatchObject({
      status: 'FAILED',
      errorCode: 'ARTICLE_NOT_FOUND_IN_PAGE',
    });
    expect(await db().article.count({ where: { title: { contains: '제목뿐인' } } })).toBe(0);
  });

  it('takes the time that a feed says for a page that says none', async () => {
    const page = (name: string, time: string) =>
      world.pages.answer(`/articles/${name}`, (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        const text =
          '한국은행 금융통화위원회는 기준금리를 연 2.50%로 유지하기로 했다. 물가가 안정되는 흐름을 보였다고 설명했다. '.repeat(
            6,
          );
        response.end(
          `<!doctype html><title>기준금리 동결</title><meta property="og:type" content="article">${time}<article><h1>기준금리 동결</h1><p>${text}</p></article>`,
        );
      });
    const dated = page(
      `dated-${engine}`,
      '<meta property="article:published_time" content="2026-05-14T09:30:00+09:00">',
    );
    const undated = page(`undated-${engine}`, '');
    await publisher(feedOf(undated, dated));
    await collect();
    const articles = await written([undated, dated]);
    const timeOf = (url: string) =>
      articles.find(({ sourceUrl }) => sourceUrl === url)!.publishedAt.toISOString();
    expect(timeOf(undated)).toBe('2026-11-20T00:00:00.000Z');
    expect(timeOf(dated)).toBe('2026-05-14T00:30:00.000Z');
  });

  it('gives the publisher of the page to an article of another site', async () => {
    const elsewhere = world.pages.articleUrl(`elsewhere-${engine}`).replace('127.0.0.1', 'localhost');
    const { id } = await publisher(feedOf(elsewhere));
    await collect();
    const [article] = await written([elsewhere]);
    expect(article!.publisherId).not.toBe(id);
    const ofPage = await db().publisher.findUniqueOrThrow({ where: { id: article!.publisherId } });
    expect(ofPage.domain).toBe('localhost');
  });

  it('reads a feed of 5,000 items, as fast as its worker shows that it lives', async () => {
    const urls = articleUrls(world.pages, 'large', 5_000);
    // Known already, but for one: this is about the feed.
    await db().generationJob.createMany({
      data: urls
        .slice(1)
        .map((subject) => ({ kind: 'ARTICLE' as const, status: 'SUCCEEDED' as const, input: {}, subject })),
    });
    const one = await publisher(feedOf(...urls));
    const job = await collect();
    expect(reportOf(job, one)).toEqual({ found: 5_000, new: 1, known: 4_999, failed: 0, error: null });
    expect(job.attempts).toBe(1);
  });

  it('begins anew when an admin tries a cancelled one again', async () => {
    const one = await publisher(feedOf(...articleUrls(world.pages, 'anew', 1)));
    const { id } = await collect();
    await db().generationJob.update({ where: { id }, data: { status: 'CANCELED' } });
    await world.app.send(RetryGenerationJobDocument, { id }, asAdmin);
    await waitUntil('it is read again', () => one.reads() === 2);
    await waitUntil('it has ended', async () => (await world.row(id)).status === 'SUCCEEDED');
    expect(reportOf(await ended(id), one)).toMatchObject({ found: 1, new: 0, known: 1 });
  });
});
