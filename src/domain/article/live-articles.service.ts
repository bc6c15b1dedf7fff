import type { Pool } from 'pg';
import type { LiveListener } from '../../adapters/live/live-listener';
import { LiveTopic } from '../../adapters/live/live-topic';
import type { LiveUpdates } from '../../adapters/live/live-updates';
import type { ArticleCategory } from '../../generated/prisma/client';
import type { Article } from './article';
import { CARDS, WHOLE } from './article-row';
import { selectArticles, selectPublishedByIds } from './articles.sql';

/** Articles that are told though they were published before. */
const MAX_EARLIER = 100;

/** Articles as they are published. */
export class LiveArticleService {
  private readonly articles: LiveTopic<Article>;

  constructor(private readonly deps: { pool: Pool; listener: LiveListener }) {
    this.articles = new LiveTopic('publishedArticle', deps.listener, (ids) => this.byIds(ids));
  }

  /** What was released since a time, the newest 100 of it, oldest first; then each article that is published. */
  published(category: ArticleCategory | null, since: Date | null): LiveUpdates<Article> {
    return this.articles.watch(
      null,
      (missedSince) => this.releasedSince(missedSince ?? since, category),
      (article) => category === null || article.category === category,
    );
  }

  private async byIds(ids: readonly string[]): Promise<Map<string, Article>> {
    const articles = await selectPublishedByIds(this.deps.pool, WHOLE, ids);
    return new Map(articles.map((article) => [article.id, article]));
  }

  private async releasedSince(since: Date | null, category: ArticleCategory | null): Promise<string[]> {
    if (since === null) return [];
    const filter = { releasedAfter: since, category };
    const newest = await selectArticles(this.deps.pool, CARDS, { filter, limit: MAX_EARLIER });
    return newest.map(({ id }) => id).reverse();
  }
}
