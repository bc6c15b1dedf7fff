import type { Prisma } from '../../adapters/database/database';
import type { KakaoClient } from '../../adapters/kakao/kakao-client';
import type { Logger } from '../../logger';
import type { Clock } from '../shared/clock';

const MAX_A_RUN = 100;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 3600_000;

/** Ends the links at Kakao of accounts that were deleted here; a row stays until Kakao has confirmed. */
export class UnlinkService {
  constructor(private readonly deps: { prisma: Prisma; kakao: KakaoClient; clock: Clock; logger: Logger }) {}

  /** One attempt for an account that was deleted; a failure is left to `retryDue`. */
  async tryNow(kakaoId: string): Promise<void> {
    const { prisma, kakao, logger } = this.deps;
    try {
      // Whoever has signed in again since has taken it back.
      if ((await prisma.pendingUnlink.count({ where: { kakaoId } })) === 0) return;
      await kakao.unlink(kakaoId);
      await prisma.pendingUnlink.deleteMany({ where: { kakaoId } });
    } catch (error) {
      logger.warn({ error }, 'a deleted account is not unlinked at Kakao yet; it will be tried again');
    }
  }

  /** Sends at most 100 unlinks that are due, each claimed by moving its next attempt ahead. */
  async retryDue(signal: AbortSignal): Promise<void> {
    const { prisma, clock } = this.deps;
    const now = clock.now();
    const due = await prisma.pendingUnlink.findMany({
      where: { nextAttemptAt: { lte: now } },
      orderBy: { nextAttemptAt: 'asc' },
      take: MAX_A_RUN,
    });
    for (const { kakaoId, attempts, nextAttemptAt } of due) {
      if (signal.aborted) return;
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts, 20), LONGEST_PAUSE_MS);
      const claimed = await prisma.pendingUnlink.updateMany({
        where: { kakaoId, nextAttemptAt },
        data: { attempts: { increment: 1 }, nextAttemptAt: new Date(now.getTime() + pause) },
      });
      if (claimed.count > 0) await this.tryNow(kakaoId);
    }
  }
}
