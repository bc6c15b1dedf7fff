import { z } from 'zod';
import type { GenerationKind } from '../../generated/prisma/client';
import { answerJobInput } from '../answer/answer-job';
import { insightJobInput } from '../insight/insight-job';
import { articleJobInput } from '../article/rewriting/article-job';

/** One queue for each class of work, so that none takes the place of another. */
export const QUEUES = ['articles', 'answers', 'bulk', 'training'] as const;
export type QueueName = (typeof QUEUES)[number];

/** What the engine must know of a kind. Its work is given to the runner, so that a gateway needs no worker's parts. */
export interface JobKind {
  queue: QueueName;
  /** Of `GenerationJob.input`; parsed before the work begins. */
  input: z.ZodType;
}
export type JobKinds = Partial<Record<GenerationKind, JobKind>>;

/** What a job can say that it is doing: all that clients see in `GenerationJob.step`. */
export const JOB_STEPS = [
  'collecting',
  'crawling',
  'retrieving',
  'rewriting',
  'checking',
  'loading',
  'training',
  'answering',
  'writing',
  'drawing',
  'saving',
] as const;
export type JobStep = (typeof JOB_STEPS)[number];

/** The one table of kinds. What is not in it is left to processes of a version that knows it. */
export const JOB_KINDS = {
  ARTICLE: { queue: 'articles', input: articleJobInput },
  // One text by a model, as an article is: what is in bulk may take an hour.
  INSIGHT: { queue: 'articles', input: insightJobInput },
  ANSWER: { queue: 'answers', input: answerJobInput },
  COLLECTION: { queue: 'bulk', input: z.strictObject({}) },
  RECOMMENDATIONS: { queue: 'training', input: z.strictObject({}) },
} as const satisfies JobKinds;
