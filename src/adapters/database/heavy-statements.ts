import pLimit from 'p-limit';
import { AppError } from '../../errors';

/** Short enough that with the statement's own two seconds everybody is answered within three. */
const LONGEST_WAIT_MS = 900;
/** More could not have their turn in that time. */
const MAX_WAITING = 200;

/** Statements that cost the database much run a few at a time, so that connections are left for everybody else. */
export class HeavyStatements {
  private readonly turn: pLimit.Limit;

  constructor(connections: number) {
    this.turn = pLimit(Math.max(1, Math.floor(connections / 4)));
  }

  /** Throws UPSTREAM_UNAVAILABLE, which may be tried again, when the turn does not come soon or too many wait for it. */
  async run<T>(statement: () => Promise<T>): Promise<T> {
    if (this.turn.pendingCount >= MAX_WAITING) throw new AppError('UPSTREAM_UNAVAILABLE');
    const askedAt = performance.now();
    return this.turn(() => {
      if (performance.now() - askedAt > LONGEST_WAIT_MS) throw new AppError('UPSTREAM_UNAVAILABLE');
      return statement();
    });
  }
}
