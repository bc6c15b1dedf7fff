import OpenAI, { APIError } from 'openai';
import type { z } from 'zod';
import { AppError } from '../../errors';
import { withinDeadline } from '../http/deadline';
import type { ObserveUpstream } from '../telemetry/upstream-observer';
import { boundedFetch } from './bounded-fetch';
import { modelFailure } from './model-failure';
import type { ModelPrice } from './model-prices';

const TIMED_OUT = { ko: '응답 시간이 초과되었습니다.', en: 'It took too long to answer.' };

export interface ServerOptions {
  /** May be empty for servers that want none, e.g. Ollama. */
  apiKey: string;
  /** Ends before /chat/completions or /embeddings, e.g. https://api.openai.com/v1. */
  baseUrl: string;
  /** For one HTTP call, from its start to the last byte of the answer. */
  timeoutMs: number;
}

/** A model of a server. */
export interface ModelOptions extends ServerOptions {
  model: string;
  pricePerMillionTokens: ModelPrice;
  /** Nobody knows the price: this one is a guess. */
  isPriceAssumed?: boolean;
  observe?: ObserveUpstream;
  /** Waited for before every HTTP call. */
  turn?: (signal: AbortSignal) => Promise<void>;
}

/** Everything the SDK would otherwise read from the environment is given. The job's row owns retries. */
export function openAiClient(
  { apiKey, baseUrl, timeoutMs }: ServerOptions,
  maxResponseBytes: number,
): OpenAI {
  return new OpenAI({
    apiKey: apiKey || 'none',
    baseURL: baseUrl,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: timeoutMs,
    fetch: boundedFetch(maxResponseBytes),
  });
}

export interface CallLimits {
  timeoutMs: number;
  signal: AbortSignal;
}

/** What a call says that took too long. */
export function timedOut(): AppError {
  return new AppError('MODEL_UNAVAILABLE', { detail: TIMED_OUT });
}

/** One answer in the form that is expected; throws as `callWithin` does. */
export async function answerOf<T>(
  schema: z.ZodType<T>,
  limits: CallLimits,
  call: (deadline: AbortSignal) => Promise<unknown>,
): Promise<T> {
  return callWithin(limits, async (deadline) => inForm(schema, await call(deadline)));
}

/** Throws MODEL_OUTPUT_INVALID. */
export function inForm<T>(schema: z.ZodType<T>, told: unknown): T {
  const answer = schema.safeParse(told);
  if (!answer.success) throw new AppError('MODEL_OUTPUT_INVALID');
  return answer.data;
}

/**
 * A call up to the last byte of its answer. Throws APIError for an error status; else MODEL_OUTPUT_INVALID or MODEL_UNAVAILABLE,
 * or the signal's reason as it is.
 */
export async function callWithin<T>(
  { timeoutMs, signal }: CallLimits,
  call: (deadline: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    // The SDK's own timeout ends with the headers; a body that stalls must end too.
    return await withinDeadline({ timeoutMs, late: timedOut, signal }, call);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError || (error instanceof APIError && error.status !== undefined)) throw error;
    throw modelFailure(error, Date.now());
  }
}
