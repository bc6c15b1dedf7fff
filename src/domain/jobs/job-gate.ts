interface Waiting {
  alone: boolean;
  enter: () => void;
}

/** Lets work run side by side, or one alone, in the order of arrival. */
export class JobGate {
  private inside = 0;
  private closed = false;
  private readonly waiting: Waiting[] = [];

  /** Runs `work` when its turn has come: at once, unless somebody who runs alone is inside or waits before it. */
  async run<T>({ alone }: { alone: boolean }, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.waiting.push({ alone, enter });
      this.admit();
    });
    try {
      return await work();
    } finally {
      this.inside -= 1;
      this.closed = false;
      this.admit();
    }
  }

  private admit(): void {
    for (let next = this.waiting[0]; next; next = this.waiting[0]) {
      if (this.closed || (next.alone && this.inside > 0)) return;
      this.waiting.shift();
      this.inside += 1;
      this.closed = next.alone;
      next.enter();
    }
  }
}
