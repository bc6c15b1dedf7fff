type Column = Uint32Array | Float64Array | Float32Array;

/** A typed array that grows by doubling: millions of numbers without an object for each. */
export class GrowingColumn<T extends Column> {
  private length = 0;

  constructor(private array: T) {}

  push(value: number): void {
    if (this.length === this.array.length) {
      const Type = this.array.constructor as new (length: number) => T;
      const larger = new Type(Math.max(1_024, this.length * 2));
      larger.set(this.array);
      this.array = larger;
    }
    this.array[this.length++] = value;
  }

  done(): T {
    return this.array.subarray(0, this.length) as T;
  }
}
