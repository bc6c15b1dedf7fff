import type { Prisma } from '../../adapters/database/database';
import { AppError } from '../../errors';
import { lockAdmins, requireAnotherAdmin } from './admins';
import { profileOfUser } from './reader-profile.service';
import { REMOVAL, removeUser } from './remove-user';
import type { UnlinkNoticeService } from './unlink-notice.service';
import type { UnlinkService } from './unlink.service';
import type { Viewer, ViewerGuard } from './viewer-guard';

/** Newest entries of each kind in an export: what one person can have made, and no more than an answer can hold. */
const MAX_EXPORTED = 1_000;
/** The same of what a reader does dozens of times a day. */
const MAX_EXPORTED_READING = 10_000;

/** A reader's account as a whole: what is kept of it, and its end. */
export class AccountService {
  constructor(
    private readonly deps: {
      prisma: Prisma;
      guard: ViewerGuard;
      unlinks: UnlinkService;
      unlinkNotices: UnlinkNoticeService;
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

  /** Everything kept about the caller; dates in RFC 3339. Hashes and tokens are not about the person and stay. */
  async exportOf(viewer: Viewer): Promise<object> {
    const newest = { orderBy: { createdAt: 'desc' }, take: MAX_EXPORTED } as const;
    const user = await this.deps.prisma.user.findUnique({
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
        sessions: {
          ...newest,
          select: {
            id: true,
            userAgent: true,
            createdAt: true,
            lastUsedAt: true,
            expiresAt: true,
            revokedAt: true,
          },
        },
        jobs: {
          ...newest,
          select: { id: true, kind: true, status: true, sourceUrl: true, articleId: true, createdAt: true },
        },
        revisions: { ...newest, select: { id: true, articleId: true, title: true, createdAt: true } },
        views: {
          orderBy: { lastViewedAt: 'desc' },
          take: MAX_EXPORTED_READING,
          select: { articleId: true, dwellSeconds: true, firstViewedAt: true, lastViewedAt: true },
        },
        impressions: {
          orderBy: { shownAt: 'desc' },
          take: MAX_EXPORTED_READING,
          select: { articleId: true, surface: true, shownAt: true },
        },
      },
    });
    if (!user) throw new AppError('UNAUTHENTICATED');
    const auditEntries = await this.deps.prisma.auditEntry.findMany({
      ...newest,
      where: { OR: [{ actorId: user.id }, { targetType: 'User', targetId: user.id }] },
      select: { action: true, targetType: true, targetId: true, details: true, createdAt: true },
    });
    const { sessions, jobs, revisions, views, impressions, readerPoints, readerAnsweredAt, ...profile } =
      user;
    const readerProfile = profileOfUser({ readerPoints, readerAnsweredAt });
    const exported = { profile, readerProfile, sessions, jobs, revisions, views, impressions, auditEntries };
    return JSON.parse(JSON.stringify(exported)) as object;
  }
}
