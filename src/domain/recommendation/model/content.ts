import type { Progress } from './reading-data';
import { grown } from '../numeric/sparse-rows';
import { hashedTokens } from '../text-tokens';

const BUCKETS = 1 << 16;
const TERMS = 48;

export interface ContentState {
  idf: Float32Array;
  start: Uint32Array;
  bucket: Uint32Array;
  weight: Float32Array;
}

/**
 * TF-IDF vectors of length 1 over hashed tokens, the 48 heaviest terms of each text: (1 + ln tf) · ln(1 + N / (1 + df))
 * (Salton and Buckley 1988).
 */
export class Content {
  /** Two profiles, interleaved: both are read at the same places. */
  private readonly profiles = new Float32Array(2 * BUCKETS);
  private readonly filled: [number[], number[]] = [[], []];

  private constructor(private state: ContentState) {}

  /** The document frequencies are those of the given texts. */
  static learn(texts: readonly string[], progress: Progress): Content {
    const frequency = new Float32Array(BUCKETS);
    const counts: [Uint32Array, Float32Array][] = [];
    for (const [index, text] of texts.entries()) {
      progress('content', (0.8 * index) / texts.length);
      const tokens = hashedTokens(text, BUCKETS);
      const buckets = Uint32Array.from(tokens.keys());
      for (const bucket of buckets) frequency[bucket]! += 1;
      counts.push([buckets, Float32Array.from(tokens.values())]);
    }
    const idf = frequency.map((documents) => Math.log(1 + texts.length / (1 + documents)));
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
    this.appendAll(
      texts.map((text) => {
        const tokens = hashedTokens(text, BUCKETS);
        return [Uint32Array.from(tokens.keys()), Float32Array.from(tokens.values())];
      }),
    );
  }

  /** Makes Σ weight · vector, at length 1, the profile of this slot (0 or 1). */
  setProfile(items: Uint32Array, weights: Float32Array, slot: 0 | 1 = 0): void {
    const { start, bucket, weight } = this.state;
    for (const place of this.filled[slot]) this.profiles[place] = 0;
    const places: number[] = [];
    for (let index = 0; index < items.length; index += 1)
      for (let term = start[items[index]!]!; term < start[items[index]! + 1]!; term += 1) {
        const place = 2 * bucket[term]! + slot;
        if (this.profiles[place] === 0) places.push(place);
        this.profiles[place]! += weights[index]! * weight[term]!;
      }
    let norm = 0;
    for (const place of places) norm += this.profiles[place]! ** 2;
    const scale = norm > 0 ? 1 / Math.sqrt(norm) : 0;
    for (const place of places) this.profiles[place]! *= scale;
    this.filled[slot] = places;
  }

  /** Cosine with the profile of slot 0, 0 to 1; 0 without a text. */
  similarity(item: number): number {
    const { start, bucket, weight } = this.state;
    const end = start[item + 1]!;
    let dot = 0;
    for (let term = start[item]!; term < end; term += 1)
      dot += this.profiles[2 * bucket[term]!]! * weight[term]!;
    return dot;
  }

  /** Writes the cosines with both profiles side by side, from `at` in every row of `width`. */
  fillSimilarities(candidates: Uint32Array, out: Float32Array, width: number, at: number): void {
    const { start, bucket, weight } = this.state;
    for (let index = 0; index < candidates.length; index += 1) {
      const end = start[candidates[index]! + 1]!;
      let [first, second] = [0, 0];
      for (let term = start[candidates[index]!]!; term < end; term += 1) {
        const place = 2 * bucket[term]!;
        first += this.profiles[place]! * weight[term]!;
        second += this.profiles[place + 1]! * weight[term]!;
      }
      out[index * width + at] = first;
      out[index * width + at + 1] = second;
    }
  }

  snapshot(): ContentState {
    const { idf, start, bucket, weight } = this.state;
    const length = start.at(-1)!;
    return { idf, start, bucket: bucket.slice(0, length), weight: weight.slice(0, length) };
  }

  private appendAll(counts: readonly (readonly [Uint32Array, Float32Array])[]): void {
    const old = this.state.start;
    const start = new Uint32Array(old.length + counts.length);
    start.set(old);
    let { bucket, weight } = this.state;
    let length = old.at(-1)!;
    for (const [index, [buckets, tokens]] of counts.entries()) {
      const terms = heaviest(buckets, tokens, this.state.idf);
      bucket = grown(bucket, length + terms.length, Uint32Array);
      weight = grown(weight, length + terms.length, Float32Array);
      const norm = Math.sqrt(terms.reduce((sum, [, value]) => sum + value ** 2, 0)) || 1;
      for (const [place, value] of terms) {
        bucket[length] = place;
        weight[length] = value / norm;
        length += 1;
      }
      start[old.length + index] = length;
    }
    this.state = { idf: this.state.idf, start, bucket, weight };
  }
}

function heaviest(buckets: Uint32Array, counts: Float32Array, idf: Float32Array): [number, number][] {
  const terms = Array.from(buckets, (bucket, index): [number, number] => [
    bucket,
    (1 + Math.log(Math.max(counts[index]!, 0.5))) * idf[bucket]!,
  ]);
  return terms.sort((left, right) => right[1] - left[1] || left[0] - right[0]).slice(0, TERMS);
}
