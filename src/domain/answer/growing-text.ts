import { setTimeout as delay } from 'node:timers/promises';

/** At most ten writes a second. */
const PAUSE_MS = 100;

/** Writes a text while it grows: one write at a time, each of what is newest then. */
export class GrowingText {
  private newest: string | null = null;
  private writing: Promise<void> | null = null;
  private readonly ended = new AbortController();

  /** `write` must not throw. */
  constructor(private readonly write: (text: string) => Promise<void>) {}

  /** The first text is written at once. */
  note(text: string): void {
    this.newest = text;
    this.writing ??= this.writeOn();
  }

  /** Nothing is written any more once this resolves. */
  async end(): Promise<void> {
    this.ended.abort();
    await this.writing;
  }

  private async writeOn(): Promise<void> {
    while (this.newest !== null && !this.ended.signal.aborted) {
      const text = this.newest;
      this.newest = null;
      await this.write(text);
      await delay(PAUSE_MS, undefined, { signal: this.ended.signal }).catch(() => {});
    }
    this.writing = null;
  }
}
