import { startNewsroom, type Newsroom } from '../../../src/dev/standins/newsroom/newsroom';
import {
  ArticleForAdminDocument,
  GenerationJobDocument,
  PublishArticleDocument,
  RegenerateArticleDocument,
  RequestArticleDocument,
  RetryGenerationJobDocument,
} from '../../generated/operations';
import { PRICE, startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import { countTokens } from '../../helpers/model-server';
import { sendArticle } from '../../helpers/page-server';
import { testedEngines } from '../../helpers/redis';
import { waitUntil } from '../../helpers/wait-until';
import { JobProducer } from '../../../src/adapters/queue/job-producer';
import { openQueue, type OpenQueue } from '../../helpers/queue-state';

const ABSENT = '0190a000-0000-7000-8000-000000000000';
const REWRITE = {
  title: '다시 쓴 제목',
  content: '기준금리는 그대로예요. 한국은행은 물가와 빚을 함께 보고 있어요. '.repeat(4).trim(),
  comment: '금리는 이번에도 그대로예요.',
  category: 'OPINION_AND_ANALYSIS',
  phrases: [],
};

describe.each(testedEngines())('a generation job, with its queue in %s', (engine) => {
  let newsroom: Newsroom;
  let world: GenerationApp;

  beforeAll(async () => {
    newsroom = await startNewsroom({});
    world = await startGenerationApp({ engine, trustedOrigins: [newsroom.url] });
  });
  afterAll(async () => {
    await world.close();
    await newsroom.close();
  });

  const send = <T, V>(document: Parameters<typeof world.app.send<T, V>>[0], variables: V) =>
    world.app.send(document, variables, { token: world.token });
  const regenerate = async (id: string) =>
    (await send(RegenerateArticleDocument, { id })).data!.regenerateArticle;

  async function newArticle(name: string): Promise<string> {
    const { articleId } = await world.ended((await world.request(world.pages.articleUrl(name))).id);
    return articleId!;
  }

  it('turns a page of a newspaper into an article by a language model, and says what it cost', async () => {
    const url = newsroom.articleUrls[0]!;
    const job = await world.ended((await world.request(url)).id);
    expect(job).toMatchObject({
      status: 'SUCCEEDED',
      progress: 100,
      step: null,
      attempts: 1,
      errorCode: null,
    });
    expect(job).toMatchObject({ model: 'test-model-2026-01-01', promptVersion: 'rewrite-article.v2' });

    const asked = world.model.requests.at(-1)!.body;
    const inputTokens = countTokens(asked.messages.map(({ content }) => content).join(''));
    expect(job.inputTokens).toBe(inputTokens);
    expect(job.outputTokens).toBeGreaterThan(100);
    const dollars = (inputTokens * PRICE.input + job.outputTokens * PRICE.output) / 1_000_000;
    expect(Number(job.costUsd)).toBeCloseTo(dollars, 6);

    const { generationJob } = (await send(GenerationJobDocument, { id: job.id })).data!;
    expect(generationJob).toMatchObject({ inputTokens, costUsd: Number(job.costUsd), error: null });
    expect(generationJob!.article).toEqual({ id: job.articleId, status: 'IN_REVIEW' });
  });

  it('shows its step and progress while it runs', async () => {
    world.model.next({ slowMs: 700 });
    const requested = await world.request(world.pages.articleUrl('slow'));
    expect(requested).toMatchObject({ status: 'QUEUED', progress: 0, step: null, startedAt: null });
    const running = await waitUntil('the model is at work', async () => {
      const { generationJob } = (await send(GenerationJobDocument, { id: requested.id })).data!;
      return generationJob!.step === 'rewriting' && generationJob;
    });
    expect(running).toMatchObject({ status: 'RUNNING', progress: 40, attempts: 1, finishedAt: null });
    expect(await world.ended(requested.id)).toMatchObject({ status: 'SUCCEEDED', progress: 100, step: null });
    const { steps } = (await send(GenerationJobDocument, { id: requested.id })).data!.generationJob!;
    expect(steps.map(({ step }) => step)).toEqual([
      'crawling',
      'retrieving',
      'rewriting',
      'checking',
      'saving',
    ]);
    expect(steps.every(({ note }) => note === null)).toBe(true);
    const times = steps.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('is the same job for everybody who asks for the same page', async () => {
    const url = world.pages.articleUrl('asked-twice');
    const first = await world.request(url);
    const [again, tracked] = await Promise.all([
      world.request(url),
      world.request(`${url}?utm_source=news&fbclid=1#top`),
    ]);
    expect([again.id, tracked.id]).toEqual([first.id, first.id]);
    await world.ended(first.id);
    expect(await world.request(url)).toMatchObject({ id: first.id, status: 'SUCCEEDED' });
    expect(world.pages.visits.filter((path) => path.endsWith('/asked-twice'))).toHaveLength(1);
  });

  it('makes one article of two addresses with the same canonical page', async () => {
    const before = await world.effects();
    const canonicalUrl = world.pages.articleUrl('canonical');
    // Both pages are sent only when both have been asked for, so that the two jobs truly race.
    const waiting: (() => void)[] = [];
    const urls = ['/copy/a', '/copy/b'].map((path) =>
      world.pages.answer(path, (_request, response) => {
        waiting.push(() => sendArticle(response, { name: 'canonical', canonicalUrl }));
        if (waiting.length === 2) for (const answer of waiting) answer();
      }),
    );
    const requested = await Promise.all(urls.map((url) => world.request(url)));
    const [a, b] = await Promise.all(requested.map(({ id }) => world.ended(id)));
    expect([a!.status, b!.status]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(a!.id).not.toBe(b!.id);
    expect(a!.articleId).toBe(b!.articleId);
    const after = await world.effects();
    expect(after.articles - before.articles).toBe(1);
    expect(after.audits - before.audits).toBe(1);
    const { sourceUrl } = await world.app.context.database.prisma.article.findUniqueOrThrow({
      where: { id: a!.articleId! },
    });
    expect(sourceUrl).toBe(canonicalUrl);
  });

  it('is saved although a publisher of the same name appears at the same moment', async () => {
    const { pool, prisma } = world.app.context.database;
    const canonicalUrl = `${world.pages.otherUrl}/named`;
    world.pages.answer('/named', (_request, response) =>
      sendArticle(response, { name: 'named', canonicalUrl, siteName: '새신문' }),
    );
    const rival = await pool.connect();
    try {
      await rival.query('BEGIN');
      await rival.query(
        `INSERT INTO "Publisher" (id, name, domain) VALUES (gen_random_uuid(), '새신문', 'rival.kr')`,
      );
      const { id } = await world.request(canonicalUrl);
      await waitUntil('the job waits for the name', async () => {
        const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return (await pool.query(waiting)).rowCount;
      });
      await rival.query('COMMIT');
      const job = await world.ended(id);
      expect(job).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
      const where = { id: job.articleId! };
      const { publisher } = await prisma.article.findUniqueOrThrow({ where, include: { publisher: true } });
      expect(publisher).toMatchObject({ name: '새신문 (localhost)', domain: 'localhost' });
    } finally {
      rival.release();
    }
  });

  it('replaces a draft when it is regenerated, and keeps every text as a revision', async () => {
    const id = await newArticle('draft');
    world.model.next({ json: REWRITE });
    const job = await regenerate(id);
    expect(await world.ended(job.id)).toMatchObject({ status: 'SUCCEEDED', articleId: id });
    const { article } = (await send(ArticleForAdminDocument, { id })).data!;
    expect(article).toMatchObject({
      status: 'IN_REVIEW',
      title: REWRITE.title,
      category: 'OPINION_AND_ANALYSIS',
    });
    expect(article!.revisions!.map(({ title, proposed }) => ({ title, proposed }))).toEqual([
      { title: REWRITE.title, proposed: false },
      { title: expect.stringContaining('기준금리'), proposed: false },
    ]);
  });

  it('only proposes a new text for a published article', async () => {
    const id = await newArticle('published');
    const { title } = (await send(PublishArticleDocument, { id })).data!.publishArticle;
    world.model.next({ json: REWRITE });
    expect(await world.ended((await regenerate(id)).id)).toMatchObject({
      status: 'SUCCEEDED',
      articleId: id,
    });
    const { article } = (await send(ArticleForAdminDocument, { id })).data!;
    expect(article).toMatchObject({ status: 'PUBLISHED', title });
    expect(article!.revisions![0]).toMatchObject({ title: REWRITE.title, proposed: true, author: null });
  });

  it('refuses to regenerate an article that was taken down, or that does not exist', async () => {
    const id = await newArticle('taken-down');
    const { prisma } = world.app.context.database;
    await prisma.article.update({ where: { id }, data: { status: 'TAKEN_DOWN' } });
    const jobs = await prisma.generationJob.count();
    const codeOf = async (articleId: string) =>
      (await send(RegenerateArticleDocument, { id: articleId })).errors[0]!.extensions.code;
    expect(await codeOf(id)).toBe('CONFLICT');
    expect(await codeOf('0190a000-0000-7000-8000-000000000000')).toBe('NOT_FOUND');
    expect(await prisma.generationJob.count()).toBe(jobs);
  });

  it('starts over when an admin retries it, and only when it has failed or was cancelled', async () => {
    const retry = async (id: string) => send(RetryGenerationJobDocument, { id });
    world.model.next('prose', 'prose');
    const { id } = await world.request(world.pages.articleUrl('retried'));
    expect(await world.ended(id)).toMatchObject({ status: 'FAILED', errorCode: 'MODEL_OUTPUT_INVALID' });

    const retried = (await retry(id)).data!.retryGenerationJob;
    expect(retried).toMatchObject({
      id,
      status: 'QUEUED',
      attempts: 0,
      progress: 0,
      error: null,
      finishedAt: null,
    });
    const succeeded = await world.ended(id);
    expect(succeeded).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });

    expect((await retry(id)).errors[0]!.extensions.code).toBe('CONFLICT');
    world.model.next({ slowMs: 400 });
    const running = await world.request(world.pages.articleUrl('not-retried'));
    expect((await retry(running.id)).errors[0]!.extensions.code).toBe('CONFLICT');
    expect(await world.ended(running.id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
    expect((await retry('0190a000-0000-7000-8000-000000000000')).errors[0]!.extensions.code).toBe(
      'NOT_FOUND',
    );
    expect((await retry('not-an-id')).errors[0]!.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'id',
    });
  });

  it('is refused at once when its address is not one of the web', async () => {
    for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'ftp://example.com/a', 'article']) {
      const { data, errors } = await send(RequestArticleDocument, { url });
      expect(data).toBeNull();
      expect(errors[0]!.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        argument: expect.stringMatching(/^url\b/),
      });
    }
  });

  describe('whose nudges are many, late or nonsense', () => {
    let producer: JobProducer;
    let queue: OpenQueue;

    beforeAll(async () => {
      const { queueUrl: url } = world.app.config;
      producer = new JobProducer({ url, logger: world.app.context.logger });
      queue = openQueue('articles', url, world.app.context.logger);
    });
    afterAll(async () => {
      await queue.close();
      await producer.close();
    });

    const taken = (id: string) => waitUntil(`${id} is taken`, async () => !(await queue.holds(id)));

    it('may be said again and again, before, while and after the job runs', async () => {
      const calls = world.model.requests.length;
      world.model.next({ slowMs: 400 });
      const { id } = await world.request(world.pages.articleUrl('again'));
      const payload = { jobId: id, requestId: null };
      await producer.add('articles', { id: `generation-${id}-1`, payload });
      for (let n = 0; n < 5; n += 1) await producer.add('articles', { id: `again-${n}`, payload });
      const ended = await world.ended(id);
      expect(ended).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
      await producer.add('articles', { id: 'again-after', payload });
      await taken('again-after');
      expect(await world.row(id)).toEqual(ended);
      expect(world.model.requests).toHaveLength(calls + 1);
    });

    it('is ignored when the row is gone or the words make no sense', async () => {
      const nonsense: [string, object][] = [
        ['missing', { jobId: ABSENT, requestId: null }],
        ['empty', {}],
        ['no-id', { jobId: 'DROP TABLE', requestId: null }],
        ['more', { jobId: ABSENT, requestId: null, token: 'secret' }],
        ['list', [ABSENT]],
      ];
      for (const [id, payload] of nonsense)
        expect(await producer.add('articles', { id, payload })).toBe(true);
      for (const [id] of nonsense) await taken(id);
      const next = await world.request(world.pages.articleUrl('next'));
      expect(await world.ended(next.id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
      expect(await world.app.context.database.prisma.generationJob.count({ where: { id: ABSENT } })).toBe(0);
    });
  });
});
