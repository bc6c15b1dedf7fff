import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { requirePageSize } from '../shared/paging';
import type { Clock } from '../shared/clock';
import type { Article, ArticleCard } from '../article/article';
import { CARDS, WHOLE, type Projection } from '../article/article-row';
import { selectPublishedByIds } from '../article/articles.sql';
import type { ReaderProfile } from '../user/reader-profile.service';
import type { Viewer } from '../user/viewer-guard';
import type { ActiveModel } from './active-model';
import { selectReader } from './recommendation.sql';
import type { RankedItem, ReaderState } from './model/reading-data';
import { reasonAbout } from './model/reason';
import type { Recommender } from './model/recommender';

export interface Recommendation {
  article: Article | ArticleCard;
  score: number;
  reason: string;
}

export interface RecommendationDeps {
  pool: Pool;
  model: ActiveModel;
  clock: Clock;
  /** False ranks anew for every request. */
  keepRankings: boolean;
}

/** Ranked but taken back since the last look at the articles: so many may be left out without a gap. */
const SPARE = 5;
/** Ranked items in all, of some 150 bytes each. */
const MAX_KEPT_ITEMS = 100_000;

/** A reader's ranking holds until the reader does something or the model learns something. */
interface Ranking {
  reader: string;
  looks: number;
  ranked: RankedItem[];
}

export class RecommendationService {
  private readonly rankings = new LRUCache<string, Ranking>({
    maxSize: MAX_KEPT_ITEMS,
    sizeCalculation: ({ ranked }) => ranked.length + 2,
  });

  constructor(private readonly deps: RecommendationDeps) {}

  /** Resolves once there is a model to rank by, so that the first reader does not wait for it. */
  async ready(): Promise<void> {
    await this.deps.model.loaded();
  }

  /** Learns what is new now. */
  async warmUp(): Promise<void> {
    await this.deps.model.refresh();
  }

  /** Best first; never what the reader has read or hidden. Two statements. */
  async forReader({ userId }: Viewer, first: number, cards: boolean): Promise<Recommendation[]> {
    requirePageSize(first);
    const { version, state } = await selectReader(this.deps.pool, userId);
    const model = await this.deps.model.current();
    const rank = () => this.rank(model, state(), first);
    const ranked = this.keptRanking(`${userId} ${first}`, version, rank);
    const shown = await this.withArticles(ranked, first, cards);
    // Very many were taken back at once: by now they are withdrawn from the model.
    if (shown.length < Math.min(first, ranked.length)) return this.withArticles(rank(), first, cards);
    return shown;
  }

  /** For an anonymous reader who answered the questionnaire. One statement. */
  async forProfile({ weights }: ReaderProfile, first: number, cards: boolean): Promise<Recommendation[]> {
    const model = await this.deps.model.current();
    const state = { history: [], typePoints: weights.map(({ points }) => points) };
    return this.withArticles(this.rank(model, state, first), first, cards);
  }

  private rank(model: Recommender, state: ReaderState, first: number): RankedItem[] {
    return model.rank(state, { now: this.deps.clock.now().getTime() / 1000, limit: first, spare: SPARE });
  }

  private keptRanking(key: string, reader: string, rank: () => RankedItem[]): RankedItem[] {
    const { looks } = this.deps.model;
    const kept = this.rankings.get(key);
    if (kept?.reader === reader && kept.looks === looks) return kept.ranked;
    const ranked = rank();
    if (this.deps.keepRankings) this.rankings.set(key, { reader, looks, ranked });
    return ranked;
  }

  private async withArticles(ranked: RankedItem[], first: number, cards: boolean): Promise<Recommendation[]> {
    const ids = ranked.map(({ itemId }) => itemId);
    const named = ranked.flatMap(({ about }) => about?.itemId ?? []);
    const shown: Projection<ArticleCard> = cards ? CARDS : WHOLE;
    const found = await selectPublishedByIds(this.deps.pool, shown, [...new Set([...ids, ...named])]);
    const byId = new Map(found.map((article) => [article.id, article]));
    const hidden = ids.filter((id) => !byId.has(id));
    if (hidden.length > 0) this.deps.model.withdraw(hidden);
    const list = ranked.filter(({ itemId }) => byId.has(itemId)).slice(0, first);
    // What takes the place of another may be better than what stands before it.
    list.sort((left, right) => right.score - left.score);
    return list.map(({ itemId, score, reason, about }) => {
      const named = about && byId.get(about.itemId);
      return {
        article: byId.get(itemId)!,
        score,
        reason: named ? reasonAbout(named.title, about) : reason,
      };
    });
  }
}
