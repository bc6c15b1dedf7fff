import type { Job } from 'bullmq';
import type { Services } from '../context';
import { generationPayload } from '../domain/generation/generation.jobs';

/** Takes a nudge for a generation job. The row, never the payload, says what to do. */
export function rewriteArticleProcessor({ jobs, rewriteArticle }: Services, stop: AbortSignal) {
  return async (job: Pick<Job, 'data'>): Promise<void> => {
    const { jobId } = generationPayload.parse(job.data);
    await jobs.run(jobId, (handle) => rewriteArticle.run(handle), stop);
  };
}
