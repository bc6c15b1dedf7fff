import DataLoader from 'dataloader';
import type { Services } from '../context/gateway';
import type { Article } from '../domain/article/article';
import type { ArticleOriginal, ArticleRevision, Session, User } from '../generated/prisma/client';

/** Batched look-ups of one request. */
export interface Loaders {
  user: DataLoader<string, User | null>;
  /** For public types: drafts and hidden articles are none. */
  publishedArticle: DataLoader<string, Article | null>;
  /** Only for types that ADMIN alone may read. */
  articleOfAnyStatus: DataLoader<string, Article | null>;
  original: DataLoader<string, ArticleOriginal | null>;
  revisions: DataLoader<string, ArticleRevision[]>;
  sessions: DataLoader<string, Session[]>;
  recentArticles: DataLoader<ListKey, Article[], string>;
  similarArticles: DataLoader<ListKey, Article[], string>;
}

/** The first so many items of somebody's or something's list. */
export interface ListKey {
  id: string;
  first: number;
}

export function createLoaders({ articles, readingLists, sessions, users }: Services): Loaders {
  return {
    user: one((ids) => users.byIds(ids), (user) => user.id),
    publishedArticle: one((ids) => articles.publishedByIds(ids), (article) => article.id),
    articleOfAnyStatus: one((ids) => articles.byIds(ids), (article) => article.id),
    original: one((ids) => articles.originalsOf(ids), (original) => original.articleId),
    revisions: many((ids) => articles.revisionsOf(ids)),
    sessions: many((ids) => sessions.activeOf(ids)),
    similarArticles: firstOf((ids, first) => articles.similarTo(ids, first)),
    recentArticles: firstOf((ids, first) => readingLists.recentOf(ids, first)),
  }; // prettier-ignore
}

function one<T>(
  load: (ids: readonly string[]) => Promise<T[]>,
  idOf: (item: T) => string,
): DataLoader<string, T | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await load(ids)).map((item) => [idOf(item), item]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

function many<T>(load: (ids: readonly string[]) => Promise<Map<string, T[]>>): DataLoader<string, T[]> {
  return new DataLoader(async (ids) => {
    const found = await load(ids);
    return ids.map((id) => found.get(id) ?? []);
  });
}

/** Loads the longest of the lists that are asked for at once, for all; shorter ones are its beginning. */
function firstOf<T>(
  load: (ids: readonly string[], first: number) => Promise<Map<string, T[]>>,
): DataLoader<ListKey, T[], string> {
  return new DataLoader(
    async (keys) => {
      const ids = [...new Set(keys.map(({ id }) => id))];
      const found = await load(ids, Math.max(...keys.map(({ first }) => first)));
      return keys.map(({ id, first }) => (found.get(id) ?? []).slice(0, first));
    },
    { cacheKeyFn: ({ id, first }) => `${first} ${id}` },
  );
}
