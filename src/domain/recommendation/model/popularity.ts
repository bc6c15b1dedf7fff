import { DAY, HOUR } from './reading-data';
import { grown } from '../numeric/sparse-rows';

/** Half-lives of the decayed counts, in seconds: of what breaks, of a day's news, of what lasts. */
export const HALF_LIVES = [2 * HOUR, 12 * HOUR, 21 * DAY];
const MAX_EXPONENT = 40;

export type PopularityState = Pick<Popularity, 'total' | 'sums' | 'origin' | 'newest'>;

/**
 * Openings counted once, and with exponential forgetting: Σ 2^(−(now − at) / half-life) for several half-lives, kept as
 * forward decay (Cormode et al. 2009), so that an opening costs O(1) and no clock has to tick.
 */
export class Popularity {
  /** For each half-life the items' sums of 2^((at − origin) / half-life). */
  sums: Float64Array[];
  origin: Float64Array;
  /** Newest opening seen, Unix seconds. */
  newest = -Infinity;

  /** Starts from the openings in all that were trained on. */
  constructor(
    public total: Float32Array,
    private readonly halfLives: readonly number[] = HALF_LIVES,
  ) {
    this.sums = halfLives.map(() => new Float64Array(total.length));
    this.origin = new Float64Array(halfLives.length).fill(-Infinity);
  }

  static restore(state: PopularityState): Popularity {
    return Object.assign(new Popularity(state.total), state);
  }

  /** Counts openings after the training. */
  observe(item: number, at: number, count = 1): void {
    this.total[item]! += count;
    this.decay(item, at, count);
  }

  /** Counts an opening in the decayed sums only; an old one counts as much as it still weighs. */
  decay(item: number, at: number, count = 1): void {
    for (let h = 0; h < this.halfLives.length; h += 1) {
      let exponent = (at - this.origin[h]!) / this.halfLives[h]!;
      if (exponent > MAX_EXPONENT) {
        const kept = this.origin[h] === -Infinity ? 0 : 2 ** -exponent;
        const sums = this.sums[h]!;
        for (let index = 0; index < sums.length; index += 1) sums[index]! *= kept;
        this.origin[h] = at;
        exponent = 0;
      }
      this.sums[h]![item]! += count * 2 ** exponent;
    }
    if (at > this.newest) this.newest = at;
  }

  /** What a decayed sum of half-life `h` is to be multiplied with at `now`; it does not rise before the newest opening. */
  factor(h: number, now: number): number {
    return 2 ** -((Math.max(now, this.newest) - this.origin[h]!) / this.halfLives[h]!) || 0;
  }

  /** Room for items that nobody has opened yet. */
  grow(items: number): void {
    this.total = grown(this.total, items, Float32Array);
    this.sums = this.sums.map((sums) => grown(sums, items, Float64Array));
  }

  state(items: number): PopularityState {
    const { total, sums, origin, newest } = this;
    return { total: total.slice(0, items), sums: sums.map((all) => all.slice(0, items)), origin, newest };
  }
}
