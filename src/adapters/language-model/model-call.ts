import { APIError } from 'openai';
import { AppError } from '../../errors';
import { wasNeverSent } from './model-failure';

/** A call that is about to be sent. */
export interface CallReservation {
  /** The host that is asked. */
  provider: string;
  model: string;
  /** US dollars: the longest answer, and a token for each byte of the question. */
  maxCostUsd: number;
  /** The price is a guess. */
  isPriceAssumed?: boolean | undefined;
}

/** What became of a call. */
export interface CallResult {
  outcome: 'OK' | 'INVALID' | 'REFUSED' | 'FILTERED' | 'FAILED' | 'ABORTED';
  /** The model as the server names it. */
  model: string;
  /** Null when the server did not tell. */
  inputTokens: number | null;
  outputTokens: number | null;
  /** US dollars, by the configured price; null when nobody knows. */
  costUsd: number | null;
}

export type SettleCall = (result: CallResult) => Promise<void>;

/**
 * How a call ended that brought no answer. An error status costs nothing, nor what was never sent; what a call cost that was
 * cut off nobody knows.
 */
export function failedCall(error: unknown, signal: AbortSignal, model: string): CallResult {
  const isInvalid = error instanceof AppError && error.code === 'MODEL_OUTPUT_INVALID';
  const outcome = signal.aborted ? 'ABORTED' : isInvalid ? 'INVALID' : 'FAILED';
  const costUsd = error instanceof APIError || wasNeverSent(error) ? 0 : null;
  return { outcome, model, inputTokens: null, outputTokens: null, costUsd };
}
