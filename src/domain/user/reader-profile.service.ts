import type { Prisma } from '../../adapters/database/database';
import { AppError } from '../../errors';
import type { User } from '../../generated/prisma/client';
import type { Clock } from '../shared/clock';
import { pointsOf, READER_TYPES, type ReaderType } from './questionnaire';
import type { Viewer } from './viewer-guard';

/** What the questionnaire says about a reader. */
export interface ReaderProfile {
  type: ReaderType;
  /** All five, in the order of READER_TYPES. */
  weights: ReaderTypeWeight[];
  answeredAt: Date | null;
}

export interface ReaderTypeWeight {
  type: ReaderType;
  points: number;
  /** Of all points; 0 when there are none. */
  percent: number;
}

/** Who has no points at all, as the service has always called them. */
const WITHOUT_POINTS: ReaderType = 'LIFESTYLE_CONSUMER';

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

/** Points in the order of READER_TYPES as a profile; a tie goes to the earlier type. */
export function profileOf(points: readonly number[], answeredAt: Date | null): ReaderProfile {
  const total = points.reduce((sum, each) => sum + each, 0);
  const weights = READER_TYPES.map((type, index) => {
    const own = points[index] ?? 0;
    return { type, points: own, percent: total === 0 ? 0 : (own / total) * 100 };
  });
  const type = total === 0 ? WITHOUT_POINTS : READER_TYPES[points.indexOf(Math.max(...points))]!;
  return { type, weights, answeredAt };
}

/** The profile kept with a user, or null until the questionnaire is answered. */
export function profileOfUser({
  readerPoints,
  readerAnsweredAt,
}: {
  readerPoints: number[];
  readerAnsweredAt: Date | null;
}): ReaderProfile | null {
  return readerPoints.length === 0 ? null : profileOf(readerPoints, readerAnsweredAt);
}
