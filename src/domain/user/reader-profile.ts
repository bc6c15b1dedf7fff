import { READER_TYPES, type ReaderType } from './questionnaire';

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
