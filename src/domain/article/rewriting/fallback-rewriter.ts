import { AppError, reasonOf, TryLater, type ErrorCode } from '../../../errors';
import type { Rewrite, RewriteOptions, Rewriter } from './rewriter';

/** What another rewriter may make good. A refusal, a used-up budget and a cancelled job are not among it. */
const FALLS_OVER = new Set<ErrorCode>(['MODEL_UNAVAILABLE', 'MODEL_RATE_LIMITED', 'MODEL_OUTPUT_INVALID']);

/** Until then a job waits for a model rather than being written by the last resort. */
const PATIENCE_MS = 60_000;

type Failure = AppError | TryLater;

/**
 * Asks one model after the other. When none can write, the last resort does: at once when none is to be asked for a minute or
 * another try would not help, else on the job's last try.
 */
export class FallbackRewriter implements Rewriter {
  constructor(
    private readonly models: readonly Rewriter[],
    private readonly lastResort: Rewriter | null,
  ) {}

  async ready(): Promise<void> {
    const wait = await this.wait();
    if (wait && !this.standsInFor(wait)) throw wait;
  }

  async rewrite(article: { title: string; content: string }, options: RewriteOptions): Promise<Rewrite> {
    const failures: Failure[] = [];
    for (const model of this.models) {
      const [before] = failures.slice(-1);
      if (before) await options.onFallback?.(causeOf(before).code);
      try {
        return await model.rewrite(article, options);
      } catch (error) {
        options.signal.throwIfAborted();
        if (!fallsOver(error)) throw error;
        failures.push(error);
      }
    }
    const failure = failureOf(failures);
    // A draft that was objected to can be reviewed as well.
    if (!this.lastResort || options.objections || (await this.isWorthWaiting(failure, options)))
      throw failure;
    await options.onFallback?.(causeOf(failure).code);
    return this.lastResort.rewrite(article, options);
  }

  private async isWorthWaiting(failure: Failure, { isLastTry }: RewriteOptions): Promise<boolean> {
    if (failure instanceof TryLater) return !this.standsInFor(failure);
    if (!failure.retriedByItself || isLastTry) return false;
    const wait = await this.wait();
    return !(wait && this.standsInFor(wait));
  }

  private standsInFor(wait: TryLater): boolean {
    return this.lastResort !== null && fallsOver(wait) && wait.afterMs >= PATIENCE_MS;
  }

  /** Until the first of the models may be asked; null when one may be. Nobody else stands in for a used-up budget. */
  private async wait(): Promise<TryLater | null> {
    const waits: TryLater[] = [];
    for (const model of this.models) {
      try {
        await model.ready?.();
        return null;
      } catch (error) {
        if (!(error instanceof TryLater)) throw error;
        if (!fallsOver(error)) return error;
        waits.push(error);
      }
    }
    return soonest(waits);
  }
}

function fallsOver(error: unknown): error is Failure {
  const reason = reasonOf(error);
  return reason instanceof AppError && FALLS_OVER.has(reason.code);
}

/** A wait that is known here has a reason. */
function causeOf(failure: Failure): AppError {
  return reasonOf(failure) as AppError;
}

/** Nobody was asked: the soonest that somebody may be. Else one of the job's tries, which another may follow. */
function failureOf(failures: readonly Failure[]): Failure {
  const waits = failures.filter((failure) => failure instanceof TryLater);
  if (waits.length === failures.length) return soonest(waits);
  const reasons = failures.map(causeOf);
  const [soon] = reasons
    .filter(({ retriedByItself }) => retriedByItself)
    .sort((a, b) => (a.retryAfterSeconds ?? 0) - (b.retryAfterSeconds ?? 0));
  return soon ?? reasons[0]!;
}

function soonest(waits: readonly TryLater[]): TryLater {
  return waits.reduce((first, wait) => (wait.afterMs < first.afterMs ? wait : first));
}
