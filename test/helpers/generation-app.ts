import type { CrawlerOptions } from '../../src/adapters/crawler/crawler';
import type { GenerationJob, ModelCall } from '../../src/generated/prisma/client';
import type { Answerer } from '../../src/domain/answer/answerer';
import type { Clock } from '../../src/domain/shared/clock';
import type { JobRunner } from '../../src/domain/jobs/job-runner.service';
import { startWorker, type RunningWorker } from '../../src/worker/worker';
import { RequestArticleDocument, type JobFragment } from '../generated/operations';
import { startTestApp, type TestApp } from './app';
import { startModelServer, type ModelServer } from './model-server';
import { startPageServer, type PageServer } from './page-server';
import { startRedis, type Engine, type RedisServer } from './redis';
import { waitUntil } from './wait-until';

/** US dollars per million tokens, as the app is told. */
export const PRICE = { input: 1_000, output: 4_000 };

/** The gateway with everything a generation job meets: a queue engine, a publisher's pages, a language model. */
export interface GenerationApp {
  app: TestApp;
  model: ModelServer;
  pages: PageServer;
  redis: RedisServer | null;
  /** Access token of an ADMIN. */
  token: string;
  request(url: string): Promise<JobFragment>;
  row(id: string): Promise<GenerationJob>;
  /** The calls of the model for a job, oldest first. */
  calls(jobId: string): Promise<ModelCall[]>;
  /** Waits until the job is SUCCEEDED, FAILED or CANCELED. */
  ended(id: string): Promise<GenerationJob>;
  /** Rows that only a finished job may have written. */
  effects(): Promise<{ articles: number; originals: number; revisions: number; audits: number }>;
  /** Starts another worker in this process, with a runner of its own when there is one; it is stopped in the end. */
  startWorker(runner?: JobRunner): Promise<RunningWorker>;
  close(): Promise<void>;
}

export interface GenerationAppOptions {
  engine: Engine;
  environment?: Record<string, string>;
  /** Without it jobs wait until a worker is started. */
  worker?: boolean;
  databaseUrl?: string;
  /** Origins that may be crawled besides the page server's. */
  trustedOrigins?: string[];
  crawler?: Partial<CrawlerOptions>;
  clock?: Clock;
  answerer?: Answerer;
}

export async function startGenerationApp(options: GenerationAppOptions): Promise<GenerationApp> {
  const redis = options.engine === 'Redis' ? await startRedis() : null;
  const pages = await startPageServer();
  const model = await startModelServer();
  const app = await startTestApp({
    environment: {
      ...(redis && { QUEUE_URL: redis.url }),
      ...modelSettings(model),
      CRAWLER_TRUSTED_ORIGINS: [pages.url, pages.otherUrl, ...(options.trustedOrigins ?? [])].join(','),
      JOB_BACKOFF_SECONDS: '0.05',
      ...options.environment,
    },
    ...(options.databaseUrl && { databaseUrl: options.databaseUrl }),
    ...(options.crawler && { crawler: options.crawler }),
    ...(options.clock && { clock: options.clock }),
    ...(options.answerer && { answerer: options.answerer }),
  });
  const { prisma } = app.context.database;
  const workers: RunningWorker[] = [];
  const begin = async (runner = app.workerContext.runner) => {
    const worker = await startWorker({ ...app.workerContext, runner });
    let stopped: Promise<void> | undefined;
    workers.push({ stop: () => (stopped ??= worker.stop()) });
    return workers.at(-1)!;
  };
  if (options.worker ?? true) await begin();
  const { accessToken: token } = await app.login('admin');

  const row = (id: string) => prisma.generationJob.findUniqueOrThrow({ where: { id } });
  return {
    app,
    model,
    pages,
    redis,
    token,
    row,
    calls: (jobId) => prisma.modelCall.findMany({ where: { jobId }, orderBy: { createdAt: 'asc' } }),
    async request(url) {
      const { data, errors } = await app.send(RequestArticleDocument, { url }, { token });
      if (!data) throw new Error(`the request failed: ${JSON.stringify(errors)}`);
      return data.requestArticle;
    },
    ended: (id) =>
      waitUntil(`job ${id} has ended`, async () => {
        const job = await row(id);
        return job.finishedAt && job;
      }),
    async effects() {
      const [articles, originals, revisions, audits] = await Promise.all([
        prisma.article.count(),
        prisma.articleOriginal.count(),
        prisma.articleRevision.count(),
        prisma.auditEntry.count({ where: { targetType: 'Article' } }),
      ]);
      return { articles, originals, revisions, audits };
    },
    startWorker: begin,
    async close() {
      for (const worker of workers) await worker.stop();
      await app.close();
      await model.close();
      await pages.close();
      await redis?.close();
    },
  };
}

/** Settings that let the rewriter use the model server. */
export function modelSettings(model: ModelServer): Record<string, string> {
  return {
    OPENAI_API_KEY: model.apiKey,
    OPENAI_BASE_URL: model.url,
    OPENAI_MODEL: 'test-model',
    OPENAI_TIMEOUT_SECONDS: '5',
    OPENAI_USD_PER_MILLION_INPUT_TOKENS: String(PRICE.input),
    OPENAI_USD_PER_MILLION_OUTPUT_TOKENS: String(PRICE.output),
  };
}
