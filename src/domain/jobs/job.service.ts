import type { Prisma as PrismaClient, Transaction } from '../../adapters/database/database';
import type { Tracing } from '../../adapters/telemetry/tracing';
import { AppError } from '../../errors';
import {
  GenerationKind,
  Prisma,
  type GenerationJob,
  type GenerationStatus,
} from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';
import { pageByCreation, requireId, type Page, type PageRequest } from '../shared/paging';
import { holdUser } from '../user/remove-user';
import type { Caller } from './job-intake';
import type { JobNudges } from './job-nudges';
import { cancelRuns, restartJob } from './runs.sql';

/** A newer version's rows, which this one could not name, are as if they were not there. */
export const NAMED = { in: Object.values(GenerationKind) };

/** Looking at jobs and steering them. Every change commits before the queue is told. */
export class JobService {
  constructor(private readonly deps: { prisma: PrismaClient; nudges: JobNudges; tracing: Tracing }) {}

  async byId(id: string): Promise<GenerationJob | null> {
    return this.deps.prisma.generationJob.findFirst({ where: { id: requireId('id', id), kind: NAMED } });
  }

  /** Newest first. */
  async list(
    request: PageRequest & { kind?: GenerationKind | null; status?: GenerationStatus | null },
  ): Promise<Page<GenerationJob>> {
    const where = { kind: request.kind ?? NAMED, ...(request.status != null && { status: request.status }) };
    return pageByCreation(this.deps.prisma.generationJob, where, request);
  }

  /** Starts a FAILED or CANCELED job over, or one that waits as BUDGET_EXCEEDED. Throws NOT_FOUND, else CONFLICT. */
  async retry({ viewer, requestId }: Caller, id: string): Promise<GenerationJob> {
    const { prisma, nudges, tracing } = this.deps;
    const job = await prisma.$transaction(async (tx) => {
      await holdUser(tx, viewer.userId);
      const known = await find(tx, id);
      const restarted = await restartJob(tx, known.id, { requestId, traceParent: tracing.current() });
      if (!restarted) throw await wrongState(tx, id);
      return this.audited(tx, viewer.userId, 'job.retry', known.id);
    });
    await nudges.tell([job]);
    return job;
  }

  /** Ends a waiting or running job; a cancelled one stays so. Throws NOT_FOUND, or CONFLICT when it has finished. */
  async cancel({ viewer }: Caller, id: string): Promise<GenerationJob> {
    return this.deps.prisma.$transaction(async (tx) => {
      await holdUser(tx, viewer.userId);
      const known = await find(tx, id);
      if ((await cancelRuns(tx, Prisma.sql`id = ${known.id}::uuid`)) > 0)
        return this.audited(tx, viewer.userId, 'job.cancel', known.id);
      const job = await find(tx, id);
      if (job.status !== 'CANCELED') throw await wrongState(tx, id);
      return job;
    });
  }

  private async audited(
    tx: Transaction,
    actorId: string,
    action: string,
    id: string,
  ): Promise<GenerationJob> {
    await audit(tx, actorId, action, { type: 'GenerationJob', id });
    return find(tx, id);
  }
}

async function find(tx: Transaction, id: string): Promise<GenerationJob> {
  const job = await tx.generationJob.findFirst({ where: { id: requireId('id', id), kind: NAMED } });
  if (!job) throw new AppError('NOT_FOUND');
  return job;
}

async function wrongState(tx: Transaction, id: string): Promise<AppError> {
  const { status } = await find(tx, id);
  return new AppError('CONFLICT', {
    detail: { ko: `작업 상태가 ${status}입니다.`, en: `The job is ${status}.` },
  });
}
