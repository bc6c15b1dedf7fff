import { DAY, HOUR } from './reading-data';
import { grown } from '../numeric/sparse-rows';

/** Half-lives of the decayed counts, in seconds: of what breaks, of a day's news, of what lasts. */
export const HALF_LIVES = [2 * HOUR, 12 * HOUR, 21 * DAY];
const MAX_EXPONENT = 40;

export interface PopularityState {
  /** Openings in all. */
  total: Float32Array;
  /** Half-life-major, `capacity` apart: sums of 2^((at − origin) / half-life). */
  decayed: Float64Array;
  origin: Float64Array;
  /** Newest opening seen, Unix seconds. */
  newest: number;
}

/**
 * Openings counted once, and with exponential forgetting: Σ 2^(−(now − at) / half-life) for several half-lives, kept as
 * forward decay (Cormode et al. 2009), so that an opening costs O(1) and no clock has to tick.
 */
export class Popularity {
  /** Openings in all. */
  total: Float32Array;
  newest: number;
  private readonly sums: Float64Array[];
  private readonly origin: Float64Array;

  /** Starts from the openings that were trained on, without or with what has been observed. */
  constructor(
    private readonly trained: Float32Array,
    state?: PopularityState,
  ) {
    this.total = trained.slice();
    this.origin = state?.origin ?? new Float64Array(HALF_LIVES.length).fill(-Infinity);
    this.newest = state?.newest ?? -Infinity;
    const items = trained.length;
    this.sums = HALF_LIVES.map((_, h) =>
      state ? state.decayed.slice(h * items, (h + 1) * items) : new Float64Array(items),
    );
  }

  /** As it was before anything was observed: the past can be replayed. */
  restarted(): Popularity {
    return new Popularity(this.trained);
  }

  /** Counts an opening after the training. */
  observe(item: number, at: number): void {
    this.total[item]! += 1;
    this.decay(item, at);
  }

  /** Counts an opening in the decayed sums only; an old one counts as much as it still weighs. */
  decay(item: number, at: number): void {
    for (let h = 0; h < HALF_LIVES.length; h += 1) {
      let exponent = (at - this.origin[h]!) / HALF_LIVES[h]!;
      if (exponent > MAX_EXPONENT) {
        const kept = this.origin[h] === -Infinity ? 0 : 2 ** -exponent;
        const sums = this.sums[h]!;
        for (let index = 0; index < sums.length; index += 1) sums[index]! *= kept;
        this.origin[h] = at;
        exponent = 0;
      }
      this.sums[h]![item]! += 2 ** exponent;
    }
    if (at > this.newest) this.newest = at;
  }

  /** What a decayed sum of half-life `h` is to be multiplied with at `now`; it does not rise before the newest opening. */
  factor(h: number, now: number): number {
    return 2 ** -((Math.max(now, this.newest) - this.origin[h]!) / HALF_LIVES[h]!) || 0;
  }

  sumsOf(h: number): Float64Array {
    return this.sums[h]!;
  }

  /** Room for items that nobody has opened yet. */
  grow(items: number): void {
    this.total = grown(this.total, items, Float32Array);
    for (let h = 0; h < HALF_LIVES.length; h += 1) this.sums[h] = grown(this.sums[h]!, items, Float64Array);
  }

  state(items: number): PopularityState {
    const decayed = new Float64Array(HALF_LIVES.length * items);
    this.sums.forEach((sums, h) => decayed.set(sums.subarray(0, items), h * items));
    return { total: this.total.slice(0, items), decayed, origin: this.origin, newest: this.newest };
  }
}
