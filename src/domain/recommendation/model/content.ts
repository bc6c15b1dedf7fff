import { inverseFrequency, tfIdfVector } from '../../korean/tf-idf';
import { featureCounts } from '../../korean/words';
import { grown } from '../numeric/sparse-rows';

export const BUCKETS = 1 << 16;
const TERMS = 48;
const MAX_CHARACTERS = 4_000;
const PAIR_WEIGHT = 0.5;

type Counts = readonly [buckets: Uint32Array, counts: Float32Array];

export interface ContentState {
  idf: Float32Array;
  start: Uint32Array;
  bucket: Uint32Array;
  weight: Float32Array;
}

/** TF-IDF vectors over hashed features (hashing trick: Weinberger et al. 2009), the 48 heaviest of each text. */
export class Content {
  private readonly profile = new Float32Array(BUCKETS);
  /** Where the profile is not zero. */
  private filled: number[] = [];

  private constructor(private state: ContentState) {}

  /** The document frequencies are those of the given texts. */
  static learn(texts: readonly string[]): Content {
    const frequency = new Float32Array(BUCKETS);
    const counts = texts.map(hashedCounts);
    for (const [buckets] of counts) for (const bucket of buckets) frequency[bucket]! += 1;
    const idf = frequency.map((documents) => inverseFrequency(texts.length, documents));
    const content = new Content({
      idf,
      start: new Uint32Array(1),
      bucket: new Uint32Array(0),
      weight: new Float32Array(0),
    });
    content.appendAll(counts);
    return content;
  }

  static restore(state: ContentState): Content {
    return new Content(state);
  }

  get items(): number {
    return this.state.start.length - 1;
  }

  append(texts: readonly string[]): void {
    this.appendAll(texts.map(hashedCounts));
  }

  /** Makes Σ weight · vector, at length 1, the profile. */
  setProfile(items: Uint32Array, weights: Float32Array): void {
    const { start, bucket, weight } = this.state;
    for (const place of this.filled) this.profile[place] = 0;
    this.filled = [];
    for (let index = 0; index < items.length; index += 1)
      for (let term = start[items[index]!]!; term < start[items[index]! + 1]!; term += 1) {
        const place = bucket[term]!;
        if (this.profile[place] === 0) this.filled.push(place);
        this.profile[place]! += weights[index]! * weight[term]!;
      }
    let norm = 0;
    for (const place of this.filled) norm += this.profile[place]! ** 2;
    const scale = norm > 0 ? 1 / Math.sqrt(norm) : 0;
    for (const place of this.filled) this.profile[place]! *= scale;
  }

  /** Cosine with the profile, 0 to 1; 0 without a text. */
  similarity(item: number): number {
    const { profile } = this;
    const { start, bucket, weight } = this.state;
    const end = start[item + 1]!;
    // Two sums side by side: each waits for its own last addition only.
    let [even, odd] = [0, 0];
    let term = start[item]!;
    for (; term + 1 < end; term += 2) {
      even += profile[bucket[term]!]! * weight[term]!;
      odd += profile[bucket[term + 1]!]! * weight[term + 1]!;
    }
    return term < end ? even + odd + profile[bucket[term]!]! * weight[term]! : even + odd;
  }

  /** What a text's vector is not zero at, and its values there. */
  termsOf(item: number): { buckets: Uint32Array; weights: Float32Array } {
    const { start, bucket, weight } = this.state;
    const [from, to] = [start[item]!, start[item + 1]!];
    return { buckets: bucket.subarray(from, to), weights: weight.subarray(from, to) };
  }

  snapshot(): ContentState {
    const { idf, start, bucket, weight } = this.state;
    const length = start.at(-1)!;
    return { idf, start, bucket: bucket.slice(0, length), weight: weight.slice(0, length) };
  }

  private appendAll(texts: readonly Counts[]): void {
    const old = this.state.start;
    const start = new Uint32Array(old.length + texts.length);
    start.set(old);
    let { bucket, weight } = this.state;
    let length = old.at(-1)!;
    for (const [index, [buckets, counts]] of texts.entries()) {
      const counted = Array.from(buckets, (place, at) => [place, counts[at]!] as const);
      const terms = tfIdfVector(counted, (place) => this.state.idf[place]!, TERMS);
      bucket = grown(bucket, length + terms.length, Uint32Array);
      weight = grown(weight, length + terms.length, Float32Array);
      for (const [place, value] of terms) {
        bucket[length] = place;
        weight[length] = value;
        length += 1;
      }
      start[old.length + index] = length;
    }
    this.state = { idf: this.state.idf, start, bucket, weight };
  }
}

function hashedCounts(text: string): Counts {
  const counts = new Map<number, number>();
  for (const [feature, count] of featureCounts(text.slice(0, MAX_CHARACTERS), PAIR_WEIGHT)) {
    const bucket = fnv1a(feature) % BUCKETS;
    counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  }
  return [Uint32Array.from(counts.keys()), Float32Array.from(counts.values())];
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
