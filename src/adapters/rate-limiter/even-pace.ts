import { setTimeout as delay } from 'node:timers/promises';

/** Turns of this process, evenly spaced: what is late does not catch up. */
export class EvenPace {
  private readonly intervalMs: number;
  private nextAt = 0;

  /** @param perMinute 0 for no limit */
  constructor(perMinute: number) {
    this.intervalMs = perMinute > 0 ? 60_000 / perMinute : 0;
  }

  /** Takes the next turn; returns how long it is until then. */
  waitMs(now = performance.now()): number {
    const at = Math.max(now, this.nextAt);
    this.nextAt = at + this.intervalMs;
    return at - now;
  }

  async turn(): Promise<void> {
    const waitMs = this.waitMs();
    if (waitMs > 0) await delay(waitMs);
  }
}
