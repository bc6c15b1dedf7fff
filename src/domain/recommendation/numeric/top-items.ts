// Bound once: a global is looked up at every use where code runs in a context of its own, as in tests.
const { imul } = Math;

/** Keeps the `size` best of what is offered, in a heap with the worst on top; ties are broken by a hash. */
export class TopItems {
  private readonly items: Uint32Array;
  private readonly scores: Float64Array;
  private length = 0;

  constructor(private readonly size: number) {
    this.items = new Uint32Array(size);
    this.scores = new Float64Array(size);
  }

  offer(item: number, score: number): void {
    if (this.length < this.size) {
      this.siftUp(item, score);
      return;
    }
    if (this.size === 0 || score < this.scores[0]!) return;
    if (worse(item, score, this.items[0]!, this.scores[0]!)) return;
    this.siftDown(item, score, this.length);
  }

  /** Best first; empties the heap. */
  drain(): { items: Uint32Array; scores: Float64Array } {
    const items = new Uint32Array(this.length);
    const scores = new Float64Array(this.length);
    while (this.length > 0) {
      this.length -= 1;
      items[this.length] = this.items[0]!;
      scores[this.length] = this.scores[0]!;
      this.siftDown(this.items[this.length]!, this.scores[this.length]!, this.length);
    }
    return { items, scores };
  }

  private siftUp(item: number, score: number): void {
    let hole = this.length;
    this.length += 1;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!worse(item, score, this.items[parent]!, this.scores[parent]!)) break;
      this.items[hole] = this.items[parent]!;
      this.scores[hole] = this.scores[parent]!;
      hole = parent;
    }
    this.items[hole] = item;
    this.scores[hole] = score;
  }

  private siftDown(item: number, score: number, length: number): void {
    let hole = 0;
    for (let child = 1; child < length; child = 2 * hole + 1) {
      const right = child + 1;
      if (
        right < length &&
        worse(this.items[right]!, this.scores[right]!, this.items[child]!, this.scores[child]!)
      )
        child = right;
      if (!worse(this.items[child]!, this.scores[child]!, item, score)) break;
      this.items[hole] = this.items[child]!;
      this.scores[hole] = this.scores[child]!;
      hole = child;
    }
    this.items[hole] = item;
    this.scores[hole] = score;
  }
}

function worse(item: number, score: number, other: number, otherScore: number): boolean {
  return score === otherScore ? mixed(item) < mixed(other) : score < otherScore;
}

/** A well-mixed 32-bit hash of an integer (finaliser of MurmurHash3): breaks ties without favouring an order. */
function mixed(value: number): number {
  let hash = value | 0;
  hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
