import type { Prisma, Transaction } from '../../adapters/database/database';
import { canonicalizeUrl } from '../../adapters/crawler/canonical-url';
import type { Tracing } from '../../adapters/telemetry/tracing';
import { AppError } from '../../errors';
import type { GenerationJob, GenerationKind, GenerationStatus } from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';
import {
  afterCreatedAt,
  NEWEST_FIRST,
  pageOf,
  requireId,
  requirePageSize,
  type Page,
  type PageRequest,
} from '../shared/paging';
import { takenDown } from '../article/taken-down';
import { cancelJobs } from './cancel-jobs';
import type { ArticleJobInput } from './job-queue';
import type { Caller, JobIntake } from './job-intake';
import type { JobRunner } from './job-runner.service';

export interface GenerationDeps {
  prisma: Prisma;
  runner: JobRunner;
  intake: JobIntake;
  tracing: Tracing;
}

/** Asking for generation jobs and steering them. Every change commits before the queue is told. */
export class GenerationService {
  constructor(private readonly deps: GenerationDeps) {}

  async byId(id: string): Promise<GenerationJob | null> {
    return this.deps.prisma.generationJob.findUnique({ where: { id: requireId('id', id) } });
  }

  /** Newest first. */
  async list(
    request: PageRequest & { kind?: GenerationKind | null; status?: GenerationStatus | null },
  ): Promise<Page<GenerationJob>> {
    const first = requirePageSize(request.first);
    const where = {
      ...(request.kind != null && { kind: request.kind }),
      ...(request.status != null && { status: request.status }),
    };
    const rows = await this.deps.prisma.generationJob.findMany({
      where: { ...where, ...afterCreatedAt(request.after) },
      orderBy: NEWEST_FIRST,
      take: first + 1,
    });
    const count = () => this.deps.prisma.generationJob.count({ where });
    return pageOf(rows, { ...request, first }, (job) => ({ at: job.createdAt, id: job.id }), count);
  }

  /** A page that was asked for before, or is an article already, gives its existing job. CONFLICT once taken down. */
  requestArticle(caller: Caller, url: string, key: string | null): Promise<GenerationJob> {
    const sourceUrl = canonicalizeUrl(url);
    return this.deps.intake.ask(
      caller,
      { operation: 'requestArticle', key, arguments: { url: sourceUrl } },
      async (tx) => {
        const article = await tx.article.findUnique({ where: { sourceUrl }, select: { status: true } });
        if (article?.status === 'TAKEN_DOWN') throw takenDown();
        const known = await tx.generationJob.findFirst({
          where: { OR: [{ subject: sourceUrl }, { article: { sourceUrl } }] },
          orderBy: { createdAt: 'asc' },
          select: { id: true },
        });
        if (known) return known.id;
        return this.create(
          tx,
          caller,
          { task: 'request', url: sourceUrl },
          { subject: sourceUrl, sourceUrl },
        );
      },
    );
  }

  /** Throws NOT_FOUND, or CONFLICT for an article that was taken down. */
  regenerateArticle(caller: Caller, id: string, key: string | null): Promise<GenerationJob> {
    const articleId = requireId('id', id);
    return this.deps.intake.ask(
      caller,
      { operation: 'regenerateArticle', key, arguments: { articleId } },
      async (tx) => {
        const article = await tx.article.findUnique({
          where: { id: articleId },
          select: { status: true, sourceUrl: true },
        });
        if (!article) throw new AppError('NOT_FOUND');
        if (article.status === 'TAKEN_DOWN') throw takenDown();
        return this.create(
          tx,
          caller,
          { task: 'regenerate', articleId },
          { articleId, sourceUrl: article.sourceUrl },
        );
      },
    );
  }

  /** Starts a FAILED or CANCELED job over. Throws NOT_FOUND, or CONFLICT in any other state. */
  async retry({ viewer, requestId }: Caller, id: string): Promise<GenerationJob> {
    const jobId = requireId('id', id);
    const job = await this.deps.prisma.$transaction(async (tx) => {
      const now = new Date();
      const [retried] = await tx.generationJob.updateManyAndReturn({
        where: { id: jobId, status: { in: ['FAILED', 'CANCELED'] } },
        data: {
          status: 'QUEUED', progress: 0, step: null, attempts: 0, dispatch: { increment: 1 }, runId: null, leaseUntil: null, errorCode: null,
          cancelRequestedAt: null, nextAttemptAt: now, nudgedAt: now, startedAt: null, finishedAt: null, requestId,
          traceParent: this.deps.tracing.current(),
        }, // prettier-ignore
      });
      if (!retried) throw await this.wrongState(tx, jobId);
      await audit(tx, {
        actorId: viewer.userId,
        action: 'job.retry',
        targetType: 'GenerationJob',
        targetId: jobId,
      });
      return retried;
    });
    await this.deps.runner.nudge(job);
    return job;
  }

  /** Ends a waiting or running job; a cancelled one stays so. Throws NOT_FOUND, or CONFLICT when it has finished. */
  async cancel({ viewer }: Caller, id: string): Promise<GenerationJob> {
    const jobId = requireId('id', id);
    return this.deps.prisma.$transaction(async (tx) => {
      const [canceled] = await cancelJobs(tx, { id: jobId });
      if (!canceled) {
        const job = await tx.generationJob.findUnique({ where: { id: jobId } });
        if (job?.status === 'CANCELED') return job;
        throw await this.wrongState(tx, jobId);
      }
      await audit(tx, {
        actorId: viewer.userId,
        action: 'job.cancel',
        targetType: 'GenerationJob',
        targetId: jobId,
      });
      return canceled;
    });
  }

  private create(
    tx: Transaction,
    caller: Caller,
    input: ArticleJobInput,
    about: { subject?: string; sourceUrl: string | null; articleId?: string },
  ): Promise<string> {
    const action = input.task === 'request' ? 'article.request' : 'article.request_regeneration';
    return this.deps.intake.create(tx, caller, { kind: 'ARTICLE', input, ...about }, action, about);
  }

  private async wrongState(tx: Transaction, id: string): Promise<AppError> {
    const job = await tx.generationJob.findUnique({ where: { id }, select: { status: true } });
    if (!job) return new AppError('NOT_FOUND');
    return new AppError('CONFLICT', {
      detail: { ko: `작업 상태가 ${job.status}입니다.`, en: `The job is ${job.status}.` },
    });
  }
}
