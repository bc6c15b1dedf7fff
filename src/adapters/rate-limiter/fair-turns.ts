import { LRUCache } from 'lru-cache';
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
/** For so long after its first an address is asked how many turns it had. */
const LATELY_MS = 10_000;
const MAX_REMEMBERED = 10_000;

interface Waiting {
  asker: Asker;
  askedAt: number;
  begin: () => void;
  refuse: (reason: AppError) => void;
}

/**
 * Work that costs much is done a few at a time, and none of it takes the turns of all: who has least under way is next, of
 * equals who had the fewest turns lately.
 */
export class FairTurns {
  private waiting: Waiting[] = [];
  private readonly running = new Map<string, number>();
  private readonly lately = new LRUCache<string, number>({
    max: MAX_REMEMBERED,
    ttl: LATELY_MS,
    noUpdateTTL: true,
  });
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
    if (!this.hasRoomFor(address)) throw this.refusal(address);
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

  /** When all places are taken, whoever came last of the address that has the most of them makes room for one with fewer. */
  private hasRoomFor(address: string): boolean {
    const waitingOf = new Map<string, number>();
    for (const { asker } of this.waiting)
      waitingOf.set(asker.address, (waitingOf.get(asker.address) ?? 0) + 1);
    const own = waitingOf.get(address) ?? 0;
    if (own >= MAX_WAITING_OF_ONE) return false;
    if (this.waiting.length < MAX_WAITING) return true;
    const most = Math.max(...waitingOf.values());
    if (most <= own + 1) return false;
    const last = this.waiting.findLast(({ asker }) => waitingOf.get(asker.address) === most)!;
    this.waiting.splice(this.waiting.indexOf(last), 1);
    last.refuse(this.refusal(last.asker.address));
    return true;
  }

  private next(): void {
    this.dropLate();
    while (this.free > 0) {
      const chosen = this.mostEntitled();
      if (!chosen) return;
      this.waiting.splice(this.waiting.indexOf(chosen), 1);
      this.free--;
      const { address } = chosen.asker;
      this.countRunning(address, 1);
      this.lately.set(address, this.latelyOf(address) + 1);
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

  /** The one with the least under way, of equals the one with the fewest turns lately, of these the first. */
  private mostEntitled(): Waiting | undefined {
    let best: { one: Waiting; running: number; lately: number } | undefined;
    for (const one of this.waiting) {
      const running = this.runningOf(one.asker.address);
      const lately = this.latelyOf(one.asker.address);
      if (running >= this.options.atOnceOfOne) continue;
      if (!best || running < best.running || (running === best.running && lately < best.lately))
        best = { one, running, lately };
    }
    return best?.one;
  }

  private latelyOf(address: string): number {
    return this.lately.get(address) ?? 0;
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
