import { grown } from '../numeric/sparse-rows';
import { BUCKETS, type Content } from './content';

/** Texts that others are compared with, as an inverted index: only what two texts share is looked at. */
export class ComparedTexts {
  /** By bucket, one more than the place of its last posting; 0 without any. */
  private readonly last = new Uint32Array(BUCKETS);
  // Postings: the text, its weight, one more than the place of the posting before of the same bucket.
  private text = new Uint32Array(0);
  private weight = new Float32Array(0);
  private before = new Uint32Array(0);
  private bucket = new Uint32Array(0);
  private postings = 0;
  private cosines = new Float64Array(0);
  private length = 0;

  constructor(private readonly content: Content) {}

  add(item: number): void {
    const { buckets, weights } = this.content.termsOf(item);
    const room = this.postings + buckets.length;
    this.text = grown(this.text, room, Uint32Array);
    this.weight = grown(this.weight, room, Float32Array);
    this.before = grown(this.before, room, Uint32Array);
    this.bucket = grown(this.bucket, room, Uint32Array);
    for (let term = 0; term < buckets.length; term += 1) {
      const [bucket, posting] = [buckets[term]!, this.postings];
      this.text[posting] = this.length;
      this.weight[posting] = weights[term]!;
      this.before[posting] = this.last[bucket]!;
      this.bucket[posting] = bucket;
      this.last[bucket] = this.postings += 1;
    }
    this.length += 1;
  }

  clear(): void {
    for (let posting = 0; posting < this.postings; posting += 1) this.last[this.bucket[posting]!] = 0;
    this.postings = 0;
    this.length = 0;
  }

  /** Which of the texts is the first, in the order in which they were added, whose cosine is so high; -1 without any. */
  firstLike(item: number, cosine: number): number {
    const cosines = this.cosinesWith(item);
    for (let text = 0; text < this.length; text += 1) if (cosines[text]! >= cosine) return text;
    return -1;
  }

  /** How many of the texts have so high a cosine. */
  countLike(item: number, cosine: number): number {
    const cosines = this.cosinesWith(item);
    let count = 0;
    for (let text = 0; text < this.length; text += 1) if (cosines[text]! >= cosine) count += 1;
    return count;
  }

  /** With each text, in the order in which they were added; overwritten by the next call. */
  private cosinesWith(item: number): Float64Array {
    this.cosines = grown(this.cosines, this.length, Float64Array);
    const { cosines, last, text, weight, before } = this;
    if (this.length === 0) return cosines;
    cosines.fill(0, 0, this.length);
    const { buckets, weights } = this.content.termsOf(item);
    for (let term = 0; term < buckets.length; term += 1)
      for (let posting = last[buckets[term]!]!; posting > 0; posting = before[posting - 1]!)
        cosines[text[posting - 1]!]! += weights[term]! * weight[posting - 1]!;
    return cosines;
  }
}
