import type { Prisma, Transaction } from '../../adapters/database/database';
import type { FeedReport, GenerationJob, Publisher } from '../../generated/prisma/client';
import type { Caller, JobIntake } from '../jobs/job-intake';
import { groupBy } from '../shared/group-by';
import { ENABLED_FEED } from './feeds.sql';

/** Asking for jobs that read the feeds, and what they found. A job that waits or runs already is everybody's job. */
export class CollectionJobService {
  constructor(private readonly deps: { prisma: Prisma; intake: JobIntake }) {}

  request(caller: Caller, key: string | null): Promise<GenerationJob> {
    const call = { operation: 'collectNews', key, arguments: {} };
    return this.deps.intake.ask(caller, call, (tx) => this.create(tx, caller));
  }

  /** The same for the clock, unless there is no feed to read. The queue is to be told after the commit. */
  async schedule(tx: Transaction): Promise<GenerationJob | undefined> {
    if ((await tx.publisher.count({ where: ENABLED_FEED })) === 0) return undefined;
    return tx.generationJob.findUniqueOrThrow({ where: { id: await this.create(tx, null) } });
  }

  /** By the name of the publisher; jobs without any are left out. */
  async reportsOf(
    jobIds: readonly string[],
  ): Promise<Map<string, (FeedReport & { publisher: Publisher })[]>> {
    const reports = await this.deps.prisma.feedReport.findMany({
      where: { jobId: { in: [...jobIds] } },
      include: { publisher: true },
      orderBy: { publisher: { name: 'asc' } },
    });
    return groupBy(reports, ({ jobId }) => jobId);
  }

  private create(tx: Transaction, caller: Caller | null): Promise<string> {
    const job = { kind: 'COLLECTION' as const, input: {} };
    return this.deps.intake.createUnlessUnfinished(tx, caller, job, 'collection.request');
  }
}
