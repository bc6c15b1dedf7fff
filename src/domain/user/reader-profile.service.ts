import type { Prisma } from '../../adapters/database/database';
import { AppError } from '../../errors';
import type { User } from '../../generated/prisma/client';
import type { Clock } from '../shared/clock';
import { pointsOf } from './questionnaire';
import { profileOf, type ReaderProfile } from './reader-profile';
import type { Viewer } from './viewer-guard';

export class ReaderProfileService {
  constructor(private readonly deps: { prisma: Prisma; clock: Clock }) {}

  /**
   * What the answers say; kept in place of earlier ones when signed in, and then with the user it is kept with.
   * Throws BAD_USER_INPUT naming the question.
   */
  async answer(
    viewer: Viewer | null,
    answers: readonly number[],
  ): Promise<{ profile: ReaderProfile; user: User | null }> {
    const points = pointsOf(answers);
    const answeredAt = this.deps.clock.now();
    const profile = profileOf(points, answeredAt);
    if (!viewer) return { profile, user: null };
    const [user] = await this.deps.prisma.user.updateManyAndReturn({
      where: { id: viewer.userId },
      data: { readerPoints: points, readerAnsweredAt: answeredAt },
    });
    if (!user) throw new AppError('UNAUTHENTICATED');
    return { profile, user };
  }
}
