import { z } from 'zod';

/** `GenerationJob.input` of kind ARTICLE. */
export const articleJobInput = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('request'), url: z.string() }),
  /** As a feed named it, with the time that it said. */
  z.strictObject({ task: z.literal('collect'), url: z.string(), publishedAt: z.iso.datetime().nullable() }),
  z.strictObject({ task: z.literal('regenerate'), articleId: z.uuid() }),
]);
export type ArticleJobInput = z.infer<typeof articleJobInput>;
