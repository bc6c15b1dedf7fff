import DataLoader from 'dataloader';
import type { Asker } from '../adapters/rate-limiter/fair-turns';
import type { Services } from '../context/gateway';
import type { Answer } from '../generated/prisma/client';

export type Loaders = ReturnType<typeof createLoaders>;

/** Batched look-ups of one request. */
export function createLoaders(
  { answers, articles, collectionJobs, datasets, glossary, insights, sessions, users, views }: Services,
  asker: Asker,
) {
  return {
    user: one((ids) => users.byIds(ids), (user) => user.id),
    /** For public types: drafts and hidden articles are none. */
    publishedArticle: one((ids) => articles.publishedByIds(ids), (article) => article.id),
    /** Only for types that ADMIN alone may read. */
    articleOfAnyStatus: one((ids) => articles.byIds(ids), (article) => article.id),
    /** Only for types that ADMIN alone may read. */
    insightOfAnyStatus: one((ids) => insights.byIds(ids), (insight) => insight.id),
    insightChart: one((ids) => insights.chartsOf(ids), (insight) => insight.id),
    dataset: one(() => datasets.listWithImported(), (dataset) => dataset.id),
    original: one((ids) => articles.originalsOf(ids), (original) => original.articleId),
    revisions: many((ids) => articles.revisionsOf(ids)),
    shownAnswer: new DataLoader(async (asked: readonly Answer[]) => {
      const found = await answers.shownOf(asked);
      return asked.map(({ id }) => found.get(id)!);
    }),
    relatedDocuments: many((ids) => articles.relatedOf(ids)),
    feedReports: many((ids) => collectionJobs.reportsOf(ids)),
    sessions: many((ids) => sessions.activeOf(ids)),
    similarArticles: firstOf((ids, first) => articles.similarTo(asker, ids, first)),
    terms: new DataLoader((texts: readonly ArticleText[]) => glossary.termsOf(texts), { cacheKeyFn: ({ id }) => id }),
    recentArticles: firstOf((ids, first) => views.recentOf(ids, first)),
  }; // prettier-ignore
}

interface ArticleText {
  id: string;
  title: string;
  content: string;
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

/** The first so many items of somebody's or something's list. */
interface ListKey {
  id: string;
  first: number;
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
