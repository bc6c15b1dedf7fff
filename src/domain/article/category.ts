/** The five shelves an article is put on, in the order of the public enum. */
export const ARTICLE_CATEGORIES = [
  'ECONOMY_AND_BUSINESS',
  'POLITICS_AND_SOCIETY',
  'TECHNOLOGY_AND_CULTURE',
  'SPORTS_AND_LEISURE',
  'OPINION_AND_ANALYSIS',
] as const;

export type ArticleCategory = (typeof ARTICLE_CATEGORIES)[number];
