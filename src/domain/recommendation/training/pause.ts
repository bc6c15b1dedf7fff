import { setImmediate } from 'node:timers/promises';
import type { Progress } from '../model/reading-data';

const SLICE_MS = 50;

/** Gives the event loop a turn every 50 ms of computing, so that heartbeats of the same process go on. */
export class Pacer {
  private since = performance.now();

  constructor(
    private readonly progress: Progress = () => undefined,
    private readonly signal?: AbortSignal,
  ) {}

  /** True when it is time for `await pause()`; cheap enough for an inner loop. */
  due(): boolean {
    return performance.now() - this.since > SLICE_MS;
  }

  /** Throws the signal's reason once it is aborted. */
  async pause(phase: string, fraction: number): Promise<void> {
    this.progress(phase, fraction);
    await setImmediate();
    this.signal?.throwIfAborted();
    this.since = performance.now();
  }
}
