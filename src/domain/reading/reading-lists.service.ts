import type { Pool } from 'pg';
import type { Article } from '../article/article';
import type { Clock } from '../shared/clock';
import { requirePageSize } from '../shared/paging';
import { koreanWeekStart } from './korean-calendar';
import { selectPopularArticles, selectRecentArticles } from './reading-lists.sql';

/** Lists that come from what was read. */
export class ReadingListsService {
  constructor(private readonly deps: { pool: Pool; clock: Clock }) {}

  /**
   * Published articles by counted views of the week since Monday 00:00 in Asia/Seoul, filled up with the newest. Throws
   * BAD_USER_INPUT for a size out of range.
   */
  popular(first: number): Promise<Article[]> {
    const weekStart = koreanWeekStart(this.deps.clock.now());
    return selectPopularArticles(this.deps.pool, { weekStart, limit: requirePageSize(first) });
  }

  /** What each of these users read last, newest first. */
  recentOf(userIds: readonly string[], limit: number): Promise<Map<string, Article[]>> {
    return selectRecentArticles(this.deps.pool, { userIds, limit: requirePageSize(limit) });
  }
}
