import { z } from 'zod';
import { tokenCount } from './server-claims';

export const usageSchema = z
  .object({ prompt_tokens: tokenCount, completion_tokens: tokenCount })
  .nullish()
  .catch(null);

// Compatible servers differ: only what is used is required.
export const completionSchema = z.object({
  model: z.string().nullish().catch(null),
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
    }),
  ),
  usage: usageSchema,
});
export type Completion = z.infer<typeof completionSchema>;
