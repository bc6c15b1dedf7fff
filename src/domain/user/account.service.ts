import type { Pool } from 'pg';
import type { Prisma } from '../../adapters/database/database';
import { AppError } from '../../errors';
import type { AnswerService } from '../answer/answer.service';
import { lockAdmins, requireAnotherAdmin } from './admins';
import { selectExportedEntries } from './export.sql';
import { mailboxKey } from '../shared/mail-address';
import { profileOfUser } from './reader-profile.service';
import { REMOVAL, removeUser } from './remove-user';
import type { UnlinkNoticeService } from './unlink-notice.service';
import type { UnlinkService } from './unlink.service';
import type { Viewer, ViewerGuard } from './viewer-guard';

/** A reader's account as a whole: what is kept of it, and its end. */
export class AccountService {
  constructor(
    private readonly deps: {
      prisma: Prisma;
      pool: Pool;
      guard: ViewerGuard;
      unlinks: UnlinkService;
      unlinkNotices: UnlinkNoticeService;
      answers: AnswerService;
    },
  ) {}

  /**
   * Deletes the caller with every session; what they wrote stays without a name. Kakao is told at once, or later by
   * the schedule when it is away. Throws CONFLICT for the last ADMIN.
   */
  async deleteOwn(viewer: Viewer): Promise<boolean> {
    const kakaoId = await this.deps.prisma.$transaction(async (tx) => {
      const user = await tx.user.findUnique({ where: { id: viewer.userId } });
      if (!user) throw new AppError('UNAUTHENTICATED');
      if (user.role === 'ADMIN') requireAnotherAdmin(await lockAdmins(tx), user.id);
      await removeUser(tx, user, 'user.delete');
      await tx.pendingUnlink.upsert({
        where: { kakaoId: user.kakaoId },
        create: { kakaoId: user.kakaoId },
        update: {},
      });
      return user.kakaoId;
    }, REMOVAL);
    await this.deps.guard.forgetUser(viewer.userId);
    await this.deps.unlinks.tryNow(kakaoId);
    return true;
  }

  /** Carries out what Kakao's webhook told and `UnlinkNoticeService` keeps. */
  async deleteUnlinked(kakaoId: string): Promise<void> {
    const userId = await this.deps.unlinkNotices.carryOut(kakaoId);
    if (userId !== null) await this.deps.guard.forgetUser(userId);
  }

  /**
   * What is kept about the caller; dates in RFC 3339. Hashes and tokens are not about the person and stay. Of what was done
   * the newest, and unless `complete` more behind `endCursor`. Throws BAD_USER_INPUT naming `after`.
   */
  async exportOf(viewer: Viewer, after: string | null): Promise<object> {
    const { prisma, pool } = this.deps;
    const user = await prisma.user.findUnique({
      where: { id: viewer.userId },
      select: {
        id: true,
        kakaoId: true,
        name: true,
        profileImageUrl: true,
        email: true,
        role: true,
        createdAt: true,
        updatedAt: true,
        lastLoginAt: true,
        readerPoints: true,
        readerAnsweredAt: true,
      },
    });
    if (!user) throw new AppError('UNAUTHENTICATED');
    const { readerPoints, readerAnsweredAt, ...profile } = user;
    const readerProfile = profileOfUser({ readerPoints, readerAnsweredAt });
    const mailbox = user.email === null ? null : mailboxKey(user.email);
    const { complete, endCursor, ...entries } = await selectExportedEntries(pool, {
      userId: user.id,
      mailbox,
      after,
    });
    const shown = await this.deps.answers.shownOf(entries.answers);
    const answers = entries.answers.map((answer) => ({ ...answer, ...shown.get(answer.id) }));
    return { complete, endCursor, profile, readerProfile, ...entries, answers };
  }
}
