import type { ModelParts } from './model-parts';
import { HALF_LIVES } from './popularity';
import type { Scorer } from './scorer';
import type { SparseSums } from './sparse-rows';
import { TopItems } from './top-items';

const PER_HALF_LIFE = 60;
const NEWEST = 150;
const PER_CATEGORY = 25;
const AT_LEAST = 300;
const NEAR = 150;
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
  forReader(scorer: Scorer, factorScore: (item: number) => number): Uint32Array {
    if (Math.abs(scorer.now - this.computedFor) > LASTS_SECONDS) this.compute(scorer.now);
    const found: number[] = [];
    const { marked, withdrawn } = this;
    const take = (item: number) => {
      if (marked[item] || withdrawn[item]) return;
      marked[item] = 1;
      found.push(item);
    };
    for (const item of scorer.view.items) marked[item] = 1;
    for (const item of this.shared) take(item);
    for (const sums of [scorer.recent, scorer.all, scorer.next])
      for (const item of greatest(sums)) take(item);
    if (scorer.view.items.length > 0) {
      const top = new TopItems(BY_FACTORS);
      for (const item of this.active) if (!marked[item]) top.offer(item, factorScore(item));
      for (const item of top.drain().items) take(item);
    }
    for (const item of scorer.view.items) marked[item] = 0;
    for (const item of found) marked[item] = 0;
    return Uint32Array.from(found);
  }

  /** Everything but what the reader has opened and what was withdrawn. */
  everything(opened: Uint32Array): Uint32Array {
    for (const item of opened) this.marked[item] = 1;
    const items = new Uint32Array(this.parts.catalogue.size);
    let length = 0;
    for (let item = 0; item < items.length; item += 1)
      if (!this.marked[item] && !this.withdrawn[item]) items[length++] = item;
    for (const item of opened) this.marked[item] = 0;
    return items.subarray(0, length);
  }

  forget(): void {
    this.computedFor = -Infinity;
  }

  private compute(now: number): void {
    const { popularity, catalogue, bornAt } = this.parts;
    const { size } = catalogue;
    const best = (length: number, score: (item: number) => number) => {
      const top = new TopItems(length);
      for (let item = 0; item < size; item += 1) {
        const value = score(item);
        if (value > -Infinity && !this.withdrawn[item]) top.offer(item, value);
      }
      return top.drain().items;
    };
    const birth = (item: number) => (bornAt[item]! <= now ? bornAt[item]! : -Infinity);
    const total = (item: number) => popularity.total[item]! || -Infinity;
    const lists = HALF_LIVES.map((_, h) =>
      best(PER_HALF_LIFE, (item) => popularity.sumsOf(h)[item]! || -Infinity),
    );
    lists.push(best(NEWEST, birth), best(PER_HALF_LIFE, total));
    for (let category = 1; category < Math.min(catalogue.categories.names.length, 12); category += 1) {
      const within = (score: (item: number) => number) => (item: number) =>
        catalogue.category[item] === category ? score(item) : -Infinity;
      lists.push(best(PER_CATEGORY, within(birth)));
      lists.push(
        best(
          PER_CATEGORY,
          within((item) => popularity.sumsOf(1)[item]! || -Infinity),
        ),
      );
    }
    const shared = new Set(lists.flatMap((list) => [...list]));
    for (let item = 0; item < size && shared.size < AT_LEAST; item += 1)
      if (!this.withdrawn[item]) shared.add(item);
    this.shared = Uint32Array.from(shared);
    this.active = Uint32Array.from(new Set([...best(ACTIVE / 2, birth), ...best(ACTIVE / 2, total)]));
    this.computedFor = now;
  }
}

function greatest(sums: SparseSums): Uint32Array {
  const top = new TopItems(NEAR);
  for (let index = 0; index < sums.length; index += 1) {
    const item = sums.touched[index]!;
    top.offer(item, sums.sum[item]!);
  }
  return top.drain().items;
}
