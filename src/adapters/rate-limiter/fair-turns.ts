import { AppError } from '../../errors';

/** Who asked for a piece of work. */
export interface Asker {
  /** As limits count it. */
  address: string;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}

export interface FairTurnsOptions {
  atOnce: number;
  /** Of one address. */
  atOnceOfOne: number;
  /** Longer than this nobody waits for a turn. */
  longestWaitMs: number;
}

/** More could not have their turn in time. */
const MAX_WAITING = 200;
const MAX_WAITING_OF_ONE = 50;

interface Waiting {
  asker: Asker;
  askedAt: number;
  begin: () => void;
  refuse: (reason: AppError) => void;
}

/** Work that costs much is done a few at a time, and none of it takes the turns of all: who has least under way is next. */
export class FairTurns {
  private waiting: Waiting[] = [];
  private readonly running = new Map<string, number>();
  private free: number;

  constructor(private readonly options: FairTurnsOptions) {
    this.free = options.atOnce;
  }

  /**
   * Resolves when it is the asker's turn, with what gives the turn back. When the turn does not come soon, too many wait
   * for it, or nobody waits for the answer any more, throws RATE_LIMITED if the address itself has the most it may have
   * under way, else UPSTREAM_UNAVAILABLE.
   */
  async take(asker: Asker): Promise<() => void> {
    const { address } = asker;
    if (this.isFull(address)) throw this.refusal(address);
    await new Promise<void>((begin, refuse) => {
      this.waiting.push({ asker, askedAt: performance.now(), begin, refuse });
      this.next();
    });
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.free++;
      this.countRunning(address, -1);
      this.next();
    };
  }

  async run<T>(asker: Asker, work: () => Promise<T>): Promise<T> {
    const giveBack = await this.take(asker);
    try {
      return await work();
    } finally {
      giveBack();
    }
  }

  private isFull(address: string): boolean {
    if (this.waiting.length >= MAX_WAITING) return true;
    return this.waiting.filter(({ asker }) => asker.address === address).length >= MAX_WAITING_OF_ONE;
  }

  private next(): void {
    this.dropLate();
    while (this.free > 0) {
      const chosen = this.mostEntitled();
      if (!chosen) return;
      this.waiting.splice(this.waiting.indexOf(chosen), 1);
      this.free--;
      this.countRunning(chosen.asker.address, 1);
      chosen.begin();
    }
  }

  private dropLate(): void {
    const now = performance.now();
    this.waiting = this.waiting.filter(({ asker, askedAt, refuse }) => {
      const isLate = asker.signal.aborted || now - askedAt > this.options.longestWaitMs;
      if (isLate) refuse(this.refusal(asker.address));
      return !isLate;
    });
  }

  private refusal(address: string): AppError {
    const isItsOwnFault = this.runningOf(address) >= this.options.atOnceOfOne;
    return isItsOwnFault
      ? new AppError('RATE_LIMITED', { retryAfterSeconds: 1 })
      : new AppError('UPSTREAM_UNAVAILABLE');
  }

  /** The one with the least under way, of equals the first. */
  private mostEntitled(): Waiting | undefined {
    let best: Waiting | undefined;
    for (const one of this.waiting) {
      const running = this.runningOf(one.asker.address);
      if (running < this.options.atOnceOfOne && (!best || running < this.runningOf(best.asker.address)))
        best = one;
    }
    return best;
  }

  private runningOf(address: string): number {
    return this.running.get(address) ?? 0;
  }

  private countRunning(address: string, by: number): void {
    const running = this.runningOf(address) + by;
    if (running > 0) this.running.set(address, running);
    else this.running.delete(address);
  }
}
