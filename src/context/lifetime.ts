/** What a process has opened: closed in reverse, each of it even when another one fails to close. */
export class Lifetime {
  private readonly closers: (() => Promise<unknown> | void)[] = [];

  /** Called in the end, or when the rest of the start fails. */
  onClose(close: () => Promise<unknown> | void): void {
    this.closers.push(close);
  }

  /** Throws the first failure, after everything was tried. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.closers.splice(0).reverse())
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    if (failures.length > 0) throw failures[0];
  }
}
