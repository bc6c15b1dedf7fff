import type { ArticleCategory } from '../../article/category';
import { READER_TYPES, type ReaderType } from '../../user/questionnaire';

export const READER_TYPE_NAMES: Record<ReaderType, string> = {
  ISSUE_FINDER: '이슈파인더',
  LIFESTYLE_CONSUMER: '라이프스타일소비자',
  ENTERTAINER: '엔터테이너',
  TECH_SPECIALIST: '테크전문가',
  PROFESSIONAL: '전문가',
};

/** What a type is taken to like before anybody of that type has read anything; shares of the categories. */
export const EXPECTED_CATEGORY_SHARES: Record<ReaderType, Partial<Record<ArticleCategory, number>>> = {
  ISSUE_FINDER: { POLITICS_AND_SOCIETY: 0.5, ECONOMY_AND_BUSINESS: 0.35 },
  LIFESTYLE_CONSUMER: { SPORTS_AND_LEISURE: 0.45, ECONOMY_AND_BUSINESS: 0.25, POLITICS_AND_SOCIETY: 0.2 },
  ENTERTAINER: { SPORTS_AND_LEISURE: 0.5, TECHNOLOGY_AND_CULTURE: 0.35 },
  TECH_SPECIALIST: { TECHNOLOGY_AND_CULTURE: 0.7, ECONOMY_AND_BUSINESS: 0.15 },
  PROFESSIONAL: { ECONOMY_AND_BUSINESS: 0.45, OPINION_AND_ANALYSIS: 0.4 },
};

/** Points as shares that add up to 1; null when there are none. */
export function typeShares(points: ArrayLike<number> | null): Float32Array | null {
  if (points === null) return null;
  const shares = Float32Array.from({ length: READER_TYPES.length }, (_, type) =>
    Math.max(points[type] ?? 0, 0),
  );
  const sum = shares.reduce((total, share) => total + share, 0);
  return sum > 0 ? shares.map((share) => share / sum) : null;
}
