import { z } from 'zod';
import { AppError, type Localized } from '../../errors';

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
 * Runs `work` and ends it after `timeoutMs`, whatever it is waiting for.
 * @throws AppError UPSTREAM_UNAVAILABLE when the time is over
 */
export async function withinDeadline<T>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(kakaoUnavailable(`no answer in ${timeoutMs} ms`));
      controller.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([work(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
  }
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
    text = await readText(response);
  } catch (error) {
    throw error instanceof AppError ? error : kakaoUnavailable(networkFault(error));
  }
  if (response.status >= 500) throw kakaoUnavailable(faultCode(text) ?? `HTTP ${response.status}`);
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

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw kakaoUnavailable('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultCode(text: string): string | undefined {
  return errorCodeOf(parseJson(text));
}

function networkFault(error: unknown): string {
  const cause = (error as { cause?: { code?: unknown } } | null)?.cause;
  return typeof cause?.code === 'string' ? cause.code : 'connection failed';
}
