import type { ModelParts } from './model-parts';
import { HALF_LIVES } from './popularity';
import type { Scorer } from './scorer';
import { TopItems } from '../numeric/sparse-rows';

const PER_HALF_LIFE = 60;
const NEWEST = 150;
const PER_CATEGORY = 25;
const AT_LEAST = 300;
const NEAR = 100;
const MAX_CATEGORIES = 12;
const BY_FACTORS = 60;
const ACTIVE = 2_000;
const LASTS_SECONDS = 60;

/** The items that could be recommended to somebody: popular, new, of every category; recomputed once a minute. */
export class Candidates {
  private shared = new Uint32Array(0);
  private active = new Uint32Array(0);
  private computedFor = -Infinity;
  private readonly marked: Uint8Array;
  private readonly near = new TopItems(NEAR);
  private readonly nearByFactors = new TopItems(BY_FACTORS);
  /** What was taken for a reader, the first `found` of it; room for every item. */
  private readonly taken: Uint32Array;
  private found = 0;
  // Of the active items those that were not taken yet, and their scores.
  private readonly others = new Uint32Array(ACTIVE);
  private readonly scores = new Float64Array(ACTIVE);

  constructor(
    private readonly parts: ModelParts,
    private readonly withdrawn: Uint8Array,
  ) {
    this.marked = new Uint8Array(parts.catalogue.size);
    this.taken = new Uint32Array(parts.catalogue.size);
  }

  /** What everybody gets and what is near to this reader, each once, without what the reader has opened. */
  forReader(scorer: Scorer, opened: Uint32Array): Uint32Array {
    if (Math.abs(scorer.now - this.computedFor) > LASTS_SECONDS) this.compute(scorer.now);
    for (const item of opened) this.marked[item] = 1;
    this.found = 0;
    this.take(this.shared);
    this.take(scorer.all.best(this.near).items);
    this.take(scorer.next.best(this.near).items);
    if (scorer.view.items.length > 0) this.take(this.bestByFactors(scorer));
    for (const item of opened) this.marked[item] = 0;
    const found = this.taken.slice(0, this.found);
    for (let place = 0; place < found.length; place += 1) this.marked[found[place]!] = 0;
    return found;
  }

  private take(items: Uint32Array): void {
    const { marked, withdrawn, taken } = this;
    for (let place = 0; place < items.length; place += 1) {
      const item = items[place]!;
      if (marked[item] || withdrawn[item]) continue;
      marked[item] = 1;
      taken[this.found++] = item;
    }
  }

  private bestByFactors(scorer: Scorer): Uint32Array {
    const { active, marked, others, scores } = this;
    let length = 0;
    for (let place = 0; place < active.length; place += 1)
      if (!marked[active[place]!]) others[length++] = active[place]!;
    scorer.factorScores(others, length, scores);
    for (let place = 0; place < length; place += 1) this.nearByFactors.offer(others[place]!, scores[place]!);
    return this.nearByFactors.drain().items;
  }

  /** Everything but what the reader has opened, what was withdrawn and what is not published by then. */
  everything(opened: Uint32Array, now: number): Uint32Array {
    const { size, publishedAt } = this.parts.catalogue;
    for (const item of opened) this.marked[item] = 1;
    const items = new Uint32Array(size);
    let length = 0;
    for (let item = 0; item < size; item += 1)
      if (!this.marked[item] && !this.withdrawn[item] && !(publishedAt[item]! > now)) items[length++] = item;
    for (const item of opened) this.marked[item] = 0;
    return items.subarray(0, length);
  }

  forget(): void {
    this.computedFor = -Infinity;
  }

  /** One pass over the items: this runs once a minute, and for every moment that is replayed. */
  private compute(now: number): void {
    const { popularity, catalogue, bornAt } = this.parts;
    const { size } = catalogue;
    const { sums } = popularity;
    const popular = HALF_LIVES.map(() => new TopItems(PER_HALF_LIFE));
    const [newest, known] = [new TopItems(ACTIVE / 2), new TopItems(ACTIVE / 2)];
    const shelves = Math.min(catalogue.categories.names.length, MAX_CATEGORIES);
    const shelfNewest = Array.from({ length: shelves }, () => new TopItems(PER_CATEGORY));
    const shelfPopular = Array.from({ length: shelves }, () => new TopItems(PER_CATEGORY));
    for (let item = 0; item < size; item += 1) {
      if (this.withdrawn[item]) continue;
      const category = catalogue.category[item]!;
      const shelved = category > 0 && category < shelves;
      for (let h = 0; h < popular.length; h += 1)
        if (sums[h]![item]! > 0) popular[h]!.offer(item, sums[h]![item]!);
      if (shelved && sums[1]![item]! > 0) shelfPopular[category]!.offer(item, sums[1]![item]!);
      if (popularity.total[item]! > 0) known.offer(item, popularity.total[item]!);
      if (bornAt[item]! > now) continue;
      newest.offer(item, bornAt[item]!);
      if (shelved) shelfNewest[category]!.offer(item, bornAt[item]!);
    }
    const [byAge, byTotal] = [newest.drain().items, known.drain().items];
    const shared = new Set([...byAge.subarray(0, NEWEST), ...byTotal.subarray(0, PER_HALF_LIFE)]);
    for (const top of [...popular, ...shelfNewest, ...shelfPopular])
      for (const item of top.drain().items) shared.add(item);
    for (let item = 0; item < size && shared.size < AT_LEAST; item += 1)
      if (!this.withdrawn[item] && !(catalogue.publishedAt[item]! > now)) shared.add(item);
    this.shared = Uint32Array.from(shared);
    this.active = Uint32Array.from(new Set([...byAge, ...byTotal]));
    this.computedFor = now;
  }
}
