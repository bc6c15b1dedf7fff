import { AppError } from '../../src/errors';

/** The AppError that a promise is rejected with; fails a test in which it is not. */
export async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error('It did not fail with an AppError', { cause: error });
  return error;
}
