import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { GenerationJobDocument } from '../../generated/operations';
import { startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import { waitUntil } from '../../helpers/wait-until';

const html = { 'content-type': 'text/html; charset=utf-8' };

describe('why a job failed', () => {
  let world: GenerationApp;

  beforeAll(async () => {
    // Whatever is to be tried again waits for longer than the test.
    world = await startGenerationApp({ engine: 'PostgreSQL', environment: { JOB_BACKOFF_SECONDS: '60' } });
  });
  afterAll(() => world.close());

  async function shown(id: string, language = 'ko') {
    const options = { token: world.token, headers: { 'accept-language': language } };
    const { data, errors } = await world.app.send(GenerationJobDocument, { id }, options);
    expect(errors).toEqual([]);
    return data!.generationJob!;
  }
  const tried = (id: string) =>
    waitUntil('it was tried', async () => {
      const { attempts, status } = await world.row(id);
      return attempts > 0 && status !== 'RUNNING';
    });

  it.each<[string, (response: ServerResponse, path: string) => void, string, string, string]>([
    [
      'a page that redirects to itself',
      (response, path) => response.writeHead(302, { location: path }).end(),
      'PAGE_REFUSED', '리디렉션이 너무 많습니다', 'too many redirects',
    ],
    [
      'a page in an unknown encoding',
      (response) => response.writeHead(200, { ...html, 'content-encoding': 'zstd' }).end('zstd'),
      'PAGE_NOT_HTML', 'Content-Encoding', 'Content-Encoding',
    ],
    [
      'a corrupt gzip',
      (response) => {
        const bytes = gzipSync('<p>본문</p>'.repeat(1_000));
        bytes.fill(7, 12, 40);
        response.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(bytes);
      },
      'PAGE_NOT_HTML', 'Content-Encoding', 'Content-Encoding',
    ],
    [
      'a page for nobody',
      (response) => response.writeHead(451, html).end(),
      'PAGE_REFUSED', 'HTTP 451', 'HTTP 451',
    ],
  ])('is shown with all that the crawler knows, and no other try is promised: %s', async (what, handler, code, ko, en) => {
    const path = `/${encodeURIComponent(what)}`;
    const { id } = await world.request(world.pages.answer(path, (_request, response) => handler(response, path)));
    expect(await world.ended(id)).toMatchObject({ status: 'FAILED', attempts: 1 });
    const { error, lastError } = await shown(id);
    expect(error).toMatchObject({ code, retryable: false, message: expect.stringContaining(ko) as unknown });
    expect(lastError).toBeNull();
    expect((await shown(id, 'en')).error!.message).toContain(en);
  }); // prettier-ignore

  it('is shown while it waits for its next try, until that begins', async () => {
    world.model.next({ error: 503 });
    const ofModel = await world.request(world.pages.articleUrl('model-away'));
    const ofPage = await world.request(
      world.pages.answer('/away', (_request, response) => void response.writeHead(503).end()),
    );
    for (const [{ id }, code] of [
      [ofModel, 'MODEL_UNAVAILABLE'],
      [ofPage, 'PAGE_UNREACHABLE'],
    ] as const) {
      await tried(id);
      const job = await shown(id);
      expect(job).toMatchObject({ status: 'QUEUED', attempts: 1, error: null, step: null });
      expect(job.lastError).toMatchObject({ code, message: expect.stringContaining('HTTP 503') as unknown });
    }
    await world.app.context.database.pool.query(
      'UPDATE "GenerationJob" SET "nextAttemptAt" = now() WHERE id = $1',
      [ofModel.id],
    );
    // The queue knows it as one for later.
    await world.app.workerContext.runner.run(ofModel.id, new AbortController().signal);
    expect(await world.ended(ofModel.id)).toMatchObject({
      status: 'SUCCEEDED', attempts: 2, errorCode: null, errorDetail: null,
    }); // prettier-ignore
    expect((await shown(ofModel.id)).lastError).toBeNull();
  });

  it('is shown in general when only a newer version has words for it', async () => {
    const { id } = await world.app.context.database.prisma.generationJob.create({
      data: {
        kind: 'ARTICLE',
        input: {},
        status: 'FAILED',
        errorCode: 'FROM_THE_FUTURE',
        finishedAt: new Date(),
      },
    });
    expect((await shown(id)).error!.code).toBe('INTERNAL_SERVER_ERROR');
  });
});
