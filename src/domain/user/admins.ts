import type { Prisma, Transaction } from '../../adapters/database/database';
import { AppError } from '../../errors';
import type { User } from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';

/** Makes a Kakao user ADMIN from the command line, also before the first login. */
export async function grantAdmin(prisma: Prisma, kakaoId: string, now: Date): Promise<User> {
  return prisma.$transaction(async (tx) => {
    const before = await tx.user.findUnique({ where: { kakaoId } });
    if (before?.role === 'ADMIN' && before.roleSetAt !== null) return before;
    const role = { role: 'ADMIN' as const, roleSetAt: now };
    const user = await tx.user.upsert({
      where: { kakaoId },
      create: { kakaoId, name: '첫 로그인 전', ...role },
      update: role,
    });
    await audit(tx, null, 'user.role', { type: 'User', id: user.id }, { to: 'ADMIN', by: 'command line' });
    return user;
  });
}

/** Makes an ADMIN a USER from the command line. Throws when nobody has that id as ADMIN, and CONFLICT for the last one. */
export async function revokeAdmin(prisma: Prisma, kakaoId: string, now: Date): Promise<User> {
  return prisma.$transaction(async (tx) => {
    const admins = await lockAdmins(tx);
    const user = await tx.user.findUnique({ where: { kakaoId } });
    if (user?.role !== 'ADMIN') throw new Error(`Kakao ${kakaoId} is no ADMIN.`);
    requireAnotherAdmin(admins, user.id);
    const details = { from: 'ADMIN', to: 'USER', by: 'command line' };
    await audit(tx, null, 'user.role', { type: 'User', id: user.id }, details);
    return tx.user.update({ where: { id: user.id }, data: { role: 'USER', roleSetAt: now } });
  });
}

/** The ADMINs, after whoever else changes them: two changes that each leave one wait for each other. */
export async function lockAdmins(tx: Transaction): Promise<string[]> {
  // Not their rows: whatever an admin writes refers to these, and locks of both would deadlock.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('admins'))`;
  // Who never signed in cannot look after anything, and may be a mistyped id of the command line.
  const rows = await tx.user.findMany({
    where: { role: 'ADMIN', lastLoginAt: { not: null } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Throws CONFLICT when `userId` is the only one of `admins`. */
export function requireAnotherAdmin(admins: readonly string[], userId: string): void {
  if (admins.length === 1 && admins[0] === userId)
    throw new AppError('CONFLICT', { detail: { ko: '마지막 관리자입니다.', en: 'This is the last admin.' } });
}
