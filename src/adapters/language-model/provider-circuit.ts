import {
  BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, DelegateBackoff, handleWhen,
} from 'cockatiel'; // prettier-ignore
import { AppError, TryLater, type ErrorCode } from '../../errors';

/** Calls in a row that no answer came to. */
const FAILURES = 5;
const FIRST_REST_MS = 5_000;
const LONGEST_REST_MS = 120_000;
/** What a server may ask for in Retry-After. */
const LONGEST_PAUSE_MS = 600_000;
const RESTING = {
  ko: '응답이 없거나 잠시 기다려 달라고 해서 요청을 멈췄습니다.',
  en: 'It is not asked for a while: it did not answer, or wants us to wait.',
};

/** Closed: it is asked. Open: it is not. Half-open: one call finds out. */
export type CircuitChange = 'closed' | 'open' | 'half-open';

/**
 * Keeps a provider that does not answer, or that said Retry-After, from being asked by anybody in this process: then
 * TryLater with MODEL_UNAVAILABLE or MODEL_RATE_LIMITED is thrown at once.
 */
export class ProviderCircuit {
  private readonly rest = { until: 0, code: 'MODEL_UNAVAILABLE' as ErrorCode };
  private readonly breaker = circuitBreaker(
    handleWhen((error) => error instanceof AppError && error.code === 'MODEL_UNAVAILABLE'),
    {
      breaker: new ConsecutiveBreaker(FAILURES),
      // Twice as long after each probe that failed.
      halfOpenAfter: new DelegateBackoff(({ attempt }) =>
        this.restFor(Math.min(FIRST_REST_MS * 2 ** (attempt - 1), LONGEST_REST_MS), 'MODEL_UNAVAILABLE'),
      ),
    },
  );

  constructor(onChange: (change: CircuitChange) => void = () => {}) {
    this.breaker.onStateChange((state) =>
      onChange(
        state === CircuitState.Closed ? 'closed' : state === CircuitState.HalfOpen ? 'half-open' : 'open',
      ),
    );
  }

  /** Throws TryLater while the provider is not to be asked. */
  check(): void {
    const waitMs = this.rest.until - Date.now();
    if (waitMs > 0) throw this.later(waitMs);
    // Whoever waited for the probe's answer would hold a worker's place as long.
    if (this.breaker.state === CircuitState.HalfOpen) throw this.later(FIRST_REST_MS);
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    this.check();
    try {
      return await this.breaker.execute(call);
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw this.later(FIRST_REST_MS);
      if (error instanceof AppError && error.retryAfterSeconds !== undefined)
        this.restFor(Math.min(error.retryAfterSeconds * 1000, LONGEST_PAUSE_MS), error.code);
      throw error;
    }
  }

  private restFor(milliseconds: number, code: ErrorCode): number {
    const until = Date.now() + milliseconds;
    if (until > this.rest.until) Object.assign(this.rest, { until, code });
    return milliseconds;
  }

  private later(waitMs: number): TryLater {
    // Not all who wait come back together.
    return new TryLater(waitMs * (1 + Math.random() / 10), new AppError(this.rest.code, { detail: RESTING }));
  }
}
