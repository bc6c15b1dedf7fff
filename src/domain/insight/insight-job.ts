import { z } from 'zod';

/** `GenerationJob.input` of kind INSIGHT. */
export const insightJobInput = z.strictObject({
  /** What it is to be about, as it was asked for. */
  title: z.string(),
  datasetId: z.string(),
});
export type InsightJobInput = z.infer<typeof insightJobInput>;
