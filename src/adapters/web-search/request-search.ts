import { Readable } from 'node:stream';
import { z } from 'zod';
import { AppError, type ErrorCode } from '../../errors';
import { withinDeadline } from '../http/deadline';
import { networkCode } from '../http/network-code';
import { BodyTooLarge, readBounded } from '../http/read-body';
import { readRetryAfter } from '../http/retry-after';
import type { ObserveUpstream } from '../telemetry/upstream-observer';
import { MAX_FOUND } from './web-search';

const MAX_BODY_BYTES = 512 * 1024;
/** A quota comes back by the day, a key when somebody mends it. */
const LONG_PAUSE_SECONDS = 15 * 60;
const SHORT_PAUSE_SECONDS = 60;

export interface SearchRequestOptions {
  /** For the whole answer. */
  timeoutMs: number;
  observe?: ObserveUpstream;
}

export interface SearchRequest<T> {
  url: URL;
  headers?: Record<string, string>;
  /** Of an answer with status 200. */
  schema: z.ZodType<T>;
  /** What an error means, where its body says more than its status; the body is JSON that nobody validated. */
  meaningOf?: (status: number, body: unknown) => ErrorCode | 'this query only' | undefined;
}

/**
 * One request to a search API: no redirects, at most 512 KiB of JSON back. Its errors hold neither the address, which may
 * have the key, nor anything that the server wrote.
 */
export async function requestSearch<T>(
  request: SearchRequest<T>,
  { timeoutMs, observe = (call) => call() }: SearchRequestOptions,
  signal: AbortSignal,
): Promise<T> {
  const late = () => failure('SEARCH_UNAVAILABLE', 'timeout', SHORT_PAUSE_SECONDS);
  return observe(() => withinDeadline({ timeoutMs, late, signal }, (deadline) => ask(request, deadline)));
}

async function ask<T>(
  { url, headers = {}, schema, meaningOf }: SearchRequest<T>,
  signal: AbortSignal,
): Promise<T> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      headers: { accept: 'application/json', ...headers },
      redirect: 'manual',
      signal,
    });
    text = (await readBounded(response.body ?? Readable.from([]), { maxBytes: MAX_BODY_BYTES })).toString();
  } catch (error) {
    if (error instanceof BodyTooLarge)
      throw failure('SEARCH_ANSWER_INVALID', 'too large', SHORT_PAUSE_SECONDS);
    throw failure('SEARCH_UNAVAILABLE', networkCode(error) ?? 'connection failed', SHORT_PAUSE_SECONDS);
  }
  const body = parseJson(text);
  const { status } = response;
  if (status !== 200) throw statusFailure(response, meaningOf?.(status, body));
  const answer = schema.safeParse(body);
  if (!answer.success) throw failure('SEARCH_ANSWER_INVALID', 'unexpected answer', SHORT_PAUSE_SECONDS);
  return answer.data;
}

function statusFailure(
  { status, headers }: Response,
  meaning: ErrorCode | 'this query only' | undefined,
): AppError {
  const what = `HTTP ${status}`;
  if (meaning === 'this query only') return failure('SEARCH_REFUSED', what);
  const code = meaning ?? codeOfStatus(status);
  const isPassing = code === 'SEARCH_UNAVAILABLE' || code === 'SEARCH_ANSWER_INVALID';
  const asked = readRetryAfter(headers, Date.now());
  return failure(code, what, asked || (isPassing ? SHORT_PAUSE_SECONDS : LONG_PAUSE_SECONDS));
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 429) return 'SEARCH_QUOTA_EXCEEDED';
  if (status >= 500 || status === 408) return 'SEARCH_UNAVAILABLE';
  return status >= 400 ? 'SEARCH_REFUSED' : 'SEARCH_ANSWER_INVALID';
}

function failure(code: ErrorCode, what: string, retryAfterSeconds?: number): AppError {
  return new AppError(code, {
    detail: { ko: what, en: what },
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The usable ones of the first items of a list: servers leave parts out, and may send more than was asked for. */
export function usable<T>(item: z.ZodType<T>): z.ZodType<T[]> {
  return z
    .array(z.unknown())
    .nullish()
    .transform((items) =>
      (items ?? []).slice(0, MAX_FOUND).flatMap((one) => {
        const { success, data } = item.safeParse(one);
        return success ? [data] : [];
      }),
    );
}
