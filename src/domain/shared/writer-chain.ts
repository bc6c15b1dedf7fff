import { AppError, reasonOf, TryLater, type ErrorCode } from '../../errors';

/** What another writer may make good. A refusal, a used-up budget and a cancelled job are not among it. */
const FALLS_OVER = new Set<ErrorCode>(['MODEL_UNAVAILABLE', 'MODEL_RATE_LIMITED', 'MODEL_OUTPUT_INVALID']);

/** Until then a job waits for a model rather than being written by the last resort. */
const PATIENCE_MS = 60_000;

type Failure = AppError | TryLater;

/** Whoever writes something with a model, or without one. */
export interface ChainedWriter {
  /** Throws TryLater when it is known that nothing can be written now, BUDGET_TOO_SMALL when never. */
  ready?(): Promise<void>;
}

export interface ChainOptions {
  signal: AbortSignal;
  /** The job fails if this try does. */
  isLastTry?: boolean;
  /** There is a draft that will do: the last resort need not write another. */
  hasDraft?: boolean;
  /** Told why another is asked than the one that should have written. */
  onFallback?: (reason: ErrorCode) => Promise<void>;
}

/**
 * Asks one model after the other. When none can write, the last resort does: at once when none is to be asked for a minute or
 * another try would not help, else on the job's last try.
 */
export class WriterChain<Writer extends ChainedWriter> {
  constructor(
    private readonly models: readonly Writer[],
    private readonly lastResort: Writer | null,
  ) {}

  async ready(): Promise<void> {
    const wait = await this.wait();
    if (wait && !this.standsInFor(wait)) throw wait;
  }

  /** What the first of them writes that can. Throws what `ask` throws. */
  async write<Text>(options: ChainOptions, ask: (writer: Writer) => Promise<Text>): Promise<Text> {
    const failures: Failure[] = [];
    for (const model of this.models) {
      const [before] = failures.slice(-1);
      if (before) await options.onFallback?.(causeOf(before).code);
      try {
        return await ask(model);
      } catch (error) {
        options.signal.throwIfAborted();
        if (!fallsOver(error)) throw error;
        failures.push(error);
      }
    }
    const failure = failureOf(failures);
    if (!this.lastResort || options.hasDraft || (await this.isWorthWaiting(failure, options))) throw failure;
    await options.onFallback?.(causeOf(failure).code);
    return ask(this.lastResort);
  }

  private async isWorthWaiting(failure: Failure, { isLastTry }: ChainOptions): Promise<boolean> {
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
