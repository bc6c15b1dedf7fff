import { z } from 'zod';
import { ArticleCategory } from '../../generated/prisma/enums';

/** `GenerationJob.input` of kind NEWSLETTER: which issue is sent. */
export const newsletterJobInput = z.strictObject({
  category: z.enum(ArticleCategory),
  /** The Monday of its week in Asia/Seoul, e.g. 2026-11-30. */
  week: z.iso.date(),
});
export type NewsletterJobInput = z.infer<typeof newsletterJobInput>;
