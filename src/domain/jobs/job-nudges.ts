import { z } from 'zod';
import type { JobProducer } from '../../adapters/queue/job-producer';
import { JOB_KINDS, QUEUES, type JobKinds } from './kinds';
import type { Nudge } from './runs.sql';

/** What travels through the queue: never tokens, never texts. The row says what to do. */
export const jobPayload = z.strictObject({
  jobId: z.uuid(),
  /** Request that asked for the job, for the logs. */
  requestId: z.string().max(100).nullable(),
});

/** Tells the queues about waiting rows; what they do not hear the sweep tells them again. */
export class JobNudges {
  constructor(private readonly deps: { producer: JobProducer }) {}

  /** Resolves when all queues can be told; rejects when they cannot be reached. */
  async ready(): Promise<void> {
    await Promise.all(QUEUES.map((queue) => this.deps.producer.open(queue)));
  }

  /** Each row after its own delay, or after that of all. Never throws; a queue that still has a nudge ignores it. */
  async tell(rows: (Nudge & { delayMs?: number })[], delayOfAllMs?: number): Promise<void> {
    const kinds: JobKinds = JOB_KINDS;
    await Promise.all(
      QUEUES.map(async (queue) => {
        const own = rows.filter(({ kind }) => kinds[kind]?.queue === queue);
        const nudges = own.map(({ id, dispatch, requestId, delayMs = delayOfAllMs }) => ({
          id: `generation-${id}-${dispatch}`,
          payload: jobPayload.parse({ jobId: id, requestId }),
          ...(delayMs !== undefined && { delayMs }),
        }));
        if (nudges.length > 0) await this.deps.producer.add(queue, ...nudges);
      }),
    );
  }
}
