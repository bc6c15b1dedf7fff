import type { Pool } from 'pg';
import { requirePageSize } from '../shared/paging';
import type { Clock } from '../shared/clock';
import type { Article, ArticleCard } from '../article/article';
import { selectPublishedByIds } from '../article/articles.sql';
import type { ReaderProfile } from '../user/reader-profile';
import type { Viewer } from '../user/viewer-guard';
import type { ActiveModel } from './active-model';
import { selectReaderState } from './reader-state.sql';
import type { RankedItem, ReaderState } from './reading-data';
import { reasonAbout } from './reason';

export interface Recommendation {
  article: Article | ArticleCard;
  score: number;
  reason: string;
}

export interface RecommendationDeps {
  pool: Pool;
  model: ActiveModel;
  clock: Clock;
}

/** Ranked but hidden since the last look at the articles: so many may be left out without a gap. */
const SPARE = 10;

export class RecommendationService {
  constructor(private readonly deps: RecommendationDeps) {}

  /** Loads the model, so that the first reader does not wait for it. */
  async warmUp(): Promise<void> {
    await this.deps.model.refresh();
  }

  /** Best first; never what the reader has read. Two statements. */
  async forReader({ userId }: Viewer, first: number, cards: boolean): Promise<Recommendation[]> {
    requirePageSize(first);
    return this.recommend(await selectReaderState(this.deps.pool, userId), first, cards);
  }

  /** For an anonymous reader who answered the questionnaire. One statement. */
  async forProfile({ weights }: ReaderProfile, first: number, cards: boolean): Promise<Recommendation[]> {
    return this.recommend({ history: [], typePoints: weights.map(({ points }) => points) }, first, cards);
  }

  private async recommend(state: ReaderState, first: number, cards: boolean): Promise<Recommendation[]> {
    const model = await this.deps.model.current();
    const now = this.deps.clock.now().getTime() / 1000;
    const limit = first + SPARE;
    const ranked = model.rank(state, { now, limit });
    const shown = await this.withArticles(ranked, cards);
    // Only when very many were hidden at once.
    if (shown.length >= first || ranked.length < limit) return shown.slice(0, first);
    return (await this.withArticles(model.rank(state, { now, limit }), cards)).slice(0, first);
  }

  private async withArticles(ranked: RankedItem[], cards: boolean): Promise<Recommendation[]> {
    const ids = ranked.map(({ itemId }) => itemId);
    const named = ranked.flatMap(({ about }) => about?.itemId ?? []);
    const found = await selectPublishedByIds(this.deps.pool, [...new Set([...ids, ...named])], cards);
    const byId = new Map(found.map((article) => [article.id, article]));
    const hidden = ids.filter((id) => !byId.has(id));
    if (hidden.length > 0) this.deps.model.withdraw(hidden);
    return ranked.flatMap(({ itemId, score, reason, about }) => {
      const article = byId.get(itemId);
      if (!article) return [];
      const read = about && byId.get(about.itemId);
      return [{ article, score, reason: read ? reasonAbout(read.title, about.ending) : reason }];
    });
  }
}
