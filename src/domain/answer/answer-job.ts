import { z } from 'zod';

/** What a job of kind ANSWER is about: the row of the question, which the texts never leave. */
export const answerJobInput = z.strictObject({ answerId: z.uuid() });
export type AnswerJobInput = z.infer<typeof answerJobInput>;
