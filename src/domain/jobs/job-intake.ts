import type { Prisma, Transaction } from '../../adapters/database/database';
import type { Tracing } from '../../adapters/telemetry/tracing';
import type { GenerationJob, Prisma as PrismaTypes } from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';
import type { Viewer } from '../user/viewer-guard';
import { oncePerKey } from './idempotency';
import type { JobNudges } from './job-nudges';

export interface Caller {
  viewer: Viewer;
  requestId: string;
}

export interface JobCall {
  operation: string;
  key: string | null;
  /** The arguments that must be the same when the key is. */
  arguments: Record<string, unknown>;
}

export type NewJob = Pick<
  PrismaTypes.GenerationJobCreateManyInput,
  'kind' | 'input' | 'subject' | 'sourceUrl' | 'articleId'
>;

/** How a job comes to be: once per idempotency key, audited, committed before the queue is told. */
export class JobIntake {
  private readonly underWay = new Map<string, Promise<GenerationJob>>();

  constructor(private readonly deps: { prisma: Prisma; nudges: JobNudges; tracing: Tracing }) {}

  /** A call that repeats one under way here waits for its answer instead of for a connection. */
  ask(caller: Caller, call: JobCall, create: (tx: Transaction) => Promise<string>): Promise<GenerationJob> {
    const once = (tx: Transaction) =>
      oncePerKey(tx, { callerId: caller.viewer.userId, ...call }, () => create(tx));
    if (call.key === null) return this.askDatabase(once);
    const name = JSON.stringify([caller.viewer.userId, call]);
    const known = this.underWay.get(name);
    if (known) return known;
    const answer = this.askDatabase(once).finally(() => this.underWay.delete(name));
    this.underWay.set(name, answer);
    return answer;
  }

  /** Writes the row and its audit entry; a simultaneous job for the same subject wins. Returns the job's id. */
  async create(
    tx: Transaction,
    caller: Caller | null,
    job: NewJob,
    action: string,
    details?: Record<string, unknown>,
  ): Promise<string> {
    const requestedById = caller?.viewer.userId ?? null;
    const requestId = caller?.requestId ?? null;
    const traceParent = this.deps.tracing.current();
    const [created] = await tx.generationJob.createManyAndReturn({
      data: [{ ...job, requestedById, requestId, traceParent }],
      skipDuplicates: true,
      select: { id: true },
    });
    if (!created) return (await tx.generationJob.findUniqueOrThrow({ where: { subject: job.subject! } })).id;
    await audit(tx, requestedById, action, { type: 'GenerationJob', id: created.id }, details);
    return created.id;
  }

  private async askDatabase(idOf: (tx: Transaction) => Promise<string>): Promise<GenerationJob> {
    const job = await this.deps.prisma.$transaction(async (tx) => {
      const id = await idOf(tx);
      return tx.generationJob.findUniqueOrThrow({ where: { id } });
    });
    // Also for a job that was there already: the queue ignores an id it knows.
    if (job.status === 'QUEUED') await this.deps.nudges.tell([job]);
    return job;
  }
}
