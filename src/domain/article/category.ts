import { ArticleCategory } from '../../generated/prisma/enums';

export type { ArticleCategory };

/** The five shelves an article is put on, in the order of the public enum. */
export const ARTICLE_CATEGORIES = Object.values(ArticleCategory);
