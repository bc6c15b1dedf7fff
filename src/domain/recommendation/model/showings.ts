import type { Catalogue } from './catalogue';
import { HALF_LIVES, Popularity, type PopularityState } from './popularity';

/** Seconds after which a showing is counted: most of what will be opened has been. */
export const SETTLED = 600;

/** Openings of what was shown that a rate weighs as much as: those of the category and of the last weeks come first. */
const PRIOR_OPENINGS = 2;
/** Before anything was shown: one of twenty is opened. */
const FIRST = { shown: 20, opened: 1 };
/** Places among the half-lives: the rate of weeks is the prior of that of the day. */
const [DAYS, WEEKS] = [1, 2];

export interface ShowingsState {
  shown: PopularityState;
  opened: PopularityState;
  shownOfCategory: PopularityState;
  openedOfCategory: PopularityState;
}

/** How often articles were shown, and how often they were opened then, decayed as popularity is. */
export class Showings {
  /** Share of what is shown that is opened. */
  private overall = FIRST.opened / FIRST.shown;
  /** Showings that what is expected weighs as much as. */
  private prior = PRIOR_OPENINGS / this.overall;
  private ofCategory = new Float64Array(0);
  private factors: number[] = [];

  private constructor(
    private readonly shown: Popularity,
    private readonly opened: Popularity,
    private readonly shownOfCategory: Popularity,
    private readonly openedOfCategory: Popularity,
  ) {}

  static none({ size, categories }: Catalogue): Showings {
    const counts = (length: number) => new Popularity(new Float32Array(length));
    const { length } = categories.names;
    return new Showings(counts(size), counts(size), counts(length), counts(length));
  }

  static restore({ shown, opened, shownOfCategory, openedOfCategory }: ShowingsState): Showings {
    return new Showings(
      Popularity.restore(shown),
      Popularity.restore(opened),
      Popularity.restore(shownOfCategory),
      Popularity.restore(openedOfCategory),
    );
  }

  observe(item: number, category: number, at: number, shown: number, opened: number): void {
    this.shown.observe(item, at, shown);
    this.shownOfCategory.observe(category, at, shown);
    this.opened.observe(item, at, opened);
    this.openedOfCategory.observe(category, at, opened);
  }

  /** For the moment that `ratesOf` is asked for. */
  prepare(now: number): void {
    this.factors = HALF_LIVES.map((_, h) => this.shown.factor(h, now));
    const factor = this.shownOfCategory.factor(WEEKS, now);
    const [shown, opened] = [this.shownOfCategory.sums[WEEKS]!, this.openedOfCategory.sums[WEEKS]!];
    const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0) * factor;
    this.overall = (sum(opened) + FIRST.opened) / (sum(shown) + FIRST.shown);
    this.prior = PRIOR_OPENINGS / this.overall;
    this.ofCategory = shown.map(
      (count, category) => (opened[category]! * factor + PRIOR_OPENINGS) / (count * factor + this.prior),
    );
  }

  /** ln of how much more of its showings is opened than of all: of weeks, and of the day. */
  ratesOf(item: number, category: number): [weeks: number, day: number] {
    const weeks = this.smoothed(item, WEEKS, this.ofCategory[category]!);
    return [Math.log(weeks / this.overall), Math.log(this.smoothed(item, DAYS, weeks) / this.overall)];
  }

  private smoothed(item: number, h: number, expected: number): number {
    const [opened, shown] = [this.opened.sums[h]![item]!, this.shown.sums[h]![item]!];
    return (opened * this.factors[h]! + this.prior * expected) / (shown * this.factors[h]! + this.prior);
  }

  /** Share of what is shown that is opened, at the moment of `prepare`; null when nothing was shown yet. */
  openingRate(): number | null {
    return this.shown.newest === -Infinity ? null : this.overall;
  }

  grow({ size, categories }: Catalogue): void {
    for (const counts of [this.shown, this.opened]) counts.grow(size);
    for (const counts of [this.shownOfCategory, this.openedOfCategory]) counts.grow(categories.names.length);
  }

  state({ size, categories }: Catalogue): ShowingsState {
    const { length } = categories.names;
    return {
      shown: this.shown.state(size),
      opened: this.opened.state(size),
      shownOfCategory: this.shownOfCategory.state(length),
      openedOfCategory: this.openedOfCategory.state(length),
    };
  }
}
