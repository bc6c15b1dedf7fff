/**
 * What is worked out once for all who ask the same in one turn of the event loop. It begins when the turn is over, after
 * everybody has asked: nobody is told what was so before.
 */
export class AskedAtOnce<T> {
  private asked = new Map<unknown, Map<string, Promise<T>>>();
  private begins: (() => void)[] = [];

  /** `key` tells apart what is asked about a subject; `work` throws by its promise only. */
  of(subject: unknown, key: string, work: () => Promise<T>): Promise<T> {
    let ofSubject = this.asked.get(subject);
    if (!ofSubject) this.asked.set(subject, (ofSubject = new Map()));
    let answer = ofSubject.get(key);
    if (!answer) {
      if (this.begins.length === 0) setImmediate(() => this.begin());
      answer = new Promise((resolve) => this.begins.push(() => resolve(work())));
      ofSubject.set(key, answer);
    }
    return answer;
  }

  /** All in one go: so they can share statements too. */
  private begin(): void {
    const { begins } = this;
    [this.asked, this.begins] = [new Map(), []];
    for (const begin of begins) begin();
  }
}
