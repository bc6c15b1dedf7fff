import type { Prisma, Transaction } from '../../adapters/database/database';
import type { Logger } from '../../logger';
import type { Clock } from '../shared/clock';
import { lockAdmins } from './admins';
import { REMOVAL, removeUser } from './remove-user';

const MAX_A_RUN = 100;

export interface UnlinkNotice {
  kakaoId: string;
  receivedAt: Date;
}

/** Kakao told that its user has ended the link: the account here goes, and a row stays until it has. */
export class UnlinkNoticeService {
  constructor(private readonly deps: { prisma: Prisma; clock: Clock; logger: Logger }) {}

  received(kakaoId: string): UnlinkNotice {
    return { kakaoId, receivedAt: this.deps.clock.now() };
  }

  /** From then on the notice is carried out, whatever becomes of this process. */
  async keep(notice: UnlinkNotice): Promise<void> {
    await this.deps.prisma.unlinkNotice.createMany({ data: [notice], skipDuplicates: true });
  }

  /** Carries a kept notice out, unless that was done. Returns the id of the user who is gone by it, or null. */
  async carryOut(kakaoId: string): Promise<string | null> {
    const { prisma, logger } = this.deps;
    const removed = await prisma.$transaction((tx) => removeUnlinked(tx, kakaoId), REMOVAL);
    logger.info({ deleted: removed !== null }, 'Kakao told that a user has unlinked');
    if (removed?.wasLastAdmin) logger.warn('the last admin has left: make another one with npm run admin');
    return removed?.id ?? null;
  }

  /** Carries out at most 100 notices that are due: those whose gateway could not, or has ended since. */
  async carryOutDue(signal: AbortSignal): Promise<void> {
    const { prisma, logger } = this.deps;
    const due = await prisma.$queryRaw<{ kakaoId: string; attempts: number }[]>`
      UPDATE "UnlinkNotice" SET attempts = attempts + 1,
        "nextAttemptAt" = statement_timestamp() + LEAST(interval '1 minute' * 2 ^ LEAST(attempts, 20), interval '6 hours')
      WHERE "kakaoId" IN (SELECT "kakaoId" FROM "UnlinkNotice" WHERE "nextAttemptAt" <= statement_timestamp()
                          ORDER BY "nextAttemptAt" LIMIT ${MAX_A_RUN} FOR UPDATE SKIP LOCKED)
      RETURNING "kakaoId", attempts`;
    for (const { kakaoId, attempts } of due) {
      if (signal.aborted) return;
      await this.carryOut(kakaoId).catch((error: unknown) =>
        logger.error({ error, attempts }, 'an unlink notice is not carried out yet; it will be tried again'),
      );
    }
  }
}

/**
 * Removes the account that a kept notice is about, even a last ADMIN's: the person has left at Kakao. An account that
 * somebody signed in to after the notice came stays: whoever comes back has agreed again.
 */
export async function removeUnlinked(
  tx: Transaction,
  kakaoId: string,
): Promise<{ id: string; wasLastAdmin: boolean } | null> {
  // Deleted first: of two that carry the same notice out, one waits here and then finds none.
  const [notice] = await tx.$queryRaw<{ receivedAt: Date }[]>`
    DELETE FROM "UnlinkNotice" WHERE "kakaoId" = ${kakaoId} RETURNING "receivedAt"`;
  if (!notice) return null;
  const user = await tx.user.findUnique({ where: { kakaoId } });
  if (!user || (user.lastLoginAt !== null && user.lastLoginAt > notice.receivedAt)) return null;
  const admins = user.role === 'ADMIN' ? await lockAdmins(tx) : [];
  await removeUser(tx, user, 'user.unlink');
  return { id: user.id, wasLastAdmin: admins.length === 1 && admins[0] === user.id };
}
