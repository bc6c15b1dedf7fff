/** How many of something somebody has at once, and all together. */
export class Seats {
  private readonly taken = new Map<string, number>();
  private all = 0;

  constructor(private readonly bounds: { ofOne: number; ofAll: number }) {}

  /** What gives the seat back, when there is one for this key. */
  take(key: string): (() => void) | null {
    const own = this.taken.get(key) ?? 0;
    if (own >= this.bounds.ofOne || this.all >= this.bounds.ofAll) return null;
    this.count(key, 1);
    let isTaken = true;
    return () => {
      if (isTaken) this.count(key, -1);
      isTaken = false;
    };
  }

  private count(key: string, by: number): void {
    const own = (this.taken.get(key) ?? 0) + by;
    if (own > 0) this.taken.set(key, own);
    else this.taken.delete(key);
    this.all += by;
  }
}
