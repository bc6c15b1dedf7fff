import { FEATURE_COUNT, featureIndex, headOf, type Blend } from './blend';
import { preferences, probability, type Calibration, type Evidence } from './calibration';
import { Candidates } from './candidates';
import { grownParts, observeOpening, type ModelParts } from './model-parts';
import {
  DAY,
  outOfQuestion,
  readerView,
  type CatalogueItem,
  type RankedItem,
  type ReaderState,
  type ReaderView,
} from './reading-data';
import { reasonFor } from './reason';
import { Scorer } from './scorer';
import { BestFirst } from '../numeric/best-first';
import { TopItems } from '../numeric/sparse-rows';
import { ListTexts, lookedAt, VariedList } from './varied-list';

// Bound here: in compiled code an imported name is a property access, and the inner loops use this one.
const WIDTH = FEATURE_COUNT;

interface Scored {
  view: ReaderView;
  candidates: Uint32Array;
  scores: Float64Array;
  logSum: number;
  /** Expected ln of the share of what is chosen. */
  expected: number;
  readsOfWeek: number;
}

/** A trained model, ready to serve. Not shared between threads: it reuses its buffers from call to call. */
export class Recommender {
  private scorer: Scorer;
  private candidates: Candidates;
  private withdrawn: Uint8Array;
  private features = new Float32Array(0);
  private readonly texts: ListTexts;

  constructor(
    readonly parts: ModelParts,
    readonly blend: Blend,
    readonly calibration: Calibration,
    /** Unix seconds. */
    readonly trainedAt: number,
  ) {
    this.withdrawn = new Uint8Array(parts.catalogue.size);
    this.texts = new ListTexts(parts.content);
    this.scorer = new Scorer(parts);
    this.candidates = new Candidates(parts, this.withdrawn);
  }

  /**
   * The best items the reader has neither opened nor hidden, of several categories and stories (`VariedList`), best first, at
   * most `limit`, and `spare` more behind them; `now` in Unix seconds.
   */
  rank(
    reader: ReaderState,
    { now, limit, spare = 0 }: { now: number; limit: number; spare?: number },
  ): RankedItem[] {
    const view = readerView(reader, this.parts.catalogue);
    let scored = this.score(view, now, false);
    let places = this.choose(scored, limit, spare);
    // Who has read nearly all that is popular or new gets of the rest.
    if (places.length < limit + spare) {
      scored = this.score(view, now, true);
      places = this.choose(scored, limit, spare);
    }
    const means = this.meanFeatures(scored.candidates.length);
    const weights = this.blend[headOf(view.items.length)];
    return places.map((place) => ({
      itemId: this.parts.catalogue.ids[scored.candidates[place]!]!,
      score: probability(this.calibration, this.evidence(scored, place)),
      ...reasonFor({
        parts: this.parts,
        view: scored.view,
        item: scored.candidates[place]!,
        advantage: this.features
          .slice(place * WIDTH, (place + 1) * WIDTH)
          .map((value, feature) => value - means[feature]!),
        weights,
      }),
    }));
  }

  /** Indexes of the best of all unopened items, for the evaluation: some milliseconds at 20,000 items. */
  rankView(view: ReaderView, now: number, limit: number): number[] {
    const scored = this.score(view, now, true);
    return topPlaces(scored.scores, limit).map((place) => scored.candidates[place]!);
  }

  /** What the probabilities of items that are shown together are computed from, for learning them. */
  evidenceOf(view: ReaderView, items: Uint32Array, now: number): Evidence[] {
    const scored = this.score(view, now, false, items);
    return Array.from(items, (item) => {
      const evidence = this.evidence(scored, scored.candidates.indexOf(item));
      return { ...evidence, features: evidence.features.slice() };
    });
  }

  /** Makes items known that were published after the training; what is known already is passed over. */
  addItems(items: readonly CatalogueItem[]): void {
    const added = grownParts(this.parts, items);
    if (added === 0) return;
    const withdrawn = new Uint8Array(this.parts.catalogue.size);
    withdrawn.set(this.withdrawn);
    this.withdrawn = withdrawn;
    this.scorer = new Scorer(this.parts);
    this.candidates = new Candidates(this.parts, withdrawn);
  }

  /** Takes items out of every ranking (hidden, taken down), or lets them back in. */
  withdraw(itemIds: Iterable<string>, withdrawn = true): void {
    for (const id of itemIds) {
      const item = this.parts.catalogue.indexOf(id);
      if (item !== undefined) this.withdrawn[item] = withdrawn ? 1 : 0;
    }
    this.candidates.forget();
  }

  /** Counts an opening after the training into what is popular now. */
  observe(itemId: string, at: number): void {
    const item = this.parts.catalogue.indexOf(itemId);
    if (item !== undefined) observeOpening(this.parts, item, at);
  }

  /** Counts what was shown after the training and how much of it was opened soon. */
  observeShown(itemId: string, at: number, shown: number, opened: number): void {
    const { catalogue, showings } = this.parts;
    const item = catalogue.indexOf(itemId);
    if (item !== undefined) showings.observe(item, catalogue.category[item]!, at, shown, opened);
  }

  private score(view: ReaderView, now: number, exhaustive: boolean, also?: Uint32Array): Scored {
    const { scorer } = this;
    scorer.prepare(view, now);
    const done = outOfQuestion(view);
    const found = exhaustive
      ? this.candidates.everything(done, now)
      : this.candidates.forReader(scorer, done);
    const candidates = also ? Uint32Array.from(new Set([...found, ...also])) : found;
    if (this.features.length < candidates.length * WIDTH)
      this.features = new Float32Array(candidates.length * WIDTH);
    scorer.fill(candidates, this.features);
    const weights = this.blend[headOf(view.items.length)];
    const scores = new Float64Array(candidates.length);
    let greatest = -Infinity;
    for (let index = 0; index < scores.length; index += 1) {
      let sum = 0;
      for (let f = 0; f < WIDTH; f += 1) sum += weights[f]! * this.features[index * WIDTH + f]!;
      scores[index] = sum;
      if (sum > greatest) greatest = sum;
    }
    let [mass, weighted] = [0, 0];
    for (const score of scores) {
      const share = Math.exp(score - greatest);
      mass += share;
      weighted += share * score;
    }
    const logSum = greatest + Math.log(mass);
    const readsOfWeek = scorer.view.at.reduce((count, at) => count + (at > now - 7 * DAY ? 1 : 0), 0);
    const expected = weighted / mass - logSum;
    return { view: scorer.view, candidates, scores, logSum, expected, readsOfWeek };
  }

  /** Places among the candidates. */
  private choose(scored: Scored, limit: number, spare: number): number[] {
    const { view, candidates, scores, readsOfWeek } = scored;
    const openingRate = this.parts.showings.openingRate();
    const reader = { ...scored, reads: view.items.length, readsOfWeek, openingRate };
    const wanted = new Float64Array(scores.length);
    preferences(this.calibration, reader, scores, this.features, wanted);
    const places = new BestFirst(wanted, lookedAt(limit + spare));
    const items = { length: places.length, at: (rank: number) => candidates[places.at(rank)]! };
    const list = new VariedList(this.parts, view, items, limit, this.texts).choose(spare);
    return list.map((rank) => places.at(rank));
  }

  /** Its features are overwritten by the next reader's. */
  private evidence({ view, scores, logSum, expected, readsOfWeek }: Scored, place: number): Evidence {
    const logShare = scores[place]! - logSum;
    return {
      logShare,
      lead: logShare - expected,
      openingRate: this.parts.showings.openingRate(),
      reads: view.items.length,
      readsOfWeek,
      features: this.features.subarray(place * WIDTH, (place + 1) * WIDTH),
    };
  }

  private meanFeatures(rows: number): Float64Array {
    const means = new Float64Array(WIDTH);
    for (let row = 0; row < rows; row += 1)
      for (let f = 0; f < WIDTH; f += 1) means[f]! += this.features[row * WIDTH + f]!;
    for (let f = 0; f < WIDTH; f += 1) means[f]! /= rows;
    // New is said of what is new, not of what is less old than the rest.
    means[featureIndex('ageThreeDays')]! /= 2;
    return means;
  }
}

function topPlaces(scores: Float64Array, limit: number): number[] {
  const top = new TopItems(Math.max(Math.min(limit, scores.length), 0));
  for (let place = 0; place < scores.length; place += 1) top.offer(place, scores[place]!);
  return [...top.drain().items];
}
