import { setImmediate } from 'node:timers/promises';
import type { Pool } from 'pg';
import { runInThread } from '../../adapters/threads/thread';
import type { Logger } from '../../logger';
import type { Clock } from '../shared/clock';
import {
  OVERLAP,
  selectNewestVersion,
  selectPublishedIds,
  selectReleasedSince,
  selectShownBetween,
  selectViewsOfLastDays,
} from './recommendation.sql';
import type { LoadedModel, LoadInput } from './load-model.thread';
import { modelOf } from './model/model-file';
import { DAY, HOUR } from './model/reading-data';
import type { Recommender } from './model/recommender';
import { SETTLED } from './model/showings';
import { untrainedModel } from './training/train-recommender';

export interface ActiveModelDeps {
  pool: Pool;
  databaseUrl: string;
  clock: Clock;
  logger: Logger;
}

/** What is newer than this may be missing from an answer. */
const FRESH_MS = 10_000;
/** After a longer silence a request waits for the look. */
const STALE_MS = 60_000;
/** Articles that an untrained model begins with, and that one look adds to any. */
const MAX_ADDED = 1_000;
const UNTRAINED_DAYS = 30;
const MAX_COUNTED = 500;
/** Views of one article that one look counts: more of them would tell no more. */
const MAX_OBSERVED = 200;
/** After a longer silence the oldest showings are not counted. */
const MAX_SHOWN_SECONDS = HOUR;
/** Articles that the readers have read for whom a new model ranks before it serves. */
const WARM_UP_READS = [1, 4, 16, 64];
/** New articles between two turns of the event loop: each is compared with every text. */
const AT_ONCE = 5;

/** A model and what it has been told since it was trained. */
interface Held {
  version: number;
  model: Recommender;
  /** Unix seconds: articles released before are in the catalogue. */
  newest: number;
  /** Counted views that the model knows of, by day and article. */
  views: Map<string, number>;
  /** Unix seconds: what was shown before is counted. */
  shownUntil: number;
}

/**
 * The newest model in memory, with the articles published and the views counted since its training. Requests keep it
 * fresh, not a timer: behind the answer, or before it after a long silence. The old one serves until the new is ready.
 */
export class ActiveModel {
  private held: Held | null = null;
  /** Of the newest stored model that was looked at. */
  private version = 0;
  private readonly withdrawn = new Set<string>();
  private refreshedAt = -Infinity;
  /** Looks so far: what was ranked before the last one may be out of date. */
  looks = 0;
  private refreshing: Promise<void> | null = null;

  constructor(private readonly deps: ActiveModelDeps) {}

  async current(): Promise<Recommender> {
    const age = performance.now() - this.refreshedAt;
    if (!this.held || age > STALE_MS) await this.refresh();
    else if (age > FRESH_MS)
      this.refresh().catch((error: unknown) =>
        this.deps.logger.warn({ error }, 'the recommender could not be refreshed'),
      );
    return this.held!.model;
  }

  /** Resolves once a model serves, trained or not; rejects while the database is away. */
  async loaded(): Promise<void> {
    if (!this.held) await this.refresh();
  }

  /** Leaves articles out until they are published again. */
  withdraw(ids: readonly string[]): void {
    for (const id of ids) this.withdrawn.add(id);
    this.held?.model.withdraw(ids);
  }

  /** Learns what is new; one look at a time. */
  refresh(): Promise<void> {
    this.refreshing ??= this.look().finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  private async look(): Promise<void> {
    const newer = await this.newerModel();
    const held = newer ?? this.held ?? (await this.untrained());
    await this.addReleased(held);
    await this.observeViews(held, newer !== null);
    await this.observeShown(held);
    await this.restorePublished(held);
    this.held = held;
    this.version = Math.max(this.version, held.version);
    this.refreshedAt = performance.now();
    this.looks += 1;
  }

  /** During a rolling update a newer release may have written a model that this one cannot read. */
  private async newerModel(): Promise<Held | null> {
    const version = await selectNewestVersion(this.deps.pool);
    if (version <= this.version) return null;
    const { databaseUrl } = this.deps;
    const input: LoadInput = { databaseUrl, version, now: this.seconds() };
    try {
      const { state, newest, shownUntil } = await runInThread<LoadedModel>(
        require.resolve('./load-model.thread'),
        input,
      );
      const model = modelOf(state);
      model.withdraw(this.withdrawn);
      await this.warmUp(model);
      return { version, model, newest, views: new Map(), shownUntil };
    } catch (error) {
      this.deps.logger.warn({ error, version }, 'a recommendation model cannot be read here');
      if ((error as Error).name === 'UnreadableModel') this.version = version;
      return null;
    }
  }

  /** What is computed once a minute, and code that is slow until it is compiled, in steps that requests get between. */
  private async warmUp(model: Recommender): Promise<void> {
    const now = this.seconds();
    for (const reads of WARM_UP_READS) {
      await setImmediate();
      const history = model.parts.catalogue.ids.slice(-reads).map((itemId) => ({ itemId, at: now }));
      model.rank({ history, typePoints: null }, { now, limit: 1 });
    }
  }

  private async untrained(): Promise<Held> {
    const since = this.seconds() - UNTRAINED_DAYS * DAY;
    const items = await selectReleasedSince(this.deps.pool, since, MAX_ADDED);
    return { version: 0, model: untrainedModel(items), newest: since, views: new Map(), shownUntil: 0 };
  }

  private async addReleased(held: Held): Promise<void> {
    for (;;) {
      const items = await selectReleasedSince(this.deps.pool, held.newest, MAX_ADDED);
      for (let from = 0; from < items.length; from += AT_ONCE) {
        held.model.addItems(items.slice(from, from + AT_ONCE));
        await setImmediate();
      }
      const newest = items.at(-1)?.publishedAt ?? 0;
      if (items.length < MAX_ADDED || newest - OVERLAP <= held.newest) {
        held.newest = Math.max(held.newest, newest);
        return;
      }
      held.newest = newest;
    }
  }

  /** A fresh model knows the views of its training: what is there when it is loaded only counts as the beginning. */
  private async observeViews({ model, views }: Held, isBeginning: boolean): Promise<void> {
    const now = this.deps.clock.now();
    for (const { day, articleId, views: count } of await selectViewsOfLastDays(
      this.deps.pool,
      now,
      MAX_COUNTED,
    )) {
      const key = `${day} ${articleId}`;
      const more = isBeginning ? 0 : Math.min(count - (views.get(key) ?? 0), MAX_OBSERVED);
      for (let view = 0; view < more; view += 1) model.observe(articleId, now.getTime() / 1000);
      views.set(key, count);
    }
    for (const key of views.keys()) if (views.size > 4 * MAX_COUNTED) views.delete(key);
  }

  private async observeShown(held: Held): Promise<void> {
    const until = this.seconds() - SETTLED;
    const from = Math.max(held.shownUntil, until - MAX_SHOWN_SECONDS);
    for (const row of await selectShownBetween(this.deps.pool, from, until)) held.model.observeShown(...row);
    held.shownUntil = Math.max(held.shownUntil, until);
  }

  private seconds(): number {
    return this.deps.clock.now().getTime() / 1000;
  }

  private async restorePublished({ model }: Held): Promise<void> {
    if (this.withdrawn.size === 0) return;
    const published = await selectPublishedIds(this.deps.pool, [...this.withdrawn]);
    for (const id of published) this.withdrawn.delete(id);
    model.withdraw(published, false);
  }
}
