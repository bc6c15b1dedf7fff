import type { ArticleCategory } from '@/graphql/generated/graphql';

/** Korean names, in the order of menus. */
export const CATEGORY_NAMES: Record<ArticleCategory, string> = {
  ECONOMY_AND_BUSINESS: '경제·기업',
  POLITICS_AND_SOCIETY: '정치·사회',
  TECHNOLOGY_AND_CULTURE: '기술·문화',
  SPORTS_AND_LEISURE: '스포츠·여가',
  OPINION_AND_ANALYSIS: '의견·분석',
};

export const CATEGORIES = Object.keys(CATEGORY_NAMES) as ArticleCategory[];

/** The category of a query string, if it is one. */
export function categoryOf(text: string | string[] | undefined): ArticleCategory | undefined {
  return CATEGORIES.find((category) => category === text);
}
