import type { Prisma } from '../../adapters/database/database';
import type { User } from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';

/** Makes a Kakao user ADMIN from the command line, also before the first login. */
export async function grantAdmin(prisma: Prisma, kakaoId: string, now: Date): Promise<User> {
  return prisma.$transaction(async (tx) => {
    const role = { role: 'ADMIN' as const, roleSetAt: now };
    const user = await tx.user.upsert({
      where: { kakaoId },
      create: { kakaoId, name: '첫 로그인 전', ...role },
      update: role,
    });
    await audit(tx, {
      actorId: null,
      action: 'user.role',
      targetType: 'User',
      targetId: user.id,
      details: { to: 'ADMIN', by: 'command line' },
    });
    return user;
  });
}
