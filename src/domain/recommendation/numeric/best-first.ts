import { worse } from './sparse-rows';

/**
 * The places of scores, the best first and ties by a hash, found only as far as they are asked for: a list is chosen from
 * the first few of some hundred.
 */
export class BestFirst {
  private readonly heap: Uint32Array;
  /** In the heap still. */
  private left: number;
  private readonly found: number[] = [];
  readonly length: number;

  /** At most `limit` places. The scores must not change. */
  constructor(
    private readonly scores: Float64Array,
    limit: number,
  ) {
    this.left = scores.length;
    this.length = Math.min(limit, scores.length);
    this.heap = new Uint32Array(this.left);
    for (let place = 0; place < this.left; place += 1) this.heap[place] = place;
    for (let hole = (this.left >> 1) - 1; hole >= 0; hole -= 1) this.siftDown(hole, this.heap[hole]!);
  }

  /** The place of the score that `rank` others are better than. */
  at(rank: number): number {
    while (this.found.length <= rank) {
      this.found.push(this.heap[0]!);
      this.left -= 1;
      this.siftDown(0, this.heap[this.left]!);
    }
    return this.found[rank]!;
  }

  private siftDown(from: number, place: number): void {
    const { heap, left, scores } = this;
    let hole = from;
    for (let child = 2 * hole + 1; child < left; child = 2 * hole + 1) {
      const right = child + 1;
      if (right < left && this.better(heap[right]!, heap[child]!)) child = right;
      if (!worse(place, scores[place]!, heap[child]!, scores[heap[child]!]!)) break;
      heap[hole] = heap[child]!;
      hole = child;
    }
    heap[hole] = place;
  }

  private better(one: number, other: number): boolean {
    return worse(other, this.scores[other]!, one, this.scores[one]!);
  }
}
