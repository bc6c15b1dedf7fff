import type { Pool } from 'pg';
import { requirePageSize } from '../shared/paging';
import type { Clock } from '../shared/clock';
import type { Article, ArticleCard } from '../article/article';
import { CARDS, WHOLE, type Projection } from '../article/article-row';
import { selectPublishedByIds } from '../article/articles.sql';
import type { ReaderProfile } from '../user/reader-profile.service';
import type { Viewer } from '../user/viewer-guard';
import type { ActiveModel } from './active-model';
import type { KnownReaders, Ranking } from './known-readers';
import type { ReaderState } from './model/reading-data';
import { reasonAbout } from './model/reason';
import type { Recommender } from './model/recommender';
import { selectForReader, selectReader, type StoredReader } from './reader-state.sql';

export interface Recommendation {
  article: Article | ArticleCard;
  score: number;
  reason: string;
}

/** What of a reader is kept from request to request; less than everything for the bench. */
export type Kept = 'rankings' | 'readers' | 'nothing';

export interface RecommendationDeps {
  pool: Pool;
  model: ActiveModel;
  clock: Clock;
  readers: KnownReaders;
  keep: Kept;
}

/** Ranked behind the list when some of it was taken back: so many of the next ones may be, too, without a gap. */
const SPARE = 5;
/** After so many rankings a list with gaps is sent: whole shelves are being taken back. */
const MOST_RANKINGS = 3;

export class RecommendationService {
  constructor(private readonly deps: RecommendationDeps) {}

  /** Resolves once there is a model to rank by, so that the first reader does not wait for it. */
  async ready(): Promise<void> {
    await this.deps.model.loaded();
  }

  /** Learns what is new now. */
  async warmUp(): Promise<void> {
    await this.deps.model.refresh();
  }

  /**
   * Best first; never what the reader has read or hidden. One statement while the reader is as known, two for somebody who
   * is not known here, three when something was read or said through another gateway.
   */
  async forReader({ userId }: Viewer, first: number, cards: boolean): Promise<Recommendation[]> {
    requirePageSize(first);
    const { pool, model, readers } = this.deps;
    const recommender = await model.current();
    const known = readers.find(userId);
    if (known) {
      const kept = known.ranking;
      const holds = kept?.first === first && kept.looks === model.looks;
      const ranking = holds ? kept : this.rank(recommender, known.reader.state(), first);
      const articles = await this.articlesOf(ranking, cards, known.reader);
      if (articles.size > 0) {
        if (!holds) this.keep(known.reader, ranking);
        const list = this.listOf(ranking, articles);
        if (isFull(list, ranking)) return list;
      }
    }
    const reader = await selectReader(pool, userId);
    return this.rankedNow(reader.state(), first, cards, (ranking) => this.keep(reader, ranking));
  }

  /** For an anonymous reader who answered the questionnaire. One statement. */
  async forProfile({ weights }: ReaderProfile, first: number, cards: boolean): Promise<Recommendation[]> {
    const state = { history: [], typePoints: weights.map(({ points }) => points) };
    return this.rankedNow(state, first, cards);
  }

  /** Ranks until nothing in the list was taken back since the last look at the articles. */
  private async rankedNow(
    state: ReaderState,
    first: number,
    cards: boolean,
    keep?: (ranking: Ranking) => void,
  ): Promise<Recommendation[]> {
    for (let rankings = 1; ; rankings += 1) {
      const model = await this.deps.model.current();
      const ranking = this.rank(model, state, first, rankings === 1 ? 0 : SPARE);
      const list = this.listOf(ranking, await this.articlesOf(ranking, cards));
      if (isFull(list, ranking)) keep?.(ranking);
      else if (rankings < MOST_RANKINGS) continue;
      return list;
    }
  }

  private rank(recommender: Recommender, state: ReaderState, first: number, spare = 0): Ranking {
    const { clock, model } = this.deps;
    // Whole seconds: what is the same for all readers is computed once in each.
    const now = Math.ceil(clock.now().getTime() / 1000);
    return { first, looks: model.looks, ranked: recommender.rank(state, { now, limit: first, spare }) };
  }

  private keep(reader: StoredReader, ranking: Ranking): void {
    const { keep, readers } = this.deps;
    if (keep === 'nothing' || reader.version === '') return;
    readers.keep(reader, keep === 'rankings' ? ranking : null);
  }

  /** The published ones of what is ranked or named in a reason, by id; none when the reader is not as known. */
  private async articlesOf(
    { ranked }: Ranking,
    cards: boolean,
    reader?: StoredReader,
  ): Promise<Map<string, Article | ArticleCard>> {
    const { pool } = this.deps;
    const shown: Projection<ArticleCard> = cards ? CARDS : WHOLE;
    const ids = new Set<string>();
    for (const { itemId, about } of ranked) {
      ids.add(itemId);
      if (about) ids.add(about.itemId);
    }
    const found = reader
      ? await selectForReader(pool, shown, [...ids], reader)
      : await selectPublishedByIds(pool, shown, [...ids]);
    return new Map(found.map((article) => [article.id, article]));
  }

  private listOf(
    { ranked, first }: Ranking,
    articles: ReadonlyMap<string, Article | ArticleCard>,
  ): Recommendation[] {
    const hidden = ranked.flatMap(({ itemId }) => (articles.has(itemId) ? [] : [itemId]));
    if (hidden.length > 0) this.deps.model.withdraw(hidden);
    const list = ranked.filter(({ itemId }) => articles.has(itemId)).slice(0, first);
    // What takes the place of another may be better than what stands before it.
    list.sort((left, right) => right.score - left.score);
    return list.map(({ itemId, score, reason, about }) => {
      const named = about && articles.get(about.itemId);
      return {
        article: articles.get(itemId)!,
        score,
        reason: named ? reasonAbout(named.title, about) : reason,
      };
    });
  }
}

function isFull(list: readonly Recommendation[], { ranked, first }: Ranking): boolean {
  return list.length >= Math.min(first, ranked.length);
}
