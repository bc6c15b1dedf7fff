import { z } from 'zod';
import { JobRunner, type JobRunnerDeps } from '../../../src/domain/jobs/job-runner.service';
import { JOB_KINDS, type JobKind, type JobKinds } from '../../../src/domain/jobs/kinds';
import { AppError, ERROR_KINDS, type ErrorCode } from '../../../src/errors';
import { GenerationJobDocument, GenerationJobsDocument } from '../../generated/operations';
import { startGenerationApp, type GenerationApp } from '../../helpers/generation-app';
import { waitUntil } from '../../helpers/wait-until';

describe('an error of a job', () => {
  it('is tried again by itself when it is retryable, unless it is left to an admin', () => {
    const left = [
      'INTERNAL_SERVER_ERROR',
      'MODEL_OUTPUT_INVALID',
      'DATASET_QUOTA',
      'MAIL_NOT_CONFIGURED',
      'MAIL_REFUSED',
    ];
    for (const code of left) expect(new AppError(code as ErrorCode).retryable).toBe(true);
    for (const code of Object.keys(ERROR_KINDS) as ErrorCode[]) {
      const error = new AppError(code);
      expect([code, error.retriedByItself]).toEqual([code, error.retryable && !left.includes(code)]);
    }
    expect(new AppError('PAGE_TIMEOUT').retriedByItself).toBe(true);
  });
});

describe('workers of several versions', () => {
  let world: GenerationApp;

  beforeAll(async () => {
    world = await startGenerationApp({ engine: 'PostgreSQL', worker: false });
  });
  afterAll(() => world.close());

  const db = () => world.app.context.database;
  function runner(processors: JobRunnerDeps['processors'], kinds: JobKinds): JobRunner {
    const { config, database, logger, metrics, nudges, tracing } = world.app.context;
    const { leaseSeconds, sweepSeconds } = config.jobs;
    return new JobRunner({
      ...database, logger, metrics, nudges, tracing, leaseSeconds, sweepSeconds, backoffSeconds: 0.05, processors, kinds,
    }); // prettier-ignore
  }
  const done: JobRunnerDeps['processors'][keyof JobRunnerDeps['processors']] = (handle) =>
    handle.succeed(async () => ({}));
  const insight: JobKind = { queue: 'bulk', input: z.strictObject({ week: z.string() }) };
  const never = new AbortController().signal;

  it('leave a kind alone that they do not know, until one comes that knows it', async () => {
    const { id } = await db().prisma.generationJob.create({
      data: { kind: 'INSIGHT', input: { week: '2026-W48' } },
    });
    const old = runner({ ARTICLE: done }, { ARTICLE: JOB_KINDS.ARTICLE });
    await db().pool.query(`UPDATE "GenerationJob" SET "nudgedAt" = now() - interval '1 hour'`);
    await old.run(id, never);
    await old.renudge();
    await old.releaseLost();
    const untouched = await world.row(id);
    expect(untouched).toMatchObject({ status: 'QUEUED', attempts: 0, errorCode: null });
    expect(Date.now() - untouched.nudgedAt.getTime()).toBeGreaterThan(60_000);

    await runner({ INSIGHT: done }, { INSIGHT: insight }).run(id, never);
    expect(await world.row(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });
  });

  it('tell the steps of the last try, with a note where something was missing, the newest 20', async () => {
    const { id } = await db().prisma.generationJob.create({
      data: { kind: 'INSIGHT', input: { week: '1' } },
    });
    const tries: (typeof done)[] = [
      async (handle) => {
        await handle.progress('crawling', 1);
        throw new AppError('PAGE_TIMEOUT');
      },
      async (handle) => {
        for (let percent = 0; percent < 30; percent += 1) await handle.progress('loading', percent);
        for (let round = 0; round < 10; round += 1) {
          await handle.progress('rewriting', 40);
          await handle.progress('checking', 70, 'MODEL_UNAVAILABLE');
        }
        await handle.progress('checking', 80, 'MODEL_RATE_LIMITED');
        await handle.succeed(async () => ({}));
      },
    ];
    const stepsAfter = async (work: typeof done) => {
      await db().pool.query('UPDATE "GenerationJob" SET "nextAttemptAt" = now() WHERE id = $1', [id]);
      await runner({ INSIGHT: work }, { INSIGHT: insight }).run(id, never);
      const { data } = await world.app.send(GenerationJobDocument, { id }, { token: world.token });
      return data!.generationJob!.steps.map(({ step, note }) => [step, note?.code, note?.message]);
    };
    expect(await stepsAfter(tries[0]!)).toEqual([['crawling', undefined, undefined]]);
    const steps = await stepsAfter(tries[1]!);
    expect(steps).toHaveLength(20);
    expect(steps.slice(-3)).toEqual([
      ['rewriting', undefined, undefined],
      ['checking', 'MODEL_UNAVAILABLE', '언어 모델에 연결할 수 없습니다.'],
      ['checking', 'MODEL_RATE_LIMITED', '언어 모델의 사용 한도에 걸렸습니다.'],
    ]);
  });

  it('put an input back uncounted that only a newer one can read, and give it up after an hour', async () => {
    const create = (createdAt?: Date) =>
      db().prisma.generationJob.create({
        data: { kind: 'INSIGHT', input: { month: '2026-11' }, ...(createdAt && { createdAt }) },
      });
    const { id } = await create();
    await runner({ INSIGHT: done }, { INSIGHT: insight }).run(id, never);
    const row = await world.row(id);
    expect(row).toMatchObject({ status: 'QUEUED', attempts: 0, errorCode: null, runId: null });
    expect(row.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 20_000);

    await db().pool.query('UPDATE "GenerationJob" SET "nextAttemptAt" = now() WHERE id = $1', [id]);
    const newer = { ...insight, input: z.object({ month: z.string() }) };
    await runner({ INSIGHT: done }, { INSIGHT: newer }).run(id, never);
    expect(await world.row(id)).toMatchObject({ status: 'SUCCEEDED', attempts: 1 });

    const { id: broken } = await create(new Date(Date.now() - 2 * 3600_000));
    await runner({ INSIGHT: done }, { INSIGHT: insight }).run(broken, never);
    expect(await world.row(broken)).toMatchObject({ status: 'FAILED', errorCode: 'INTERNAL_SERVER_ERROR' });
  });

  it('do articles while a training takes as long as it likes', async () => {
    let finish: (() => void) | undefined;
    const processors = {
      ARTICLE: done,
      RECOMMENDATIONS: async (handle: Parameters<NonNullable<typeof done>>[0]) => {
        await new Promise<void>((resolve) => (finish = resolve));
        await handle.succeed(async () => ({}));
      },
    };
    await world.startWorker(runner(processors, JOB_KINDS));
    const { nudges } = world.app.context;
    const create = async (kind: 'ARTICLE' | 'RECOMMENDATIONS') => {
      const input = kind === 'ARTICLE' ? { task: 'request', url: 'https://news.example.kr' } : {};
      const job = await db().prisma.generationJob.create({ data: { kind, input } });
      await nudges.tell([job]);
      return job.id;
    };
    const trainings = [await create('RECOMMENDATIONS'), await create('RECOMMENDATIONS')];
    await waitUntil('a training runs', async () => (await world.row(trainings[0]!)).status === 'RUNNING');
    for (const id of [await create('ARTICLE'), await create('ARTICLE')])
      expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.row(trainings[1]!)).toMatchObject({ status: 'QUEUED' });
    for (const id of trainings) {
      // Its row says so a moment earlier.
      const runs = async () => (await world.row(id)).status === 'RUNNING' && finish;
      const end = await waitUntil('it runs', runs);
      finish = undefined;
      end();
      expect(await world.ended(id)).toMatchObject({ status: 'SUCCEEDED' });
    }
  });

  it('tell a queue that has forgotten hundreds of jobs within seconds', async () => {
    await db().pool.query(
      `INSERT INTO "GenerationJob" (id, kind, input, "nudgedAt")
       SELECT gen_random_uuid(), 'ARTICLE', '{"task": "request", "url": "https://news.example.kr"}', now() - interval '1 hour'
       FROM generate_series(1, 300)`,
    );
    await world.startWorker(runner({ ARTICLE: done }, JOB_KINDS));
    const left = () => db().prisma.generationJob.count({ where: { kind: 'ARTICLE', finishedAt: null } });
    await waitUntil('all are done', async () => (await left()) === 0);
  });

  it('keep a list readable in which newer ones have written', async () => {
    const listed = () => world.app.send(GenerationJobsDocument, { first: 100 }, { token: world.token });
    const before = (await listed()).data!.generationJobs.totalCount;
    await db().pool.query(`ALTER TYPE "GenerationKind" ADD VALUE 'FROM_THE_FUTURE'`);
    await db().pool.query(
      `INSERT INTO "GenerationJob" (id, kind, input) VALUES (gen_random_uuid(), 'FROM_THE_FUTURE', '{}')`,
    );
    const { data, errors } = await listed();
    expect(errors).toEqual([]);
    expect(data!.generationJobs.totalCount).toBe(before);
  });
});

describe('a request for a page', () => {
  let world: GenerationApp;

  beforeAll(async () => {
    world = await startGenerationApp({ engine: 'PostgreSQL', worker: false });
  });
  afterAll(() => world.close());

  it('is answered by the job that asked for the page, and by no other that is about its article', async () => {
    const { prisma } = world.app.context.database;
    const sourceUrl = world.pages.articleUrl('known');
    const publisher = await prisma.publisher.create({ data: { name: '신문' } });
    const text = { title: '제목', content: '내용', category: 'ECONOMY_AND_BUSINESS' as const };
    const { id: articleId } = await prisma.article.create({
      data: { ...text, publisherId: publisher.id, sourceUrl, publishedAt: new Date() },
    });
    await prisma.generationJob.create({
      data: { kind: 'ARTICLE', input: { task: 'regenerate', articleId }, articleId },
    });
    await prisma.generationJob.create({ data: { kind: 'INSIGHT', input: {}, articleId } });
    const asked = await prisma.generationJob.create({
      data: { kind: 'ARTICLE', input: { task: 'request', url: `${sourceUrl}-moved` }, articleId },
    });
    expect((await world.request(sourceUrl)).id).toBe(asked.id);
    await prisma.generationJob.delete({ where: { id: asked.id } });
    expect(await world.request(sourceUrl)).toMatchObject({ sourceUrl, status: 'QUEUED' });
  });

  it('has the times of the database, whatever the clock of the gateway says', async () => {
    const { services, database } = world.app.context;
    const user = await database.prisma.user.findFirstOrThrow({ where: { role: 'ADMIN' } });
    const caller = {
      viewer: { userId: user.id, sessionId: user.id, role: user.role }, requestId: 'skewed',
    }; // prettier-ignore
    const before = Date.now();
    jest.useFakeTimers({
      now: before + 3600_000,
      doNotFake: [
        'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout', 'clearImmediate',
        'clearInterval', 'clearTimeout',
      ],
    }); // prettier-ignore
    try {
      const url = world.pages.articleUrl('skewed');
      const { id } = await services.articleJobs.requestArticle(caller, url, null);
      await services.jobs.cancel(caller, id);
      const canceled = await world.row(id);
      await services.jobs.retry(caller, id);
      const retried = await world.row(id);
      for (const { createdAt, updatedAt, nextAttemptAt, nudgedAt, cancelRequestedAt, finishedAt } of [
        canceled,
        retried,
      ])
        for (const time of [createdAt, updatedAt, nextAttemptAt, nudgedAt, cancelRequestedAt, finishedAt])
          expect(Math.abs((time?.getTime() ?? before) - before)).toBeLessThan(60_000);
    } finally {
      jest.useRealTimers();
    }
  });
});
