import { AppError, ERROR_KINDS, type ErrorCode, type Localized } from '../../errors';
import type { GenerationJob } from '../../generated/prisma/client';
import type { GenerationError } from './job.type';

/** A code and a sentence without secrets; null without a code. */
export function failureOf(
  { errorCode, errorDetail }: Pick<GenerationJob, 'errorCode' | 'errorDetail'>,
  language: keyof Localized,
): GenerationError | null {
  if (errorCode === null) return null;
  // A newer version's code, which this one has no sentence for, must not cost the whole list.
  const code = errorCode in ERROR_KINDS ? (errorCode as ErrorCode) : 'INTERNAL_SERVER_ERROR';
  const detail = errorDetail as Localized | null;
  const error = new AppError(code, detail ? { detail } : {});
  return { code: error.code, message: error.text(language), retryable: error.retryable };
}
