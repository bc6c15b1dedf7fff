import type { Transaction } from '../../adapters/database/database';
import type { GenerationJob, Prisma } from '../../generated/prisma/client';

/** Ends waiting and running jobs: without runId and lease a running worker's next write matches nothing. */
export function cancelJobs(tx: Transaction, where: Prisma.GenerationJobWhereInput): Promise<GenerationJob[]> {
  const now = new Date();
  return tx.generationJob.updateManyAndReturn({
    where: { AND: [where, { status: { in: ['QUEUED', 'RUNNING'] } }] },
    data: {
      status: 'CANCELED',
      cancelRequestedAt: now,
      finishedAt: now,
      runId: null,
      leaseUntil: null,
      step: null,
    },
  });
}

/** Ends the unfinished jobs of one article or of its address. Returns how many. */
export async function cancelUnfinished(
  tx: Transaction,
  articleId: string,
  sourceUrl: string | null,
): Promise<number> {
  const about = sourceUrl === null ? [{ articleId }] : [{ articleId }, { sourceUrl }];
  return (await cancelJobs(tx, { OR: about })).length;
}
