import { rowsByTime, type Histories } from './histories';
import type { ModelParts } from '../model/model-parts';

/** What an opening after the training changes: popularity, and the age of an item of unknown age. */
export function observeOpening(parts: ModelParts, item: number, at: number): void {
  parts.popularity.observe(item, at);
  if (at < parts.bornAt[item]! && parts.bornAt[item] === Infinity) parts.bornAt[item] = at;
}

/** Lets popularity run again from nothing, in the order of time, so that a moment knows only what was before it. */
export class Replay {
  private readonly rows: Uint32Array;
  private next = 0;

  /** Openings from `liveFrom` on, Unix seconds, are not among those that `parts` was trained on. */
  constructor(
    private readonly histories: Histories,
    private readonly parts: ModelParts,
    private readonly liveFrom = Infinity,
  ) {
    this.rows = rowsByTime(histories);
    parts.popularity = parts.popularity.restarted();
  }

  /** Up to and including `now`. */
  until(now: number): void {
    const { item, at } = this.histories;
    for (; this.next < this.rows.length; this.next += 1) {
      const row = this.rows[this.next]!;
      if (at[row]! > now) return;
      if (at[row]! >= this.liveFrom) observeOpening(this.parts, item[row]!, at[row]!);
      else this.parts.popularity.decay(item[row]!, at[row]!);
    }
  }
}
