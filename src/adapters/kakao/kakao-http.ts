import { Readable } from 'node:stream';
import { z } from 'zod';
import { AppError, type Localized } from '../../errors';
import { BodyTooLarge, readBounded } from '../http/read-body';

const MAX_BODY_BYTES = 256 * 1024;

/** A Kakao answer of any status; the body is JSON that nobody has validated yet. */
export interface KakaoAnswer {
  status: number;
  body: unknown;
}

/**
 * Kakao is down, overloaded, or refuses our own settings.
 * @param reason for the log only: an error code or a symptom, never text that Kakao wrote (it echoes codes)
 */
export function kakaoUnavailable(reason: string): AppError {
  return new AppError('UPSTREAM_UNAVAILABLE', {
    detail: { ko: '카카오 로그인을 지금 사용할 수 없습니다.', en: 'Kakao Login is not available now.' },
    cause: new Error(`Kakao: ${reason}`),
  });
}

/** What the client brought does not prove a Kakao user. */
export function kakaoRefused(detail: Localized): AppError {
  return new AppError('UNAUTHENTICATED', { detail });
}

/**
 * One request to Kakao: no redirects, at most 256 KiB of JSON back.
 * @throws AppError UPSTREAM_UNAVAILABLE when there is no such answer
 */
export async function requestKakao(url: URL, init: RequestInit, signal: AbortSignal): Promise<KakaoAnswer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { ...init, redirect: 'manual', signal });
    text = (await readBounded(response.body ?? Readable.from([]), { maxBytes: MAX_BODY_BYTES })).toString();
  } catch (error) {
    throw kakaoUnavailable(networkFault(error));
  }
  if (response.status >= 500)
    throw kakaoUnavailable(errorCodeOf(parseJson(text)) ?? `HTTP ${response.status}`);
  const body = parseJson(text);
  if (body === undefined || (response.status >= 300 && response.status < 400)) {
    throw kakaoUnavailable(`HTTP ${response.status}, unexpected answer`);
  }
  return { status: response.status, body };
}

/** Validates an answer; a wrong shape is Kakao's fault and its content stays out of the error. */
export function parseAnswer<T>(schema: z.ZodType<T>, body: unknown, what: string): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw kakaoUnavailable(`${what} has an unexpected shape`);
  return parsed.data;
}

/** The safe part of an error answer: `KOE320` (kauth) or `-401` (kapi). */
export function errorCodeOf(body: unknown): string | undefined {
  const parsed = z
    .union([
      z.object({ error_code: z.string().regex(/^KOE\d{3}$/) }).transform((answer) => answer.error_code),
      z.object({ code: z.int() }).transform((answer) => String(answer.code)),
    ])
    .safeParse(body);
  return parsed.success ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function networkFault(error: unknown): string {
  if (error instanceof BodyTooLarge) return 'the answer is too large';
  const cause = (error as { cause?: { code?: unknown } } | null)?.cause;
  return typeof cause?.code === 'string' ? cause.code : 'connection failed';
}
