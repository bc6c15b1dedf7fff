import { APIError } from 'openai';
import { AppError, type ErrorCode } from '../../errors';
import { networkCode } from '../http/network-code';
import { BodyTooLarge } from '../http/read-body';
import { readRetryAfter } from '../http/retry-after';

/** Network codes of a connection that never came to be. */
const UNCONNECTED = new Set(
  'ECONNREFUSED ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH UND_ERR_CONNECT_TIMEOUT'.split(' '),
);

/** Whether no server can have seen the call that failed so. */
export function wasNeverSent(failure: unknown): boolean {
  return failure instanceof AppError && UNCONNECTED.has(failure.detail?.en ?? '');
}

/**
 * The AppError for what the SDK threw. Neither the server's text nor the SDK's error is kept: servers quote the
 * API key and the request in their error bodies.
 */
export function modelFailure(error: unknown, now: number): AppError {
  if (error instanceof APIError && error.status !== undefined) {
    const retryAfterSeconds = readRetryAfter(error.headers, now);
    const detail = { ko: `HTTP ${error.status}`, en: `HTTP ${error.status}` };
    return new AppError(codeOfStatus(error.status), {
      detail,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    });
  }
  if (hasCause(error, (cause) => cause instanceof BodyTooLarge || cause.name === 'SyntaxError')) {
    return new AppError('MODEL_OUTPUT_INVALID');
  }
  const reason = networkCode(error);
  return new AppError('MODEL_UNAVAILABLE', reason ? { detail: { ko: reason, en: reason } } : {});
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 429) return 'MODEL_RATE_LIMITED';
  if (status >= 500 || status === 408 || status === 409) return 'MODEL_UNAVAILABLE';
  return 'MODEL_REFUSED';
}

// Not by instanceof: undici and the JSON parser may throw errors of another realm.
function hasCause(error: unknown, matches: (cause: NodeJS.ErrnoException) => boolean): boolean {
  let cause = error;
  for (let depth = 0; depth < 5 && typeof cause === 'object' && cause !== null; depth += 1) {
    if (matches(cause as NodeJS.ErrnoException)) return true;
    cause = (cause as Error).cause;
  }
  return false;
}
