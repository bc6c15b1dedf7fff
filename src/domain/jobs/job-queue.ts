import { z } from 'zod';

export const GENERATION_QUEUE = 'generation';

/** What travels through the queue: never tokens, never texts. The row says what to do. */
export const generationPayload = z.strictObject({
  jobId: z.uuid(),
  /** Request that asked for the job, for the logs. */
  requestId: z.string().max(100).nullable(),
});
export type GenerationPayload = z.infer<typeof generationPayload>;

/** `GenerationJob.input` of kind ARTICLE. */
export const articleJobInput = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('request'), url: z.string() }),
  z.strictObject({ task: z.literal('regenerate'), articleId: z.uuid() }),
]);
export type ArticleJobInput = z.infer<typeof articleJobInput>;

/** BullMQ ignores an id that it still knows, so every nudge has its own. */
export function queueJobId(jobId: string, dispatch: number): string {
  return `generation-${jobId}-${dispatch}`;
}
