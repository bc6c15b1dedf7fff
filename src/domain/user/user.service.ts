import type { Prisma } from '../../adapters/database/database';
import { AppError } from '../../errors';
import type { Role, User } from '../../generated/prisma/client';
import { isVisible } from '../../visible-text';
import { audit } from '../audit/audit.service';
import type { Clock } from '../shared/clock';
import { pageByCreation, requireId, type Page, type PageRequest } from '../shared/paging';
import { requireLine } from '../shared/text';
import { lockAdmins, requireAnotherAdmin } from './admins';
import type { Viewer, ViewerGuard } from './viewer-guard';

const MAX_SEARCH = 100;

export class UserService {
  constructor(private readonly deps: { prisma: Prisma; guard: ViewerGuard; clock: Clock }) {}

  async byIds(ids: readonly string[]): Promise<User[]> {
    return this.deps.prisma.user.findMany({ where: { id: { in: [...ids] } } });
  }

  async me(viewer: Viewer): Promise<User> {
    const user = await this.deps.prisma.user.findUnique({ where: { id: viewer.userId } });
    if (!user) throw new AppError('UNAUTHENTICATED');
    return user;
  }

  /** Newest first; `search` is a part of a name or e-mail address. */
  async list(request: PageRequest & { search?: string | null }): Promise<Page<User>> {
    const typed = request.search ?? '';
    const search = isVisible(typed) ? requireLine('search', typed, MAX_SEARCH) : '';
    // Prisma hands the wildcards of LIKE through.
    const part = { contains: search.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const };
    const where = search ? { AND: [{ OR: [{ name: part }, { email: part }] }] } : {};
    return pageByCreation(this.deps.prisma.user, where, request);
  }

  /** Throws NOT_FOUND, or CONFLICT when nobody would be ADMIN any more. */
  async setRole(viewer: Viewer, id: string, role: Role): Promise<User> {
    const userId = requireId('id', id);
    const user = await this.deps.prisma.$transaction(async (tx) => {
      const admins = await lockAdmins(tx);
      const [before] = await tx.$queryRaw<Pick<User, 'role' | 'roleSetAt'>[]>`
        SELECT role::text, "roleSetAt" FROM "User" WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
      if (!before) throw new AppError('NOT_FOUND');
      // The first decision counts even when it confirms: from then on the configuration has no say.
      if (before.role === role && before.roleSetAt !== null)
        return tx.user.findUniqueOrThrow({ where: { id: userId } });
      if (role !== 'ADMIN') requireAnotherAdmin(admins, userId);
      const details = { from: before.role, to: role };
      await audit(tx, viewer.userId, 'user.role', { type: 'User', id: userId }, details);
      return tx.user.update({ where: { id: userId }, data: { role, roleSetAt: this.deps.clock.now() } });
    });
    await this.deps.guard.forgetUser(userId);
    return user;
  }
}
