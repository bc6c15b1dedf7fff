import type { Pool } from 'pg';
import { AppError, badUserInput } from '../../errors';
import type { Article, ArticleCard } from '../article/article';
import { CARDS, WHOLE, type Projection } from '../article/article-row';
import { selectArticlesByIds } from '../article/articles.sql';
import type { Clock } from '../shared/clock';
import { GroupCommit } from '../shared/group-commit';
import { requireId, requirePageSize } from '../shared/paging';
import { koreanWeekStart } from './korean-calendar';
import type { AnonymousWeight } from './anonymous-weight';
import type { Reader } from './reader';
import { selectPopularArticles, selectRecentArticles } from './reading-lists.sql';
import { recordViews, type ViewRow } from './views.sql';

export interface RecordedView {
  counted: boolean;
  article: Article;
}

export interface ViewDeps {
  pool: Pool;
  clock: Clock;
  weight: AnonymousWeight;
  /** Called when a signed-in user's reading is saved, before they are told. */
  onRead: (userId: string) => void;
}

/** Longer stays are tabs that were left open; they are kept as a day. */
const MAX_DWELL_SECONDS = 86_400;

/** Counts who read what, keeps it and lists it. A hot article costs one write a batch, not one a reader. */
export class ViewService {
  private readonly writes: GroupCommit<ViewRow & { kept: boolean }, RecordedView>;

  constructor(private readonly deps: ViewDeps) {
    this.writes = new GroupCommit({
      write: (batch) => this.write(batch),
      maxBatch: 500,
      maxWaiting: 10_000,
    });
  }

  /**
   * Counts a view unless this reader was counted for this article within 30 minutes; a repeat only raises the dwell
   * time. Beyond what the anonymous readers of an address may weigh it is not kept. Throws NOT_FOUND (absent or not published), BAD_USER_INPUT, UPSTREAM_UNAVAILABLE.
   */
  async record(reader: Reader, articleId: string, dwellSeconds: number | null): Promise<RecordedView> {
    if (dwellSeconds !== null && dwellSeconds < 0)
      throw badUserInput('dwellSeconds', { ko: '0 이상이어야 합니다.', en: 'It must not be negative.' });
    const id = requireId('articleId', articleId);
    return this.writes.add({
      kept: await this.deps.weight.allowsView(reader, id),
      readerId: reader.id,
      articleId: id,
      userId: reader.userId,
      dwellSeconds: Math.min(dwellSeconds ?? 0, MAX_DWELL_SECONDS),
    });
  }

  /**
   * Published articles by counted views of the week since Monday 00:00 in Asia/Seoul, filled up with the newest. `cards`
   * reads no more of each than its card. Throws BAD_USER_INPUT for a size out of range.
   */
  popular(first: number, cards = false): Promise<ArticleCard[]> {
    const weekStart = koreanWeekStart(this.deps.clock.now());
    const projection: Projection<ArticleCard> = cards ? CARDS : WHOLE;
    return selectPopularArticles(this.deps.pool, projection, { weekStart, limit: requirePageSize(first) });
  }

  /** What each of these users read last, newest first. */
  recentOf(userIds: readonly string[], limit: number): Promise<Map<string, Article[]>> {
    return selectRecentArticles(this.deps.pool, { userIds, limit: requirePageSize(limit) });
  }

  /** Resolves when every view that was taken is written or refused. */
  idle(): Promise<void> {
    return this.writes.idle();
  }

  private async write(batch: (ViewRow & { kept: boolean })[]): Promise<(RecordedView | AppError)[]> {
    const { pool, clock } = this.deps;
    const pairs = new Map<string, ViewRow>();
    for (const { kept, ...view } of batch) {
      if (!kept) continue;
      const same = pairs.get(pairOf(view));
      const dwellSeconds = Math.max(view.dwellSeconds, same?.dwellSeconds ?? 0);
      pairs.set(pairOf(view), { ...view, dwellSeconds });
    }
    const saved = await recordViews(pool, [...pairs.values()], clock.now());
    for (const { userId } of pairs.values()) if (userId !== null) this.deps.onRead(userId);
    const counted = new Map(saved.map((view) => [pairOf(view), view.counted]));
    const articles = new Map<string, Article>();
    // Read after the commit, once for everybody: the new viewCount.
    for (const article of await selectArticlesByIds(pool, [...new Set(batch.map((view) => view.articleId))]))
      if (article.status === 'PUBLISHED') articles.set(article.id, article);
    return batch.map((view) => {
      const article = articles.get(view.articleId);
      const isCounted = counted.get(pairOf(view));
      if (article && !view.kept) return { counted: false, article };
      if (!article || isCounted === undefined) return new AppError('NOT_FOUND');
      counted.set(pairOf(view), false); // of equal views in a batch the first one counts
      return { counted: isCounted, article };
    });
  }
}

function pairOf({ readerId, articleId }: Pick<ViewRow, 'readerId' | 'articleId'>): string {
  return readerId + articleId;
}
