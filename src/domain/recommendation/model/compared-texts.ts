import type { Content } from './content';

/** Texts that others are compared with, as an inverted index: only what two texts share is looked at. */
export class ComparedTexts {
  /** By bucket, in turn the place of a text and its weight there: one object each would be slow. */
  private readonly postings = new Map<number, number[]>();
  private length = 0;

  constructor(private readonly content: Content) {}

  add(item: number): void {
    const { buckets, weights } = this.content.termsOf(item);
    for (let term = 0; term < buckets.length; term += 1) {
      const known = this.postings.get(buckets[term]!);
      if (known) known.push(this.length, weights[term]!);
      else this.postings.set(buckets[term]!, [this.length, weights[term]!]);
    }
    this.length += 1;
  }

  /** Cosines with each, in the order in which they were added. */
  cosinesWith(item: number): Float64Array {
    const cosines = new Float64Array(this.length);
    if (this.length === 0) return cosines;
    const { buckets, weights } = this.content.termsOf(item);
    for (let term = 0; term < buckets.length; term += 1) {
      const posted = this.postings.get(buckets[term]!);
      if (!posted) continue;
      const weight = weights[term]!;
      for (let at = 0; at < posted.length; at += 2) cosines[posted[at]!]! += weight * posted[at + 1]!;
    }
    return cosines;
  }
}
