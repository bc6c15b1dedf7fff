import type { Pool } from 'pg';
import type { Prisma, Transaction } from '../../adapters/database/database';
import type { HeavyStatements } from '../../adapters/database/heavy-statements';
import { AppError } from '../../errors';
import type { Article as ArticleRow, ArticleOriginal, ArticleRevision } from '../../generated/prisma/client';
import { audit } from '../audit/audit.service';
import type { Clock } from '../shared/clock';
import { groupBy } from '../shared/group-by';
import { pageOf, requireId, requirePageSize, type Page, type PageRequest } from '../shared/paging';
import type { Viewer } from '../user/viewer-guard';
import type { Article, ArticleCard, ArticleFilter, Phrase } from './article';
import { CARDS, WHOLE, type Projection } from './article-row';
import { countFound, encodeSearchCursor, searchArticles } from './article-search.sql';
import { checkedEdit, type ArticleEdit, type ArticleText } from './article-text';
import { searchWordsOf } from './search-words';
import { selectSimilarArticles } from './similar-articles.sql';
import { takenDown } from './taken-down';
import { countArticles, selectArticles, selectArticlesByIds, selectPublishedByIds } from './articles.sql';

export type ArticleListRequest = PageRequest & { filter?: ArticleFilter | null };

const MAX_REVISIONS_SHOWN = 100;

type LockedArticle = Pick<ArticleRow, 'status' | 'releasedAt' | 'updatedAt'>;

export class ArticleService {
  constructor(private readonly deps: { prisma: Prisma; pool: Pool; heavy: HeavyStatements; clock: Clock }) {}

  /**
   * Newest released first; a search's most relevant before them. `cards` reads no more of each article than its card.
   * Another status than PUBLISHED is for ADMIN: UNAUTHENTICATED or FORBIDDEN for everybody else.
   */
  async list(viewer: Viewer | null, request: ArticleListRequest, cards = false): Promise<Page<ArticleCard>> {
    const filter = this.checkedFilter(viewer, request);
    const isCards = cards && (filter.status ?? 'PUBLISHED') === 'PUBLISHED';
    const projection: Projection<ArticleCard> = isCards ? CARDS : WHOLE;
    const { pool, heavy } = this.deps;
    const { search } = filter;
    const asked = { filter, after: request.after, limit: request.first + 1 };
    if (search == null) {
      const rows = await selectArticles(pool, projection, asked);
      return pageOf(rows, request, projection.position, () => countArticles(pool, filter));
    }
    const words = searchWordsOf(search);
    const found = await heavy.run(() => searchArticles(pool, projection, { ...asked, words }));
    const scores = new Map(found.map(({ article, score }) => [article, score]));
    const count = () => heavy.run(() => countFound(pool, { filter, words }));
    return {
      ...pageOf([...scores.keys()], request, projection.position, count),
      cursorOf: (article) =>
        encodeSearchCursor({ ...projection.position(article), score: scores.get(article)! }),
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
    const [article] = await selectArticlesByIds(this.deps.pool, [requireId('id', id)]);
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
  similarTo(ids: readonly string[], limit: number): Promise<Map<string, Article[]>> {
    return this.deps.heavy.run(() => selectSimilarArticles(this.deps.pool, { ids, limit }));
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

  /** Throws NOT_FOUND, BAD_USER_INPUT, or CONFLICT when `expectedUpdatedAt` is no longer true. */
  async update(
    viewer: Viewer,
    id: string,
    edit: ArticleEdit,
    expectedUpdatedAt: Date | null,
  ): Promise<Article> {
    const articleId = requireId('id', id);
    const changes = checkedEdit(edit);
    return this.change(viewer, articleId, 'article.update', async (tx, before) => {
      if (expectedUpdatedAt !== null && before.updatedAt.getTime() !== expectedUpdatedAt.getTime())
        throw new AppError('CONFLICT', {
          argument: 'expectedUpdatedAt',
          detail: { ko: '그 사이에 다른 사람이 고쳤습니다.', en: 'Somebody was faster.' },
        });
      if (Object.keys(changes).length === 0) return null;
      const after = await tx.article.update({
        where: { id: articleId },
        data: { ...changes, updatedAt: this.laterThan(before.updatedAt) },
      });
      const at = this.deps.clock.now();
      await saveRevision(tx, {
        articleId,
        text: textOf(after),
        authorId: viewer.userId,
        proposed: false,
        at,
      });
      return { details: { fields: Object.keys(changes) } };
    });
  }

  /** Puts an article before readers, or its proposed revision in place of the present text. */
  async publish(viewer: Viewer, id: string): Promise<Article> {
    const articleId = requireId('id', id);
    return this.change(viewer, articleId, 'article.publish', async (tx, before) => {
      const proposal = await tx.articleRevision.findFirst({ where: { articleId, proposed: true } });
      if (before.status === 'PUBLISHED' && !proposal) return null;
      await tx.article.update({
        where: { id: articleId },
        data: {
          ...(proposal && textOf(proposal)),
          status: 'PUBLISHED',
          releasedAt: before.releasedAt ?? this.deps.clock.now(),
          updatedAt: this.laterThan(before.updatedAt),
        },
      });
      if (!proposal) return {};
      await tx.articleRevision.update({ where: { id: proposal.id }, data: { proposed: false } });
      return { details: { revisionId: proposal.id } };
    });
  }

  async hide(viewer: Viewer, id: string): Promise<Article> {
    const articleId = requireId('id', id);
    return this.change(viewer, articleId, 'article.hide', async (tx, before) => {
      if (before.status === 'HIDDEN') return null;
      const data = { status: 'HIDDEN', updatedAt: this.laterThan(before.updatedAt) } as const;
      await tx.article.update({ where: { id: articleId }, data });
      return {};
    });
  }

  /** Works on a locked article that was not taken down, and audits it unless `work` returns null: nothing to do. */
  private async change(
    { userId }: Viewer,
    articleId: string,
    action: string,
    work: (tx: Transaction, before: LockedArticle) => Promise<{ details?: Record<string, unknown> } | null>,
  ): Promise<Article> {
    await this.deps.prisma.$transaction(async (tx) => {
      const [before] = await tx.$queryRaw<LockedArticle[]>`
        SELECT status::text, "releasedAt", "updatedAt" FROM "Article" WHERE id = ${articleId}::uuid FOR UPDATE`;
      if (!before) throw new AppError('NOT_FOUND');
      if (before.status === 'TAKEN_DOWN') throw takenDown();
      const done = await work(tx, before);
      if (done) await audit(tx, userId, action, { type: 'Article', id: articleId }, done.details);
    });
    const [article] = await selectArticlesByIds(this.deps.pool, [articleId]);
    if (!article) throw new AppError('NOT_FOUND');
    return article;
  }

  /** Now, and never what it was: two changes within a millisecond must not look like one to `expectedUpdatedAt`. */
  private laterThan(before: Date): Date {
    return new Date(Math.max(this.deps.clock.now().getTime(), before.getTime() + 1));
  }
}

/** The written part of a stored article or revision; its JSON was checked when it was written. */
export function textOf(row: Pick<ArticleRevision, keyof ArticleText>): ArticleText {
  const { title, content, comment, category } = row;
  return { title, content, comment, category, phrases: row.phrases as unknown as Phrase[] };
}

/** Keeps a text that an article has or is offered; an earlier open proposal gives way to a new one. */
export async function saveRevision(
  tx: Transaction,
  {
    articleId,
    text,
    authorId,
    proposed,
    at,
  }: { articleId: string; text: ArticleText; authorId: string | null; proposed: boolean; at: Date },
): Promise<void> {
  if (proposed)
    await tx.articleRevision.updateMany({ where: { articleId, proposed: true }, data: { proposed: false } });
  await tx.articleRevision.create({
    data: { articleId, ...text, authorId, proposed, createdAt: at },
  });
}
