import { createHash } from 'node:crypto';
import type { Prisma, Transaction } from '../../adapters/database/database';
import type { Tracing } from '../../adapters/telemetry/tracing';
import { AppError } from '../../errors';
import type { GenerationJob, Prisma as PrismaTypes } from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';
import { requireText } from '../shared/text';
import { holdUser } from '../user/remove-user';
import type { Viewer } from '../user/viewer-guard';
import type { JobNudges } from './job-nudges';
import type { JobRun, Nudge } from './runs.sql';

export interface Caller {
  viewer: Viewer;
  requestId: string;
}

export interface JobCall {
  operation: string;
  /** The idempotency key; null creates a job for each call. */
  key: string | null;
  /** The arguments that must be the same when the key is. */
  arguments: Record<string, unknown>;
}

export type NewJob = Pick<
  PrismaTypes.GenerationJobCreateManyInput,
  'kind' | 'input' | 'subject' | 'sourceUrl' | 'articleId'
>;

const MAX_KEY = 200;

/** How a job comes to be: once per idempotency key, audited, committed before the queue is told. */
export class JobIntake {
  private readonly underWay = new Map<string, Promise<GenerationJob>>();

  constructor(private readonly deps: { prisma: Prisma; nudges: JobNudges; tracing: Tracing }) {}

  /** A call that repeats one under way here waits for its answer instead of for a connection. */
  ask(caller: Caller, call: JobCall, create: (tx: Transaction) => Promise<string>): Promise<GenerationJob> {
    const once = async (tx: Transaction) => {
      await holdUser(tx, caller.viewer.userId);
      return oncePerKey(tx, caller.viewer.userId, call, () => create(tx));
    };
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

  /**
   * Writes the jobs of another job, whose audit entry tells of them: each waits for `delayMs`, and one whose subject
   * has a job is left out. The queue is to be told after the commit.
   */
  async createFollowing(
    tx: Transaction,
    { requestedById, traceParent }: Pick<JobRun, 'requestedById' | 'traceParent'>,
    jobs: readonly (NewJob & { subject: string; delayMs: number })[],
  ): Promise<(Nudge & { delayMs: number })[]> {
    const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT statement_timestamp() AS now`;
    const now = row!.now.getTime();
    const delays = new Map(jobs.map(({ subject, delayMs }) => [subject, delayMs]));
    const created = await tx.generationJob.createManyAndReturn({
      data: jobs.map(({ delayMs, ...job }) => ({
        ...job,
        requestedById,
        traceParent,
        nextAttemptAt: new Date(now + delayMs),
      })),
      skipDuplicates: true,
      select: { id: true, kind: true, dispatch: true, requestId: true, subject: true },
    });
    return created.map(({ subject, ...nudge }) => ({ ...nudge, delayMs: delays.get(subject!)! }));
  }

  /** As `create`, where one job of a kind and an input may wait or run at a time: returns that one's id when there is one. */
  async createUnlessUnfinished(
    tx: Transaction,
    caller: Caller | null,
    job: NewJob,
    action: string,
  ): Promise<string> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`unfinished ${job.kind}`}))`;
    const unfinished = await tx.generationJob.findFirst({
      where: { kind: job.kind, input: { equals: job.input }, status: { in: ['QUEUED', 'RUNNING'] } },
      select: { id: true },
    });
    return unfinished?.id ?? this.create(tx, caller, job, action);
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

/**
 * Runs `create` once per key: the same call within 24 hours gets the id of the first one's job, also when both
 * run at the same time. Throws CONFLICT when the arguments differ.
 */
async function oncePerKey(
  tx: Transaction,
  callerId: string,
  call: JobCall,
  create: () => Promise<string>,
): Promise<string> {
  if (call.key === null) return create();
  const key = requireText('idempotencyKey', call.key, MAX_KEY);
  const hash = createHash('sha256').update(JSON.stringify(call.arguments)).digest('base64url');
  // The row is written before the job exists: a simultaneous call waits here until we commit.
  const nobody = '00000000-0000-7000-8000-000000000000';
  const [first] = await tx.$queryRaw<{ jobId: string }[]>`
    INSERT INTO "IdempotencyKey" AS k ("callerId", operation, key, "argumentsHash", "jobId", "expiresAt")
    VALUES (${callerId}::uuid, ${call.operation}, ${key}, ${hash}, ${nobody}::uuid, now() + interval '24 hours')
    ON CONFLICT ("callerId", operation, key) DO UPDATE
      SET "argumentsHash" = excluded."argumentsHash", "jobId" = excluded."jobId", "expiresAt" = excluded."expiresAt"
      WHERE k."expiresAt" < now()
    RETURNING "jobId"`;
  const where = { callerId_operation_key: { callerId, operation: call.operation, key } };
  if (first) {
    const jobId = await create();
    await tx.idempotencyKey.update({ where, data: { jobId } });
    return jobId;
  }
  const known = await tx.idempotencyKey.findUniqueOrThrow({ where });
  if (known.argumentsHash !== hash)
    throw new AppError('CONFLICT', {
      argument: 'idempotencyKey',
      detail: { ko: '같은 키가 다른 인자로 쓰였습니다.', en: 'The key was used with other arguments.' },
    });
  return known.jobId;
}
