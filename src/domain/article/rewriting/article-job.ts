import { z } from 'zod';

/** `GenerationJob.input` of kind ARTICLE. */
export const articleJobInput = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('request'), url: z.string() }),
  z.strictObject({ task: z.literal('regenerate'), articleId: z.uuid() }),
]);
export type ArticleJobInput = z.infer<typeof articleJobInput>;
