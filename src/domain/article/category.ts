import { ArticleCategory } from '../../generated/prisma/enums';

export type { ArticleCategory };

/** The five shelves an article is put on, in the order of the public enum. */
export const ARTICLE_CATEGORIES = Object.values(ArticleCategory);

/** What readers know the shelves by. */
export const CATEGORY_NAMES: Record<ArticleCategory, string> = {
  ECONOMY_AND_BUSINESS: '경제·기업',
  POLITICS_AND_SOCIETY: '정치·사회',
  TECHNOLOGY_AND_CULTURE: '기술·문화',
  SPORTS_AND_LEISURE: '스포츠·여가',
  OPINION_AND_ANALYSIS: '의견·분석',
};
