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

  constructor(
    private readonly parts: ModelParts,
    private readonly withdrawn: Uint8Array,
  ) {
    this.marked = new Uint8Array(parts.catalogue.size);
  }

  /** What everybody gets and what is near to this reader, each once, without what the reader has opened. */
  forReader(scorer: Scorer, opened: Uint32Array, factorScore: (item: number) => number): Uint32Array {
    if (Math.abs(scorer.now - this.computedFor) > LASTS_SECONDS) this.compute(scorer.now);
    const found: number[] = [];
    const { marked, withdrawn } = this;
    const take = (item: number) => {
      if (marked[item] || withdrawn[item]) return;
      marked[item] = 1;
      found.push(item);
    };
    for (const item of opened) marked[item] = 1;
    for (const item of this.shared) take(item);
    for (const sums of [scorer.all, scorer.next])
      for (const item of sums.best(new TopItems(NEAR)).items) take(item);
    if (scorer.view.items.length > 0) {
      const top = new TopItems(BY_FACTORS);
      for (const item of this.active) if (!marked[item]) top.offer(item, factorScore(item));
      for (const item of top.drain().items) take(item);
    }
    for (const item of opened) marked[item] = 0;
    for (const item of found) marked[item] = 0;
    return Uint32Array.from(found);
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
