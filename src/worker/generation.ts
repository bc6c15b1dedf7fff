import type { Job } from 'bullmq';
import type { WorkerContext } from '../context/worker';
import { generationPayload } from '../domain/jobs/job-queue';
import type { RunHandle } from '../domain/jobs/job-runner.service';
import type { GenerationKind } from '../generated/prisma/client';

type Work = (handle: RunHandle) => Promise<void>;

/** Takes a nudge for a generation job. The row, never the payload, says what to do. */
export function generationProcessor({ jobs, rewriteArticle, training }: WorkerContext, stop: AbortSignal) {
  const works: Partial<Record<GenerationKind, Work>> = {
    ARTICLE: (handle) => rewriteArticle.run(handle),
    RECOMMENDATIONS: (handle) => training.run(handle),
  };
  return async (job: Pick<Job, 'data'>): Promise<void> => {
    const { jobId } = generationPayload.parse(job.data);
    await jobs.run(jobId, (handle) => works[handle.run.kind]!(handle), stop);
  };
}
