import { AppError } from '../../errors';
import { readRetryAfter } from './retry-after';
import type { SafeResponse } from './safe-fetcher';

/** Seconds for which the server wants to be left alone. */
export function retryAfterOf({ headers }: Pick<SafeResponse, 'headers'>, now: Date): number | undefined {
  return readRetryAfter(new Headers({ 'retry-after': headers['retry-after'] ?? '' }), now.getTime());
}

/** What a status outside of 200 to 299 means for a page that was asked for. */
export function statusError(response: SafeResponse, now: Date): AppError {
  const { status } = response;
  if (status === 404 || status === 410) return new AppError('PAGE_NOT_FOUND');
  const http = `HTTP ${status}`;
  const detail =
    status === 429
      ? { ko: `사이트가 나중에 다시 요청해 달라고 했습니다. ${http}`, en: `The site asked to wait. ${http}` }
      : { ko: http, en: http };
  if (status >= 400 && status < 500 && ![408, 425, 429].includes(status))
    return new AppError('PAGE_REFUSED', { detail });
  const retryAfterSeconds = retryAfterOf(response, now);
  return new AppError('PAGE_UNREACHABLE', {
    detail,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}
