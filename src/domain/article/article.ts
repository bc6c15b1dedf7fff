import type { ArticleStatus } from '../../generated/prisma/client';
import type { ArticleCategory } from './category';
import type { FidelityReport } from './fidelity/check-fidelity';

/** A hard expression and what it means in easy words. Not an interface: only so does it fit Prisma's JSON. */
export type Phrase = { expression: string; easy: string };

/** An article with its publisher, as lists and pages show it. */
export interface Article {
  id: string;
  title: string;
  content: string;
  comment: string | null;
  category: ArticleCategory;
  phrases: Phrase[];
  publisher: Publisher;
  sourceUrl: string | null;
  imageUrl: string | null;
  publishedAt: Date;
  releasedAt: Date | null;
  viewCount: number;
  status: ArticleStatus;
  /** Null when there was no original to compare the text with. */
  fidelity: FidelityReport | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface Publisher {
  id: string;
  name: string;
  feedUrl: string | null;
  enabled: boolean;
}

/** What a list shows of an article; the rest, above all its content, is not read for lists that do not ask for it. */
export type ArticleCard = Pick<Article, (typeof ARTICLE_CARD_FIELDS)[number]> & {
  publisher: Pick<Publisher, (typeof PUBLISHER_CARD_FIELDS)[number]>;
};
export const ARTICLE_CARD_FIELDS = [
  'id', 'title', 'comment', 'category', 'imageUrl', 'publishedAt', 'releasedAt', 'viewCount',
] as const; // prettier-ignore
export const PUBLISHER_CARD_FIELDS = ['id', 'name'] as const;

export interface ArticleFilter {
  category?: ArticleCategory | null;
  publisherId?: string | null;
  releasedAfter?: Date | null;
  releasedBefore?: Date | null;
  status?: ArticleStatus | null;
  /** What readers type; null is no search. */
  search?: string | null;
}
