import { AppError } from '../../errors';

export interface PauseOptions {
  now: () => Date;
  /** When a failure does not say how long; 0 for none. */
  seconds?: number;
  onPause?: (failure: AppError, seconds: number) => void;
}

/** Lets a service alone after it failed, for as long as it asked: until then callers get that failure at once. */
export class Pause {
  private failure: AppError | null = null;
  private until = 0;

  constructor(private readonly options: PauseOptions) {}

  async around<T>(call: () => Promise<T>): Promise<T> {
    const { now, seconds: usual = 0, onPause } = this.options;
    if (this.failure && now().getTime() < this.until) throw this.failure;
    try {
      return await call();
    } catch (error) {
      const seconds = error instanceof AppError ? (error.retryAfterSeconds ?? usual) : 0;
      if (seconds > 0) {
        this.failure = error as AppError;
        this.until = now().getTime() + seconds * 1000;
        onPause?.(this.failure, seconds);
      }
      throw error;
    }
  }
}
