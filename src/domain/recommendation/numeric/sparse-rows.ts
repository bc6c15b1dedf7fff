// Bound once: a global is looked up at every use where code runs in a context of its own, as in tests.
const { imul } = Math;

/** For every item a short list of weighted other items, best first. */
export interface SparseRows {
  start: Uint32Array;
  target: Uint32Array;
  weight: Float32Array;
}

/** The array itself when it is long enough, else a copy with room to spare. */
export function grown<T extends { length: number; set(from: T): void }>(
  array: T,
  length: number,
  Type: new (length: number) => T,
): T {
  if (length <= array.length) return array;
  const larger = new Type(Math.ceil(length * 1.5));
  larger.set(array);
  return larger;
}

/** A sum for each of many items of which few are touched: clearing costs only what was touched. */
export class SparseSums {
  readonly touched: Uint32Array;
  readonly sum: Float32Array;
  length = 0;

  constructor(items: number) {
    this.touched = new Uint32Array(items);
    this.sum = new Float32Array(items);
  }

  /** `amount` must be positive: zero means untouched. */
  add(item: number, amount: number): void {
    if (this.sum[item] === 0) this.touched[this.length++] = item;
    this.sum[item]! += amount;
  }

  /** Adds `scale` times a row. */
  addRow(rows: SparseRows, row: number, scale: number): void {
    if (row + 1 >= rows.start.length) return;
    for (let index = rows.start[row]!; index < rows.start[row + 1]!; index += 1)
      this.add(rows.target[index]!, scale * rows.weight[index]!);
  }

  /** The best of what was touched, by its sum times its worth; what is worth nothing is passed over. */
  best(top: TopItems, worth: (item: number) => number = () => 1): ReturnType<TopItems['drain']> {
    for (let index = 0; index < this.length; index += 1) {
      const item = this.touched[index]!;
      const score = this.sum[item]! * worth(item);
      if (score > 0) top.offer(item, score);
    }
    return top.drain();
  }

  clear(): void {
    for (let index = 0; index < this.length; index += 1) this.sum[this.touched[index]!] = 0;
    this.length = 0;
  }
}

type Column = Uint32Array | Float64Array | Float32Array;

/** A typed array that grows as it is filled: millions of numbers without an object for each. */
export class GrowingColumn<T extends Column> {
  private length = 0;

  constructor(private array: T) {}

  push(value: number): void {
    if (this.length === this.array.length) {
      const Type = this.array.constructor as new (length: number) => T;
      this.array = grown(this.array, this.length + 1_024, Type);
    }
    this.array[this.length++] = value;
  }

  done(): T {
    return this.array.subarray(0, this.length) as T;
  }
}

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

/** Whether an item stands behind another: of equal scores the hash decides. */
export function worse(item: number, score: number, other: number, otherScore: number): boolean {
  return score === otherScore ? mixed(item) < mixed(other) : score < otherScore;
}

/** A well-mixed 32-bit hash of an integer (finaliser of MurmurHash3): breaks ties without favouring an order. */
function mixed(value: number): number {
  let hash = value | 0;
  hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
