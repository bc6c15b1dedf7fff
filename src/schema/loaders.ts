import DataLoader from 'dataloader';
import type { Services } from '../context';
import type { Article } from '../domain/article/article';
import type { ArticleOriginal, ArticleRevision, Session, User } from '../generated/prisma/client';

/** Batched look-ups of one request. */
export interface Loaders {
  user: DataLoader<string, User | null>;
  article: DataLoader<string, Article | null>;
  original: DataLoader<string, ArticleOriginal | null>;
  revisions: DataLoader<string, ArticleRevision[]>;
  sessions: DataLoader<string, Session[]>;
}

export function createLoaders({ articles, sessions, users }: Services): Loaders {
  return {
    user: one((ids) => users.byIds(ids), (user) => user.id),
    article: one((ids) => articles.byIds(ids), (article) => article.id),
    original: one((ids) => articles.originalsOf(ids), (original) => original.articleId),
    revisions: many((ids) => articles.revisionsOf(ids)),
    sessions: many((ids) => sessions.activeOf(ids)),
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
