/** Lets one in at a time, in the order of asking. */
export class Turns {
  private last: Promise<void> = Promise.resolve();

  /** Resolves when the ones before are done; call what it gives when this one is. */
  async take(): Promise<() => void> {
    const before = this.last;
    let done!: () => void;
    this.last = new Promise((resolve) => (done = resolve));
    await before;
    return done;
  }
}
