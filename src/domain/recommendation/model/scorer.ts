import { FEATURE_COUNT, FEATURES, type Feature } from './blend';
import { dotRows, FoldIn } from '../numeric/item-factors';
import type { ModelParts } from './model-parts';
import { HALF_LIVES } from './popularity';
import { HOUR, newestOf, type ReaderView } from './reading-data';
import { READER_TYPES } from '../../user/questionnaire';
import { SparseSums } from '../numeric/sparse-rows';

// Bound here: in compiled code an imported name is a property access, and the inner loops use this one.
const WIDTH = FEATURE_COUNT;
// Bound once: a global is looked up at every use where code runs in a context of its own, as in tests.
const { log, log1p, max } = Math;

const RECENT = 0.85;
const LAST = 0.6;
const LAST_ITEMS = 6;
const AFFINITY_PRIOR = 3;
const PROFILE_ITEMS = 40;
const AGE_KNOTS = [6 * HOUR, 72 * HOUR, 1440 * HOUR].map((age) => log(age));
const TYPES = READER_TYPES.length;

const F = Object.fromEntries(FEATURES.map((feature, index) => [feature, index])) as Record<Feature, number>;

/**
 * The features of one reader's candidates at one moment. Every component is put on a scale of its own reader: factors in
 * multiples of the root mean square over all items, neighbours and followers as shares of the reader's whole mass.
 * `prepare` once, then `fill` any candidates: what a row holds does not depend on which others are asked for.
 */
export class Scorer {
  readonly all: SparseSums;
  readonly next: SparseSums;
  view: ReaderView;
  now = 0;
  private readonly foldIn: FoldIn;
  private readonly factor: Float32Array;
  private readonly recentFactor: Float32Array;
  private dots = new Float64Array(0);
  private categoryAffinity: Float32Array = new Float32Array(0);

  constructor(private readonly parts: ModelParts) {
    const { size } = parts.catalogue;
    this.all = new SparseSums(size);
    this.next = new SparseSums(size);
    this.foldIn = new FoldIn(parts.factors);
    this.factor = new Float32Array(parts.factors.dim);
    this.recentFactor = new Float32Array(parts.factors.dim);
    this.view = {
      items: new Uint32Array(0),
      at: new Float64Array(0),
      confidence: new Float32Array(0),
      types: null,
    };
  }

  prepare(view: ReaderView, now: number): void {
    this.view = newestOf(view);
    this.now = now;
    const { items, confidence } = this.view;
    const byRecency = confidence.map((worth, index) => worth * RECENT ** (items.length - 1 - index));
    this.foldIn.solve(this.factor, items, confidence);
    this.foldIn.solve(this.recentFactor, items, byRecency);
    this.scaleFactor(this.factor);
    this.scaleFactor(this.recentFactor);
    this.parts.showings.prepare(now);
    this.sumNeighbours();
    this.categoryAffinity = this.affinityOf(byRecency);
  }

  /** Writes WIDTH numbers for each candidate. */
  fill(candidates: Uint32Array, out: Float32Array): void {
    this.fillFactors(candidates, out, this.factor, F.factors);
    this.fillFactors(candidates, out, this.recentFactor, F.recentFactors);
    const reads = max(this.view.items.length, 1);
    for (let index = 0; index < candidates.length; index += 1)
      out[index * WIDTH + F.neighbours] = this.all.sum[candidates[index]!]! / reads;
    this.fillShares(candidates, out, this.all, F.neighbours + 1);
    this.fillShares(candidates, out, this.next, F.next);
    this.fillContent(candidates, out);
    this.fillTaste(candidates, out);
    this.fillPopularity(candidates, out);
    this.fillShown(candidates, out);
    this.fillAge(candidates, out);
  }

  /** Preference of the first `length` items by the factor of recent openings, in multiples of the root mean square. */
  factorScores(items: Uint32Array, length: number, out: Float64Array): void {
    dotRows(this.recentFactor, this.parts.factors.values, items, length, out);
  }

  private scaleFactor(factor: Float32Array): void {
    const { dim, gram, alpha, trainedItems } = this.parts.factors;
    let energy = 0;
    for (let row = 0; row < dim; row += 1) {
      let image = 0;
      for (let column = 0; column < dim; column += 1) image += gram[row * dim + column]! * factor[column]!;
      energy += factor[row]! * image;
    }
    const meanSquare = energy / (alpha * trainedItems);
    const scale = meanSquare > 0 ? 1 / Math.sqrt(meanSquare) : 0;
    for (let k = 0; k < dim; k += 1) factor[k]! *= scale;
  }

  private sumNeighbours(): void {
    const { neighbours, transitions } = this.parts;
    const { items } = this.view;
    this.all.clear();
    this.next.clear();
    for (const item of items) this.all.addRow(neighbours, item, 1);
    items.subarray(-LAST_ITEMS).forEach((item, place, last) => {
      this.next.addRow(transitions, item, LAST ** (last.length - 1 - place));
    });
  }

  /** ln of the reader's share of each category against everybody's, with a prior of three openings. */
  private affinityOf(weights: Float32Array): Float32Array {
    const { catalogue, categoryShares } = this.parts;
    const affinity = categoryShares.map((share) => share * AFFINITY_PRIOR);
    let sum = AFFINITY_PRIOR;
    this.view.items.forEach((item, index) => {
      const category = catalogue.category[item]!;
      if (category < affinity.length) affinity[category]! += weights[index]!;
      sum += weights[index]!;
    });
    return affinity.map((amount, category) => log(amount / (sum * categoryShares[category]!)));
  }

  private fillFactors(candidates: Uint32Array, out: Float32Array, factor: Float32Array, at: number): void {
    if (this.dots.length < candidates.length) this.dots = new Float64Array(2 * candidates.length);
    const { dots } = this;
    dotRows(factor, this.parts.factors.values, candidates, candidates.length, dots);
    for (let index = 0; index < candidates.length; index += 1) {
      const dot = dots[index]!;
      out[index * WIDTH + at] = dot / 10;
      out[index * WIDTH + at + 1] = log(0.3 + max(dot, 0));
    }
  }

  private fillShares(candidates: Uint32Array, out: Float32Array, sums: SparseSums, at: number): void {
    let mass = 0;
    for (let index = 0; index < sums.length; index += 1) mass += sums.sum[sums.touched[index]!]!;
    const floor = 0.1 / max(this.parts.catalogue.size, 1);
    const none = log(floor);
    for (let index = 0; index < candidates.length; index += 1) {
      const sum = sums.sum[candidates[index]!]!;
      out[index * WIDTH + at] = sum === 0 ? none : log(floor + sum / mass);
    }
  }

  private fillContent(candidates: Uint32Array, out: Float32Array): void {
    const { content } = this.parts;
    const { items, confidence } = newestOf(this.view, PROFILE_ITEMS);
    content.setProfile(items, confidence);
    for (let index = 0; index < candidates.length; index += 1)
      out[index * WIDTH + F.content] = content.similarity(candidates[index]!);
  }

  private fillTaste(candidates: Uint32Array, out: Float32Array): void {
    const { catalogue, typeLifts } = this.parts;
    const { types } = this.view;
    for (let index = 0; index < candidates.length; index += 1) {
      const item = candidates[index]!;
      const base = index * WIDTH;
      const category = catalogue.category[item]!;
      out[base + F.category] = this.categoryAffinity[category] ?? 0;
      let lift = 0;
      for (let type = 0; types && type < TYPES; type += 1)
        lift += types[type]! * (typeLifts[category * TYPES + type] ?? 0);
      out[base + F.type] = lift;
    }
  }

  private fillPopularity(candidates: Uint32Array, out: Float32Array): void {
    const { popularity } = this.parts;
    for (let index = 0; index < candidates.length; index += 1)
      out[index * WIDTH + F.popular] = log1p(popularity.total[candidates[index]!]!);
    for (let h = 0; h < HALF_LIVES.length; h += 1) {
      const sums = popularity.sums[h]!;
      const factor = popularity.factor(h, this.now);
      for (let index = 0; index < candidates.length; index += 1) {
        const sum = sums[candidates[index]!]! * factor;
        out[index * WIDTH + F.popular + 1 + h] = sum === 0 ? 0 : log1p(sum);
      }
    }
  }

  private fillShown(candidates: Uint32Array, out: Float32Array): void {
    const { showings, catalogue } = this.parts;
    for (let index = 0; index < candidates.length; index += 1) {
      const item = candidates[index]!;
      const [weeks, day] = showings.ratesOf(item, catalogue.category[item]!);
      out[index * WIDTH + F.clickRate] = weeks;
      out[index * WIDTH + F.clickRateOfDay] = day;
    }
  }

  private fillAge(candidates: Uint32Array, out: Float32Array): void {
    for (let index = 0; index < candidates.length; index += 1) {
      const age = this.now - this.parts.bornAt[candidates[index]!]!;
      const base = index * WIDTH;
      const logAge = log(max(age, 600));
      for (let knot = 0; knot < AGE_KNOTS.length; knot += 1)
        out[base + F.ageQuarterDay + knot] = age < 0 ? 0 : max(logAge - AGE_KNOTS[knot]!, 0);
    }
  }
}
