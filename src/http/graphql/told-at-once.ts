/** What is worked out once for all who are told of one event in the same turn of the event loop. */
export class ToldAtOnce<T> {
  private turn = new Map<unknown, Map<string, T>>();

  /** `key` says to whom the same is told. */
  of(event: unknown, key: string, work: () => T): T {
    // Replaced, not cleared: a Map that was emptied keeps what it held until a full collection of garbage.
    if (this.turn.size === 0) setImmediate(() => (this.turn = new Map()));
    let told = this.turn.get(event);
    if (!told) this.turn.set(event, (told = new Map()));
    if (!told.has(key)) told.set(key, work());
    return told.get(key)!;
  }
}
