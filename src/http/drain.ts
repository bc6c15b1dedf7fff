import type { IncomingMessage } from 'node:http';
import { setImmediate as afterPolling, setTimeout as delay } from 'node:timers/promises';

/** How long nothing may come before connections are closed. */
const QUIET_MS = 500;
const MAX_EXTRA_MS = 8_000;
const LOOK_MS = 50;

/**
 * The time between failing readiness and closing connections. It lasts `seconds`, and longer while a load balancer
 * that has not noticed still sends: a connection closed under its request is a failed request. 0 ends it at once.
 */
export class Drain {
  begun = false;
  private lastRequestAt = -Infinity;

  constructor(private readonly seconds: number) {}

  /** To be called with every request; health probes do not count. */
  noteRequest({ url }: IncomingMessage): void {
    if (!url!.startsWith('/health/')) this.lastRequestAt = performance.now();
  }

  async run(): Promise<void> {
    this.begun = true;
    if (this.seconds === 0) return;
    await delay(this.seconds * 1000);
    const giveUpAt = performance.now() + MAX_EXTRA_MS;
    for (;;) {
      // What has arrived meanwhile is read before the clock is: a busy process looks quiet otherwise.
      await afterPolling();
      const now = performance.now();
      if (now - this.lastRequestAt >= QUIET_MS || now >= giveUpAt) return;
      await delay(LOOK_MS);
    }
  }
}
