import DataLoader from 'dataloader';
import type { Pool } from 'pg';
import type { Prisma } from '../../adapters/database/database';
import type { Asker, FairTurns } from '../../adapters/rate-limiter/fair-turns';
import { AppError } from '../../errors';
import type { ArticleOriginal, ArticleRevision } from '../../generated/prisma/client';
import type { Glossary } from '../glossary/glossary';
import { groupBy } from '../shared/group-by';
import { pageOf, requireId, requirePageSize, type Page, type PageRequest } from '../shared/paging';
import type { Viewer } from '../user/viewer-guard';
import type { Article, ArticleCard, ArticleFilter } from './article';
import { CARDS, WHOLE, type Projection } from './article-row';
import { ArticleFinder } from './article-finder';
import { encodeSearchCursor, markOfSearch } from './search-cursor';
import { isSearch } from './search-words';
import { selectRelatedDocuments, type StoredDocument } from './retrieval/related-documents.sql';
import { selectSimilarArticles } from './similar-articles.sql';
import { countArticles, selectArticles, selectArticlesByIds, selectPublishedByIds } from './articles.sql';

export type ArticleListRequest = PageRequest & { filter?: ArticleFilter | null };

const MAX_REVISIONS_SHOWN = 100;
const MAX_AT_ONCE = 50;

/** A list, and what was probably meant by its search. */
export type ArticlePage = Page<ArticleCard> & { suggestion?: string | null };

/** Reading articles. */
export class ArticleService {
  private readonly finder: ArticleFinder;
  /** Those that are asked for at once by one statement; it keeps nothing. */
  private readonly together = new DataLoader<string, Article | undefined>(
    async (ids) => {
      const articles = await selectArticlesByIds(this.deps.pool, [...new Set(ids)]);
      const byId = new Map(articles.map((article) => [article.id, article]));
      return ids.map((id) => byId.get(id));
    },
    { cache: false, maxBatchSize: MAX_AT_ONCE },
  );

  constructor(private readonly deps: { prisma: Prisma; pool: Pool; heavy: FairTurns; glossary: Glossary }) {
    this.finder = new ArticleFinder(deps);
  }

  /**
   * Newest released first; a search's most relevant before them. `cards` reads no more of each article than its card.
   * Another status than PUBLISHED is for ADMIN: UNAUTHENTICATED or FORBIDDEN for everybody else.
   */
  async list(
    { viewer, asker }: { viewer: Viewer | null; asker: Asker },
    request: ArticleListRequest,
    cards = false,
  ): Promise<ArticlePage> {
    const filter = this.checkedFilter(viewer, request);
    const isCards = cards && (filter.status ?? 'PUBLISHED') === 'PUBLISHED';
    const projection: Projection<ArticleCard> = isCards ? CARDS : WHOLE;
    const { pool } = this.deps;
    const { search } = filter;
    const asked = { filter, after: request.after, limit: request.first + 1 };
    if (!isSearch(search)) {
      const rows = await selectArticles(pool, projection, asked);
      return pageOf(rows, request, projection.position, () => countArticles(pool, filter));
    }
    const { hits, total, suggestion } = await this.finder.find(asker, projection, { ...asked, search });
    const mark = markOfSearch(search);
    const scores = new Map(hits.map(({ article, score }) => [article, score]));
    return {
      ...pageOf([...scores.keys()], request, projection.position, () => Promise.resolve(total)),
      cursorOf: (article) =>
        encodeSearchCursor({ ...projection.position(article), score: scores.get(article)!, mark }),
      suggestion,
    };
  }

  private checkedFilter(viewer: Viewer | null, { first, filter }: ArticleListRequest): ArticleFilter {
    requirePageSize(first);
    if ((filter?.status ?? 'PUBLISHED') !== 'PUBLISHED' && viewer?.role !== 'ADMIN')
      throw new AppError(viewer ? 'FORBIDDEN' : 'UNAUTHENTICATED', { argument: 'filter.status' });
    if (filter?.publisherId != null) requireId('filter.publisherId', filter.publisherId);
    return filter ?? {};
  }

  /** null when absent or, for everybody but ADMIN, not published. */
  async byId(viewer: Viewer | null, id: string): Promise<Article | null> {
    const article = await this.together.load(requireId('id', id));
    return article && (article.status === 'PUBLISHED' || viewer?.role === 'ADMIN') ? article : null;
  }

  /** Of every status: only for paths that ADMIN alone can take. */
  byIds(ids: readonly string[]): Promise<Article[]> {
    return selectArticlesByIds(this.deps.pool, ids);
  }

  publishedByIds(ids: readonly string[]): Promise<Article[]> {
    return selectPublishedByIds(this.deps.pool, WHOLE, ids);
  }

  /** Published articles most alike each of these, by its id. One statement for all. */
  similarTo(asker: Asker, ids: readonly string[], limit: number): Promise<Map<string, Article[]>> {
    return this.deps.heavy.run(asker, () => selectSimilarArticles(this.deps.pool, { ids, limit }));
  }

  /** Of each article, the most alike first. One statement for all. */
  relatedOf(articleIds: readonly string[]): Promise<Map<string, StoredDocument[]>> {
    return selectRelatedDocuments(this.deps.pool, articleIds);
  }

  originalsOf(articleIds: readonly string[]): Promise<ArticleOriginal[]> {
    return this.deps.prisma.articleOriginal.findMany({ where: { articleId: { in: [...articleIds] } } });
  }

  /** The newest 100 of each article, newest first, by article. One statement. */
  async revisionsOf(articleIds: readonly string[]): Promise<Map<string, ArticleRevision[]>> {
    const revisions = await this.deps.prisma.$queryRaw<ArticleRevision[]>`
      SELECT revision.* FROM unnest(${[...articleIds]}::uuid[]) AS article(id) CROSS JOIN LATERAL (
        SELECT * FROM "ArticleRevision" WHERE "articleId" = article.id
        ORDER BY "createdAt" DESC, id DESC LIMIT ${MAX_REVISIONS_SHOWN}
      ) AS revision ORDER BY "createdAt" DESC, id DESC`;
    return groupBy(revisions, (revision) => revision.articleId);
  }
}
