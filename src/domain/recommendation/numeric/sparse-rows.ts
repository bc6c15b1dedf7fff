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
