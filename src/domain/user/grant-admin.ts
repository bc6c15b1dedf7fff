import type { Prisma } from '../../adapters/database/database';
import type { User } from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';
import { lockAdmins, requireAnotherAdmin } from './last-admin';

/** Makes a Kakao user ADMIN from the command line, also before the first login. */
export async function grantAdmin(prisma: Prisma, kakaoId: string, now: Date): Promise<User> {
  return prisma.$transaction(async (tx) => {
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
